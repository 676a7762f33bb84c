//! What all paths came to.

use crate::book::Event;
use crate::gateway::Truth;
use crate::host::Host;
use crate::judge::Judged;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No effect, it says, of what was taken or still may be.
    WrongNo,
    /// An effect, it says, of what was not taken.
    WrongYes,
    /// Done twice.
    Twice,
    Misdeed(&'static str),
    /// Unknown, though the answer was there.
    Shrug,
    /// Unknown still, though nothing was in the way any more.
    NeverEnds,
    Incoherent(&'static str),
}

/// The paths of one world.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) paths: u64,
    ends: BTreeMap<(&'static str, &'static str), u64>,
    /// What became of the unknown ones after `ask_after`.
    resumed: BTreeMap<&'static str, u64>,
    faults: BTreeMap<String, (u64, String)>,
}

impl Tally {
    /// Counts a path with its ends.
    pub(crate) fn path(&mut self, host: &Host<'_>, ends: &[Judged]) {
        self.paths += 1;
        for end in ends {
            let truth = match end.truth {
                Truth::Taken => "taken",
                Truth::MayArrive => "may arrive",
                Truth::NotTaken => "not taken",
            };
            *self.ends.entry((end.ended.effect().as_str(), truth)).or_default() += 1;
            self.faults(host, end);
        }
    }

    /// Counts what became later of an end that left the call unknown.
    pub(crate) fn later(&mut self, host: &Host<'_>, end: &Judged) {
        *self.resumed.entry(end.ended.effect().as_str()).or_default() += 1;
        self.faults(host, end);
    }

    /// Notes faults with the first path that led to them.
    fn faults(&mut self, host: &Host<'_>, end: &Judged) {
        for fault in &end.faults {
            let (count, _) = self.faults.entry(format!("{fault:?}")).or_insert_with(|| (0, told(host)));
            *count += 1;
        }
    }

    /// The faults of a world, each with the first path that led to it.
    pub(crate) fn faults_of(&self, world: &str) -> Vec<String> {
        let told =
            |(fault, (count, path)): (&String, &(u64, String))| format!("{world}: {fault} {count} times: {path}");
        self.faults.iter().map(told).collect()
    }

    pub(crate) fn count(&self, fault: Fault) -> u64 {
        self.faults.get(&format!("{fault:?}")).map_or(0, |(count, _)| *count)
    }

    pub(crate) fn add(&mut self, other: Tally) {
        self.paths += other.paths;
        other.ends.into_iter().for_each(|(end, count)| *self.ends.entry(end).or_default() += count);
        other.resumed.into_iter().for_each(|(effect, count)| *self.resumed.entry(effect).or_default() += count);
        for (fault, (count, path)) in other.faults {
            self.faults.entry(fault).or_insert((0, path)).0 += count;
        }
    }

    /// The rows of a world: decision by truth.
    pub(crate) fn rows(&self, world: &str) -> String {
        let cell = |effect, truth| self.ends.get(&(effect, truth)).copied().unwrap_or_default();
        let mut rows = String::new();
        for (index, effect) in ["yes", "no", "unknown"].into_iter().enumerate() {
            let (name, paths) = if index == 0 { (world, self.paths.to_string()) } else { ("", String::new()) };
            let truth = ["taken", "may arrive", "not taken"].map(|truth| cell(effect, truth));
            writeln!(
                rows,
                "{name:<33} {paths:>8}  {effect:<8} {:>9} {:>11} {:>10}{}",
                truth[0],
                truth[1],
                truth[2],
                if effect == "unknown" { self.what_came_later() } else { String::new() }
            )
            .unwrap();
        }
        rows
    }

    fn what_came_later(&self) -> String {
        if self.resumed.is_empty() {
            return String::new();
        }
        let each = self.resumed.iter().map(|(effect, count)| format!("{count} {effect}"));
        format!("   asked again later: {}", each.collect::<Vec<_>>().join(", "))
    }
}

pub(crate) const HEAD: &str = "world                                paths  decision     taken  may arrive  not taken\n";

fn told(host: &Host<'_>) -> String {
    let events: Vec<_> = host.book.events.iter().map(|event: &Event| format!("{event:?}")).collect();
    format!("{:?}: {}", host.job, events.join("; "))
}

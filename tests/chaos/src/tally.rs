//! The figures of a run.

use crate::decisions::Decisions;
use crate::faults::{Draw, VARIANTS};
use crate::hits::hits;
use crate::judge::{self, Violation};
use crate::sabotage::Sabotage;
use crate::story::Story;
use crate::trail::{End, Trail};
use crate::world::World;
use comfy_table::{Table, presets};
use std::collections::BTreeMap;

/// What one worker, or all together, counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) flows: u64,
    pub(crate) accepted: u64,
    pub(crate) arrivals: u64,
    /// Hits by variant, as the sandbox counts them.
    pub(crate) hits: Vec<u64>,
    /// Hits by world.
    worlds: BTreeMap<World, u64>,
    pub(crate) decisions: Decisions,
    ordered: Vec<u64>,
    /// What struck requests ended as, by variant: "accepted" or a code.
    ended: Vec<BTreeMap<&'static str, u64>>,
    /// Flows by call.
    calls: BTreeMap<&'static str, u64>,
    pub(crate) violations: Vec<Violation>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let zeros = vec![0; VARIANTS.len()];
        let ended = vec![BTreeMap::new(); VARIANTS.len()];
        let worlds = World::ALL.iter().map(|world| (*world, 0)).collect();
        Self { hits: zeros.clone(), ordered: zeros, ended, worlds, ..Self::default() }
    }

    pub(crate) fn hit(&mut self, variant: usize, times: u64) {
        if let Some(hits) = self.hits.get_mut(variant) {
            *hits += times;
        }
    }

    /// The least any fault has struck, and any world was hit; of the many faults of a world, half as many do.
    pub(crate) fn least(&self) -> u64 {
        let faults =
            self.hits.iter().zip(VARIANTS).filter(|(_, variant)| variant.world.is_none()).map(|(hits, _)| *hits);
        faults.chain(World::ALL.into_iter().map(|world| self.of(world))).min().unwrap_or_default()
    }

    /// The least a world was hit, and, doubled, any of its faults has struck.
    pub(crate) fn of(&self, world: World) -> u64 {
        let hits = self.worlds.get(&world).copied().unwrap_or_default();
        let of_it = self.hits.iter().zip(VARIANTS).filter(|(_, variant)| variant.world == Some(world));
        of_it.map(|(hits, _)| 2 * hits).chain([hits]).min().unwrap_or_default()
    }

    /// Judges a story and puts it down.
    pub(crate) fn note(&mut self, story: &Story) {
        let broken = judge::judge(story).into_iter().chain(story.violations.iter().cloned());
        let violations = broken.map(|(rule, why)| Violation { rule, why, evidence: story.words(rule) });
        self.violations.extend(violations);
        for trail in &story.trails {
            self.flow(trail);
        }
        for world in World::ALL.into_iter().filter(|world| story.worlds.has(*world)) {
            *self.worlds.entry(world).or_default() += hits(world, story);
        }
        self.decisions.note(story);
    }

    /// The violations of the rules that a sabotage breaks.
    pub(crate) fn caught(&self, sabotage: Sabotage) -> Vec<&Violation> {
        self.violations.iter().filter(|violation| sabotage.caught_by().contains(&violation.rule)).collect()
    }

    fn flow(&mut self, trail: &Trail) {
        self.flows += 1;
        self.accepted += u64::from(matches!(trail.end, End::Outcome { accepted: true, .. }));
        *self.calls.entry(trail.called.name).or_default() += 1;
        for Draw { variant, count } in &trail.plan {
            if let Some(ordered) = self.ordered.get_mut(*variant) {
                *ordered += u64::from(*count);
            }
        }
        for sent in &trail.sent {
            self.arrivals += u64::from(!sent.arrivals.is_empty());
        }
        for (sent, attempt) in trail.sent.iter().zip(&trail.attempts) {
            let end = attempt.error.map_or("accepted", fapiao::Code::as_str);
            for (variant, _) in sent.struck(&trail.plan) {
                if let Some(ended) = self.ended.get_mut(variant) {
                    *ended.entry(end).or_default() += 1;
                }
            }
        }
    }

    /// Adds another worker's figures.
    pub(crate) fn add(&mut self, other: Self) {
        self.flows += other.flows;
        self.accepted += other.accepted;
        self.arrivals += other.arrivals;
        for (mine, theirs) in self.hits.iter_mut().zip(other.hits) {
            *mine += theirs;
        }
        for (mine, theirs) in self.ordered.iter_mut().zip(other.ordered) {
            *mine += theirs;
        }
        for (mine, theirs) in self.ended.iter_mut().zip(other.ended) {
            merge(mine, theirs);
        }
        merge(&mut self.calls, other.calls);
        merge(&mut self.worlds, other.worlds);
        self.decisions.add(other.decisions);
        self.violations.extend(other.violations);
    }

    /// The table of faults.
    pub(crate) fn faults(&self) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        table.set_header(["fault", "ordered", "hit", "what the struck requests ended as"]);
        for (((variant, ordered), hits), ended) in VARIANTS.iter().zip(&self.ordered).zip(&self.hits).zip(&self.ended) {
            let ended: Vec<_> = ended.iter().map(|(end, count)| format!("{end} {count}")).collect();
            table.add_row([variant.label.to_owned(), ordered.to_string(), hits.to_string(), ended.join(", ")]);
        }
        table
    }

    /// The other figures, one line each.
    pub(crate) fn lines(&self) -> [String; 2] {
        let calls: Vec<_> = self.calls.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let worlds: Vec<_> = self.worlds.iter().map(|(world, count)| format!("{} {count}", world.name())).collect();
        [format!("worlds hit: {}", worlds.join(", ")), format!("flows: {}", calls.join(", "))]
    }
}

/// Adds counts to counts.
pub(crate) fn merge<K: Ord>(mine: &mut BTreeMap<K, u64>, theirs: BTreeMap<K, u64>) {
    for (name, count) in theirs {
        *mine.entry(name).or_default() += count;
    }
}

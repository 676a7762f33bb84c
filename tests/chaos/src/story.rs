//! One story: the flows about one application, or one turn of account work.

use crate::faults::Draw;
use crate::judge::Rule;
use crate::ledger::Arrival;
use crate::trail::{Class, End, Mark, Sent, Trail};
use crate::world::Worlds;
use fapiao_test_support::client::told;

/// Longer than any request is held up, seconds.
const LATEST: i64 = 401;

#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) worlds: Worlds,
    /// How far queries are behind, milliseconds.
    pub(crate) lag: u32,
    /// Its flows in the order they ended.
    pub(crate) trails: Vec<Trail>,
    /// Broken rules that show in no single flow.
    pub(crate) violations: Vec<(Rule, String)>,
    /// What its calls with an effect came to in the end.
    pub(crate) settled: Vec<&'static str>,
}

impl Story {
    /// Adds flows that have ended.
    pub(crate) fn tell(&mut self, trails: Vec<Trail>, seen: u64) {
        for mut trail in trails {
            trail.seen = seen;
            self.trails.push(trail);
        }
    }

    /// Gives an entry of the ledger to its request; tells whether it was wanted there.
    pub(crate) fn attach(&mut self, arrival: Arrival, newest: &mut [Trail]) -> bool {
        let number = arrival.number();
        let mut all = self.trails.iter_mut().chain(newest).flat_map(|trail| {
            let most = if trail.is(Mark::Repeats) { 2 } else { 1 };
            trail.sent.iter_mut().map(move |sent| (sent, most))
        });
        let Some((sent, most)) = all.find(|(sent, _)| Some(sent.number) == number) else { return false };
        if arrival.held_up.is_some() {
            sent.late.push(arrival);
            return sent.late.len() <= sent.arrivals.len();
        }
        sent.arrivals.push(arrival);
        sent.arrivals.len() <= most
    }

    /// How long it takes until what was held up has arrived, seconds.
    pub(crate) fn lateness(&self) -> i64 {
        let mut sent = self.trails.iter().flat_map(|trail| &trail.sent);
        let on_its_way =
            |sent: &Sent| sent.arrivals.iter().filter(|arrival| is_held_up(arrival)).count() > sent.late.len();
        if sent.any(on_its_way) { LATEST } else { 0 }
    }

    /// In words what a rule is about: each flow with its faults and its end, each request with its entries of the ledger.
    pub(crate) fn words(&self, rule: Rule) -> String {
        let decisions = matches!(rule, Rule::Effect | Rule::Proof | Rule::Unknown | Rule::Doubled | Rule::SecondId);
        let flows = self.trails.iter().filter(|trail| !decisions || trail.called.class != Class::Safe);
        let flows: String = flows.map(words).collect();
        format!("\n    worlds {}, queries {} ms behind{flows}", self.worlds, self.lag)
    }
}

fn is_held_up(arrival: &Arrival) -> bool {
    arrival.fault.iter().any(|fault| fault == "late")
}

fn words(trail: &Trail) -> String {
    let labels: Vec<_> =
        trail.plan.iter().filter_map(|draw| Draw::variant(*draw)).map(|variant| variant.label).collect();
    let ids = trail.ids.as_ref().map(|ids| format!("{}/{}", ids.apply, ids.fapiao.join("+"))).unwrap_or_default();
    let requests: String = trail.sent.iter().map(request).collect();
    let (name, marks, end) = (trail.called.name, &trail.marks, end(&trail.end));
    format!("\n    {name} {ids}, {marks:?}, faults ordered {labels:?}\n      ended {end}{requests}")
}

fn end(end: &End) -> String {
    match end {
        End::Outcome { code, decision, .. } => {
            let after = decision.ask_after.map(|time| format!(" after {time}")).unwrap_or_default();
            format!("{code}, {}{after}", told(*decision))
        }
        End::Concluded(effect) => format!("with its program concluding {}", effect.as_str()),
        End::Crashed => "with its process".to_owned(),
    }
}

fn request(sent: &Sent) -> String {
    let entries: Vec<_> = sent.entries().map(entry).collect();
    let entries = if entries.is_empty() { "not in the ledger".to_owned() } else { entries.join("; ") };
    let shows = if sent.shows { " that shows it" } else { "" };
    format!("\n      at {}, waited {:?}: {:?}{shows}; {entries}", sent.at, sent.waited, sent.came)
}

fn entry(arrival: &Arrival) -> String {
    let kinds: Vec<_> = arrival.effects.iter().map(|effect| effect.kind.as_str()).collect();
    let path = arrival.target.split('?').next().unwrap_or_default();
    format!(
        "ledger {} at {}: {} {path} -> {:?} {}, faults {:?}, effects {kinds:?}{}",
        arrival.seq,
        arrival.listener,
        arrival.method,
        arrival.outcome.status,
        arrival.outcome.code.as_deref().unwrap_or("-"),
        arrival.fault,
        arrival.held_up.map(|seq| format!(", held up since {seq}")).unwrap_or_default(),
    )
}

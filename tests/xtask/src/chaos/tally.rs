//! The figures of a run.

use super::dice::Draw;
use super::faults::VARIANTS;
use super::judge::{self, Rule, Violation};
use super::trail::{Arrival, Ids, Trail};
use comfy_table::{Table, presets};
use std::collections::{BTreeMap, BTreeSet};

/// What one worker, or all together, counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) flows: u64,
    pub(super) accepted: u64,
    pub(super) arrivals: u64,
    /// Hits by variant, as the sandbox counts them.
    pub(super) hits: Vec<u64>,
    ordered: Vec<u64>,
    /// What struck requests ended as, by variant: "accepted" or a code.
    ended: Vec<BTreeMap<&'static str, u64>>,
    /// Flows by call.
    calls: BTreeMap<&'static str, u64>,
    /// Decisions, by effect.
    effects: BTreeMap<&'static str, u64>,
    /// The ids each application was sent under.
    sent_ids: BTreeMap<String, BTreeSet<String>>,
    /// The invoices of the ledger.
    issued: BTreeSet<String>,
    /// The flows of each application, in words.
    pub(super) stories: BTreeMap<String, String>,
    /// The latest flow, in words.
    pub(super) latest: String,
    pub(super) violations: Vec<Violation>,
}

impl Tally {
    pub(super) fn new() -> Self {
        let zeros = vec![0; VARIANTS.len()];
        Self { hits: zeros.clone(), ordered: zeros, ended: vec![BTreeMap::new(); VARIANTS.len()], ..Self::default() }
    }

    pub(super) fn hit(&mut self, variant: usize, times: u64) {
        if let Some(hits) = self.hits.get_mut(variant) {
            *hits += times;
        }
    }

    /// The least any fault has struck.
    pub(super) fn least(&self) -> u64 {
        self.hits.iter().copied().min().unwrap_or_default()
    }

    /// Judges a flow and puts it down.
    pub(super) fn note(&mut self, trail: &Trail) {
        self.judge(trail);
        self.accepted += u64::from(trail.accepted);
        *self.calls.entry(trail.called.name).or_default() += 1;
        *self.effects.entry(trail.decision.effect.as_str()).or_default() += 1;
        for Draw { variant, count } in &trail.plan {
            if let Some(ordered) = self.ordered.get_mut(*variant) {
                *ordered += u64::from(*count);
            }
        }
        for (sent, attempt) in trail.sent.iter().zip(&trail.attempts) {
            self.arrivals += u64::from(sent.arrival.is_some());
            let end = attempt.error.map_or("accepted", fapiao::Code::as_str);
            for (variant, _) in trail.struck(sent) {
                if let Some(ended) = self.ended.get_mut(variant) {
                    *ended.entry(end).or_default() += 1;
                }
            }
        }
    }

    fn judge(&mut self, trail: &Trail) {
        let arrivals = || trail.sent.iter().filter_map(|sent| sent.arrival.as_ref());
        let effects = arrivals().flat_map(|arrival| &arrival.effects).filter(|effect| effect.kind == "issued");
        self.issued.extend(effects.map(|effect| effect.key("fapiao_id").to_owned()));
        let known = trail.ids.as_ref().is_some_and(|ids| self.issued.contains(&ids.fapiao));
        let mut broken = judge::judge(trail, known);
        self.latest = judge::evidence(trail);
        if let Some(Ids { apply, .. }) = &trail.ids {
            self.stories.entry(apply.clone()).or_default().push_str(&self.latest);
            let sent = self.sent_ids.entry(apply.clone()).or_default();
            let before = sent.len();
            sent.extend(arrivals().flat_map(Arrival::fapiao_ids));
            if before > 0 && sent.len() > before {
                broken.push((Rule::SecondId, format!("{apply} was sent under {sent:?}")));
            }
        }
        let violations = broken.into_iter().map(|(rule, why)| Violation::told(rule, why, self.latest.clone()));
        self.violations.extend(violations);
    }

    /// Adds another worker's figures.
    pub(super) fn add(&mut self, other: Self) {
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
        merge(&mut self.effects, other.effects);
        self.violations.extend(other.violations);
    }

    /// The table of faults.
    pub(super) fn table(&self) -> Table {
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
    pub(super) fn lines(&self) -> [String; 2] {
        let list = |counts: &BTreeMap<&str, u64>| {
            counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
        };
        [format!("flows: {}", list(&self.calls)), format!("took effect, by decision: {}", list(&self.effects))]
    }
}

fn merge(mine: &mut BTreeMap<&'static str, u64>, theirs: BTreeMap<&'static str, u64>) {
    for (name, count) in theirs {
        *mine.entry(name).or_default() += count;
    }
}

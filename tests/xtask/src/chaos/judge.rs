//! The judgement on one flow. Its evidence is the sandbox's ledger; what core concluded is what is judged.

use super::repeats;
use super::trail::{Came, Class, Fate, Trail};
use fapiao::flow::{Effect, Resend};
use std::fmt;

/// A rule that holds whatever goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// No answer is accepted that was forged, tampered with or not an answer.
    Forged,
    /// A good answer is accepted.
    Refused,
    /// The decision says what the ledger says.
    Effect,
    /// "Unknown" is said only where nobody could know, and names who can tell.
    Unknown,
    /// One application never carries a second invoice id.
    SecondId,
    /// Nothing that counts takes effect twice.
    Doubled,
    /// Requests are repeated only as the class of the call allows.
    Repeat,
    /// The host changes only when it cannot be reached.
    Host,
    /// Waits stand where they must, and grow.
    Wait,
    /// Each request is told as what it was.
    Attempt,
    /// A file is the one the gateway serves.
    File,
    /// Following the decisions leads to the truth.
    Truth,
    /// The gateway has nothing to remark.
    Notes,
    /// Each request arrives once.
    Arrival,
}

/// A broken rule.
#[derive(Debug)]
pub(super) struct Violation {
    pub(super) rule: Rule,
    pub(super) why: String,
    /// The flow with its faults, decision and entries of the ledger.
    evidence: String,
}

impl Violation {
    /// With evidence gathered before.
    pub(super) fn told(rule: Rule, why: impl Into<String>, evidence: String) -> Self {
        Self { rule, why: why.into(), evidence }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}{}", self.rule, self.why, self.evidence)
    }
}

/// Every rule one flow breaks.
///
/// `known` says whether the ledger has the effect of this flow's ids, from this flow or an earlier one.
pub(super) fn judge(trail: &Trail, known: bool) -> Vec<(Rule, String)> {
    let mut broken: Vec<(Rule, String)> = Vec::new();
    broken.extend(acceptance(trail));
    broken.extend(effect(trail, known));
    broken.extend(unknown(trail));
    broken.extend(repeats::judge(trail));
    broken.extend(arrivals(trail));
    broken
}

/// The last exchange decides: accepted if and only if the ledger calls it a success without a harmful fault.
fn acceptance(trail: &Trail) -> Option<(Rule, String)> {
    let last = trail.sent.last().map(|sent| trail.fate(sent));
    match (trail.accepted, last) {
        (true, Some(Fate::Success)) => None,
        (true, fate) => Some((Rule::Forged, format!("the flow accepted an answer the ledger calls {fate:?}"))),
        (false, Some(Fate::Success)) => Some((Rule::Refused, "a good answer was refused".into())),
        (false, _) => None,
    }
}

/// Calls of the safe class change nothing that counts: the ledger has no say in their "no".
fn effect(trail: &Trail, known: bool) -> Option<(Rule, String)> {
    if trail.class() == Class::Safe {
        return None;
    }
    let happened = trail.sent.iter().filter_map(|sent| sent.arrival.as_ref()).filter(|arrival| arrival.counts());
    let happened = happened.count();
    if happened > 1 {
        return Some((Rule::Doubled, format!("one flow took effect {happened} times")));
    }
    match trail.decision.effect {
        Effect::No if happened > 0 => Some((Rule::Effect, "the decision says no, the ledger has the effect".into())),
        Effect::Yes if happened == 0 && !known => {
            Some((Rule::Effect, "the decision says yes, the ledger has no effect".into()))
        }
        Effect::Yes if trail.decision.resend != Resend::No => {
            Some((Rule::Effect, "what took effect is to be sent again".into()))
        }
        Effect::Yes | Effect::No | Effect::Unknown => None,
    }
}

fn unknown(trail: &Trail) -> Option<(Rule, String)> {
    if trail.decision.effect != Effect::Unknown {
        return None;
    }
    let first = trail.decision.first;
    let told = match trail.class() {
        Class::Safe => return Some((Rule::Unknown, "a call of the safe class ended unknown".into())),
        Class::SameIds => first == Some("query"),
        Class::Never => first.is_none(),
    };
    if !told || trail.decision.resend != Resend::No {
        return Some((Rule::Unknown, format!("the decision sends the user to {first:?}")));
    }
    let doubtful = trail.sent.iter().rposition(|sent| !sent.asks && trail.fate(sent) == Fate::Hidden);
    let Some(doubtful) = doubtful else {
        return Some((Rule::Unknown, "no answer of the call was hidden".into()));
    };
    let clear = |fate| matches!(fate, Fate::Success | Fate::Answered(_));
    let after = trail.sent.get(doubtful..).unwrap_or_default();
    let told = after.iter().any(|sent| sent.asks && clear(trail.fate(sent)));
    told.then(|| (Rule::Unknown, "the query had told".into()))
}

fn arrivals(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for sent in &trail.sent {
        match (&sent.arrival, sent.came) {
            (None, Came::Answer) => broken.push((Rule::Arrival, format!("request {} never arrived", sent.number))),
            (Some(_), Came::NotSent) => {
                broken.push((Rule::Arrival, format!("request {} was called not sent, and arrived", sent.number)));
            }
            (Some(arrival), _) if !arrival.notes.is_empty() => {
                broken.push((Rule::Notes, arrival.notes.join("; ")));
            }
            _ => {}
        }
    }
    broken
}

/// A flow in words: its faults, its decision, and each request with its entry of the ledger.
pub(super) fn evidence(trail: &Trail) -> String {
    use fmt::Write;
    let labels: Vec<_> = trail.plan.iter().filter_map(|draw| super::faults::VARIANTS.get(draw.variant)).collect();
    let labels: Vec<_> = labels.iter().map(|variant| variant.label).collect();
    let decision = crate::host::told(trail.decision);
    let mut text = format!(
        "\n    flow {} {} {}, faults ordered {labels:?}\n    ended {}, decision {decision}",
        trail.flow,
        trail.called.name,
        trail.ids.as_ref().map(|ids| format!("{}/{}", ids.apply, ids.fapiao)).unwrap_or_default(),
        trail.code,
    );
    for sent in &trail.sent {
        let entry = sent.arrival.as_ref().map_or_else(
            || "not in the ledger".to_owned(),
            |arrival| {
                let kinds: Vec<_> = arrival.effects.iter().map(|effect| effect.kind.as_str()).collect();
                let path = arrival.target.split('?').next().unwrap_or_default();
                format!(
                    "ledger {} at {}: {} {path} -> {:?} {}, faults {:?}, effects {kinds:?}",
                    arrival.seq,
                    arrival.listener,
                    arrival.method,
                    arrival.outcome.status,
                    arrival.outcome.code.as_deref().unwrap_or("-"),
                    arrival.fault,
                )
            },
        );
        // Writing to a string does not fail.
        let _ = write!(text, "\n    {:?}, waited {:?}; {entry}", sent.came, sent.waited);
    }
    text
}

impl Trail {
    pub(super) fn class(&self) -> Class {
        self.called.class
    }
}

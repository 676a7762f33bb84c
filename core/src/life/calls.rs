//! How a call that changes something stands, worked out from all its attempts and from what queries showed since.

use super::facts::{Attempt, CallKey, Facts};
use crate::flow::Effect;
use std::collections::BTreeMap;

/// How long a query may still show what was before, seconds: as long as an older request may still arrive, and the lag.
pub(super) const SETTLES_AFTER: i64 = crate::flow::FINAL_AFTER;

/// How a call stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It was never sent.
    None,
    /// It was sent, and nobody knows whether it took effect.
    Unclear {
        /// When it was sent last.
        last_send: i64,
        /// Whether the last attempt has no answer at all yet: somebody may be at it.
        in_flight: bool,
        /// Whether a query since then did not find it.
        asked: bool,
    },
    /// It took no effect: the gateway refused it, or a query long enough after the last send proved it.
    Refused {
        /// The code it was refused with; nothing where a query proved it.
        code: String,
        /// When that was known.
        at: i64,
    },
    /// The gateway has taken it on.
    Accepted {
        /// When that was said.
        at: i64,
    },
}

impl Standing {
    pub(super) const fn is_unclear(&self) -> bool {
        matches!(self, Standing::Unclear { .. })
    }

    pub(super) const fn last_send(&self) -> Option<i64> {
        match self {
            Standing::Unclear { last_send, .. } => Some(*last_send),
            _ => None,
        }
    }
}

/// All attempts at the calls of a kind about an invoice, by call and number.
pub(super) fn attempts<'a>(
    facts: &'a Facts,
    is_kind: impl Fn(&CallKey) -> bool + 'a,
) -> impl Iterator<Item = &'a Attempt> + Clone {
    let calls: Vec<_> = facts.calls.iter().filter(move |(key, _)| is_kind(key)).collect();
    calls.into_iter().flat_map(|(_, attempts)| attempts.values()).collect::<Vec<_>>().into_iter()
}

/// How a call stands. `absent` says when a query last did not find what it makes.
pub(super) fn standing<'a>(attempts: &(impl Iterator<Item = &'a Attempt> + Clone), absent: Option<i64>) -> Standing {
    let Some(last_send) = attempts.clone().map(Attempt::last_send).max() else { return Standing::None };
    let with = |effect: Effect| attempts.clone().filter(move |attempt| attempt.effect() == effect);
    let answered = |attempt: &&Attempt| attempt.result.as_ref().map(|result| result.at);
    if let Some(at) = with(Effect::Yes).filter_map(|attempt| answered(&attempt)).max() {
        return Standing::Accepted { at };
    }
    let unclear = with(Effect::Unknown).count() > 0;
    let is_final = absent.is_some_and(|absent| absent >= last_send.saturating_add(SETTLES_AFTER));
    if unclear && !is_final {
        let in_flight =
            with(Effect::Unknown).any(|attempt| answered(&attempt).is_none_or(|at| at < attempt.last_send()));
        let asked = absent.is_some_and(|absent| absent > last_send);
        return Standing::Unclear { last_send, in_flight, asked };
    }
    let refusals = with(Effect::No).filter_map(|attempt| attempt.result.as_ref());
    match refusals.max_by_key(|result| result.at).filter(|_| !unclear) {
        Some(refusal) => Standing::Refused { code: refusal.code.clone(), at: refusal.at },
        None => Standing::Refused { code: String::new(), at: absent.unwrap_or(last_send) },
    }
}

/// What the attempts at a call left in doubt last, for who makes it again as it was.
pub(super) fn in_doubt(facts: &Facts, key: &CallKey) -> Option<String> {
    let attempts = facts.calls.get(key)?.values().filter(|attempt| attempt.effect() == Effect::Unknown);
    attempts.filter_map(|attempt| attempt.in_doubt.as_ref()).max().map(|doubt| doubt.value.clone())
}

/// The number of the next attempt at a call.
pub(super) fn next_attempt(calls: &BTreeMap<CallKey, BTreeMap<i64, Attempt>>, key: &CallKey) -> i64 {
    let last = calls.get(key).and_then(|attempts| attempts.keys().next_back());
    last.map_or(1, |last| last.saturating_add(1))
}

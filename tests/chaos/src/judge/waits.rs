//! The judgement on what a flow waits for between its requests.

use super::Rule;
use crate::trail::{Came, Fate, Sent, Trail};

/// Waits before questions, milliseconds; each can be longer by an eighth.
const QUESTIONS: [u64; 3] = [1_000, 2_000, 4_000];
/// Longest they are together.
const LONGEST: u64 = 8_000;
/// First wait before the call is sent again: half of it at least, the whole at most; each further one twice as long.
const FIRST_WAIT: u64 = 1_000;

pub(super) fn judge(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for pair in trail.sent.windows(2) {
        let [before, after] = pair else { continue };
        broken.extend(busy(trail, before, after));
        broken.extend(first_question(trail, before, after));
    }
    broken.extend(before_questions(trail));
    broken.extend(before_calls(trail));
    broken
}

/// After "too often" and "busy" the same is not sent again at once.
fn busy(trail: &Trail, before: &Sent, after: &Sent) -> Option<(Rule, String)> {
    let arrival = before.arrivals.last()?;
    let busy = arrival.outcome.status.is_some_and(|status| status == 429 || status >= 500)
        || before.struck(&trail.plan).any(|(_, variant)| variant.fault == "errcode");
    let due = busy && before.came == Came::Answer && before.asks == after.asks;
    (due && after.waited.is_empty())
        .then(|| (Rule::Wait, format!("request {} followed at once on a busy gateway", after.number)))
}

/// The first question comes a second after the call at the earliest, unless the gateway said that it is there.
fn first_question(trail: &Trail, before: &Sent, after: &Sent) -> Option<(Rule, String)> {
    let is_first = !before.asks && after.asks && !says_there(trail, before);
    // Of two whole seconds between them, one at least has passed.
    let since = after.at - before.signed_at.unwrap_or(before.at);
    let waited = after.waited.iter().sum::<u64>() >= 1_000 || since >= 2;
    (is_first && !waited).then(|| (Rule::Wait, format!("question {} came at once", after.number)))
}

fn says_there(trail: &Trail, sent: &Sent) -> bool {
    let refusal = sent.arrivals.last().and_then(|arrival| arrival.outcome.code.as_deref());
    trail.fate(sent) == Fate::Exists || refusal == Some("RESOURCE_ALREADY_EXISTS")
}

/// One, two and four seconds.
fn before_questions(trail: &Trail) -> Option<(Rule, String)> {
    let waits: Vec<_> = trail.sent.iter().filter(|sent| sent.asks).flat_map(|sent| sent.waited.clone()).collect();
    let place = |wait: &u64| QUESTIONS.iter().position(|least| (*least..=least + least / 8).contains(wait));
    let places: Vec<_> = waits.iter().map(place).collect();
    let grow = places.windows(2).all(|pair| matches!(pair, [before, after] if before < after));
    let fit = places.iter().all(Option::is_some) && grow && waits.iter().sum::<u64>() <= LONGEST;
    (!fit).then(|| (Rule::Wait, format!("waits of {waits:?} ms before questions")))
}

fn before_calls(trail: &Trail) -> Option<(Rule, String)> {
    let waits = trail.calls().flat_map(|sent| sent.waited.iter().copied());
    let mut longest = FIRST_WAIT;
    for milliseconds in waits {
        if !(longest / 2..=longest).contains(&milliseconds) {
            return Some((Rule::Wait, format!("a wait of {milliseconds} ms where {longest} is the longest")));
        }
        longest = longest.saturating_mul(2);
    }
    None
}

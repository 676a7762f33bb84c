//! The judgement on what a flow does between its requests: repeat, change host, wait, tell.

use super::faults::Kind;
use super::judge::Rule;
use super::trail::{Came, Class, Fate, Sent, Trail};

/// Most requests of one flow, and most that ask.
const MOST: usize = 4;
/// First wait, milliseconds: half of it at least, the whole at most; each further one twice as long.
const FIRST_WAIT: u64 = 1_000;

pub(super) fn judge(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for pair in trail.sent.windows(2) {
        let [before, after] = pair else { continue };
        broken.extend(reason(trail, before));
        broken.extend(host(trail, before, after));
        broken.extend(wait(trail, before, after));
    }
    broken.extend(doubt(trail));
    broken.extend(waits_grow(trail));
    let asked = trail.sent.iter().filter(|sent| sent.asks).count();
    if asked > MOST || trail.sent.len().saturating_sub(asked) > MOST {
        broken.push((Rule::Repeat, format!("{} requests, {asked} of them asking", trail.sent.len())));
    }
    broken.extend(attempts(trail));
    broken
}

/// Nothing follows a good answer.
fn reason(trail: &Trail, before: &Sent) -> Option<(Rule, String)> {
    let good = trail.fate(before) == Fate::Success;
    good.then(|| (Rule::Repeat, format!("request {} had a good answer, and another followed", before.number)))
}

/// What is in doubt is not sent again: never at all, or not before the query has said "not there".
fn doubt(trail: &Trail) -> Option<(Rule, String)> {
    if trail.class() == Class::Safe {
        return None;
    }
    let mut in_doubt = false;
    for sent in &trail.sent {
        let fate = trail.fate(sent);
        match (sent.asks, fate) {
            (true, Fate::Answered(404)) => in_doubt = false,
            (false, _) if in_doubt => {
                return Some((Rule::Repeat, format!("request {} was sent while another was in doubt", sent.number)));
            }
            (false, Fate::Hidden) => in_doubt = true,
            _ => {}
        }
    }
    None
}

fn host(trail: &Trail, before: &Sent, after: &Sent) -> Option<(Rule, String)> {
    // A link names its own host; a new question starts at the main one.
    if before.asks != after.asks || matches!(trail.called.kind, Kind::File | Kind::PlainFile) {
        return None;
    }
    let unreachable = before.came != Came::Answer;
    let changed = before.origin != after.origin;
    (unreachable != changed).then(|| (Rule::Host, format!("request {} went to {}", after.number, after.origin)))
}

/// After "too often" and "busy" the same is not asked again at once.
fn wait(trail: &Trail, before: &Sent, after: &Sent) -> Option<(Rule, String)> {
    let arrival = before.arrival.as_ref()?;
    let busy = arrival.outcome.status.is_some_and(|status| status == 429 || status >= 500)
        || trail.struck(before).any(|(_, variant)| variant.fault == "errcode");
    let due = busy && before.came == Came::Answer && before.asks == after.asks;
    (due && after.waited.is_empty())
        .then(|| (Rule::Wait, format!("request {} followed at once on a busy gateway", after.number)))
}

fn waits_grow(trail: &Trail) -> Option<(Rule, String)> {
    let waits = trail.sent.iter().flat_map(|sent| sent.waited.iter().copied());
    let mut longest = FIRST_WAIT;
    for milliseconds in waits {
        if !(longest / 2..=longest).contains(&milliseconds) {
            return Some((Rule::Wait, format!("a wait of {milliseconds} ms where {longest} is the longest")));
        }
        longest = longest.saturating_mul(2);
    }
    None
}

/// Each attempt tells the status and the code of what really came.
fn attempts(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    if trail.attempts.len() != trail.sent.len() {
        broken.push((Rule::Attempt, format!("{} attempts told, {} made", trail.attempts.len(), trail.sent.len())));
    }
    for (attempt, sent) in trail.attempts.iter().zip(&trail.sent) {
        let told = attempt.error.map(fapiao::Code::as_str);
        let allowed: Vec<_> = trail.struck(sent).flat_map(|(_, variant)| variant.codes.iter().copied()).collect();
        let fits = match trail.fate(sent) {
            Fate::Success => told.is_none(),
            Fate::Answered(_) => matches!(told, Some("remote.api" | "remote.errcode")),
            Fate::Hidden if sent.arrival.is_none() => told == Some("send.lost"),
            Fate::Refused | Fate::Hidden => told.is_some_and(|told| allowed.contains(&told)),
        };
        if !fits {
            broken.push((Rule::Attempt, format!("request {} ended {told:?}, {allowed:?} fit", sent.number)));
        }
        let Some(arrival) = &sent.arrival else { continue };
        if sent.came == Came::Answer && attempt.status != arrival.outcome.status {
            broken.push((Rule::Attempt, format!("request {} was told as {:?}", sent.number, attempt.status)));
        }
        let linked = matches!(trail.called.kind, Kind::File | Kind::PlainFile);
        if !linked && attempt.host.as_str() != arrival.listener {
            broken.push((Rule::Attempt, format!("request {} was told as sent to {:?}", sent.number, attempt.host)));
        }
    }
    broken
}

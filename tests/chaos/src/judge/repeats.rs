//! The judgement on what a flow sends again, and where to.

use super::Rule;
use crate::faults::Kind;
use crate::trail::{Came, Class, Fate, Sent, Trail};

/// Most requests of one flow, and most that ask.
const MOST: usize = 4;

pub(super) fn judge(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for pair in trail.sent.windows(2) {
        let [before, after] = pair else { continue };
        broken.extend(reason(trail, before));
        broken.extend(host(trail, before, after));
    }
    broken.extend(doubt(trail));
    broken.extend(race(trail));
    let asked = trail.sent.iter().filter(|sent| sent.asks).count();
    if asked > MOST || trail.sent.len().saturating_sub(asked) > MOST {
        broken.push((Rule::Repeat, format!("{} requests, {asked} of them asking", trail.sent.len())));
    }
    broken
}

/// Nothing follows a good answer, unless it is one to a question that shows no effect.
fn reason(trail: &Trail, before: &Sent) -> Option<(Rule, String)> {
    let good = trail.fate(before) == Fate::Success && (!before.asks || before.shows);
    good.then(|| (Rule::Repeat, format!("request {} had a good answer, and another followed", before.number)))
}

/// What is in doubt is not sent again: never at all, or not before the query has said that it is not there.
fn doubt(trail: &Trail) -> Option<(Rule, String)> {
    if trail.called.class == Class::Safe {
        return None;
    }
    let mut in_doubt = false;
    for sent in &trail.sent {
        match (sent.asks, trail.fate(sent)) {
            (true, Fate::NotThere) => in_doubt = false,
            (true, Fate::Success) if !sent.shows => in_doubt = false,
            (false, _) if in_doubt => {
                return Some((Rule::Repeat, format!("request {} was sent while another was in doubt", sent.number)));
            }
            (false, _) => in_doubt = trail.leaves_doubt(sent),
            (true, _) => {}
        }
    }
    None
}

/// The loser of the store's race sends nothing any more.
fn race(trail: &Trail) -> Option<(Rule, String)> {
    let late = trail.sent.get(trail.stopped?..)?.first()?;
    Some((Rule::Repeat, format!("request {} was sent after another worker was quicker", late.number)))
}

/// The host changes where the other one cannot be reached; a question goes where the call went.
fn host(trail: &Trail, before: &Sent, after: &Sent) -> Option<(Rule, String)> {
    // A link names its own host; what follows a question starts where that was answered.
    if (before.asks && !after.asks) || matches!(trail.called.kind, Kind::File | Kind::PlainFile) {
        return None;
    }
    let unreachable = before.asks == after.asks && matches!(before.came, Came::Nothing | Came::NotSent);
    let changed = before.origin != after.origin;
    (unreachable != changed).then(|| (Rule::Host, format!("request {} went to {}", after.number, after.origin)))
}

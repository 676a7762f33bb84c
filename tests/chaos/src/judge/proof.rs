//! The judgement on every "no": it rests on proof, even where it happens to be true.

use super::Rule;
use super::effects::calls;
use crate::trail::{Fate, Mark, Trail};
use fapiao::flow::Effect;

/// From the timestamp of a request on, seconds: as long as the gateway takes it, and as far as a query may be behind.
const FINAL: i64 = 300 + 60;

pub(super) fn judge(trails: &[Trail]) -> Vec<(Rule, String)> {
    calls(trails).iter().flat_map(|flows| flows.iter().filter_map(|trail| unproven(flows, trail))).collect()
}

/// A no whose flow neither had every request of the call refused, nor asked when nothing could arrive any more.
fn unproven(flows: &[&Trail], trail: &Trail) -> Option<(Rule, String)> {
    if trail.end.effect() != Some(Effect::No) || trail.sent.is_empty() {
        return None;
    }
    let mut in_doubt = trail.is(Mark::HandedIn) || trail.is(Mark::Found);
    let first = trail.sent.first().map_or(0, |sent| sent.number);
    let earlier = flows.iter().flat_map(|flow| flow.calls()).filter(|sent| sent.number < first);
    let mut last = earlier.filter_map(|sent| sent.signed_at).max().unwrap_or_default();
    for sent in &trail.sent {
        if !sent.asks {
            in_doubt |= trail.leaves_doubt(sent);
            last = sent.signed_at.unwrap_or(last).max(last);
            continue;
        }
        let not_shown = trail.fate(sent) == Fate::NotThere || (trail.fate(sent) == Fate::Success && !sent.shows);
        in_doubt &= !(not_shown && sent.at >= last + FINAL);
    }
    in_doubt.then(|| (Rule::Proof, "a no without proof".into()))
}

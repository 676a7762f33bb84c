//! The judgement on decisions, call by call: all flows about the same ids together, against what the ledger says took effect.

use super::Rule;
use crate::ledger::{Arrival, Effect as Counted};
use crate::trail::{Class, End, Fate, Ids, Mark, Sent, Trail};
use fapiao::flow::{Effect, Resend};
use std::collections::{BTreeMap, BTreeSet};

/// A decision beside the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) said: Effect,
    /// Of a yes: whether there was an effect; else whether a request sent until then took effect, then or later.
    pub(crate) effect: bool,
}

/// The flows about one call, in the order they ended.
pub(super) fn calls(trails: &[Trail]) -> Vec<Vec<&Trail>> {
    let mut known: BTreeMap<(&str, &Ids), Vec<&Trail>> = BTreeMap::new();
    let mut alone = Vec::new();
    for trail in trails.iter().filter(|trail| trail.called.class != Class::Safe) {
        match &trail.ids {
            Some(ids) => known.entry((trail.called.name, ids)).or_default().push(trail),
            None => alone.push(vec![trail]),
        }
    }
    known.into_values().chain(alone).collect()
}

pub(super) fn judge(trails: &[Trail]) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for flows in calls(trails) {
        for trail in &flows {
            broken.extend(decision(&flows, trail));
            broken.extend(first_request(&flows, trail));
        }
        broken.extend(doubled(&flows));
    }
    broken.extend(ids(trails));
    broken
}

/// Every decision on a call with an effect, beside the truth.
pub(crate) fn truths(trails: &[Trail]) -> Vec<Truth> {
    let of = |flows: Vec<&Trail>| {
        let truth = |trail: &&Trail| {
            let said = trail.end.effect()?;
            let effect = if said == Effect::Yes { seen_until(&flows, trail) } else { sent_until(&flows, trail) };
            Some(Truth { said, effect })
        };
        flows.iter().filter_map(truth).collect::<Vec<_>>()
    };
    calls(trails).into_iter().flat_map(of).collect()
}

fn decision(flows: &[&Trail], trail: &Trail) -> Option<(Rule, String)> {
    let said = trail.end.effect()?;
    let resend = match &trail.end {
        End::Outcome { decision, .. } => decision.resend,
        End::Concluded(_) | End::Crashed => Resend::No,
    };
    match said {
        Effect::No if sent_until(flows, trail) => {
            Some((Rule::Effect, "the decision says no, the ledger has the effect".into()))
        }
        Effect::Yes if !seen_until(flows, trail) => {
            Some((Rule::Effect, "the decision says yes, the ledger has no effect".into()))
        }
        Effect::Yes if resend != Resend::No => Some((Rule::Effect, "what took effect is to be sent again".into())),
        Effect::Yes | Effect::No | Effect::Unknown => None,
    }
}

/// Whether any request of the call that was sent until then took effect, however late; those before an earlier decision that
/// leaves nothing open are what that one is about.
fn sent_until(flows: &[&Trail], trail: &Trail) -> bool {
    let earlier = flows.iter().take_while(|flow| !std::ptr::eq(**flow, trail));
    let closed = earlier.filter(|flow| matches!(flow.end.effect(), Some(Effect::Yes | Effect::No)));
    let closed = closed.map(|flow| flow.ended_at).filter(|ended| *ended <= trail.began_at).max().unwrap_or_default();
    requests(flows).filter(|sent| (closed + 1..=trail.ended_at).contains(&sent.number)).any(Sent::counts)
}

/// Whether the effect was there when the flow ended.
fn seen_until(flows: &[&Trail], trail: &Trail) -> bool {
    let at_once = |sent: &Sent| sent.number <= trail.ended_at && sent.arrivals.iter().any(Arrival::counts);
    let late = |sent: &Sent| sent.late.iter().any(|arrival| arrival.seq <= trail.seen && arrival.counts());
    requests(flows).any(|sent| at_once(sent) || late(sent))
}

fn requests<'a>(flows: &'a [&'a Trail]) -> impl Iterator<Item = &'a Sent> {
    flows.iter().flat_map(|trail| trail.calls())
}

/// While an earlier flow's request may still be under way, the next flow asks before it sends.
fn first_request(flows: &[&Trail], trail: &Trail) -> Option<(Rule, String)> {
    // Whoever has stored its doubt may be overtaken before it sends (see the rule on races); and what a process settled before
    // it ended is found in the store.
    if trail.is(Mark::Race) || trail.is(Mark::FoundNot) {
        return None;
    }
    let place = trail.sent.iter().position(|sent| !sent.asks)?;
    let number = trail.sent.get(place)?.number;
    let closed = flows.iter().filter(|flow| matches!(flow.end.effect(), Some(Effect::Yes | Effect::No)));
    let closed = closed.map(|flow| flow.ended_at).filter(|ended| *ended < number).max().unwrap_or_default();
    let others = flows.iter().filter(|flow| !std::ptr::eq(**flow, trail));
    let mut open = others.flat_map(|flow| flow.calls()).filter(|sent| (closed + 1..number).contains(&sent.number));
    let earlier = open.next()?.number;
    let told = |sent: &Sent| trail.fate(sent) == Fate::NotThere || (trail.fate(sent) == Fate::Success && !sent.shows);
    let asked = trail.sent.get(..place).unwrap_or_default().iter().any(told);
    (!asked).then(|| (Rule::Repeat, format!("request {number} was sent while request {earlier} was in doubt")))
}

/// Nothing takes effect twice.
fn doubled(flows: &[&Trail]) -> Vec<(Rule, String)> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let effects = requests(flows).flat_map(Sent::entries).flat_map(|arrival| &arrival.effects);
    for Counted { kind, keys } in effects.filter(|effect| effect.counts()) {
        *counts.entry(format!("{kind} {keys:?}")).or_default() += 1;
    }
    let twice = counts.into_iter().filter(|(_, count)| *count > 1);
    twice.map(|(effect, count)| (Rule::Doubled, format!("{count} times {effect}"))).collect()
}

/// An application is issued under the ids it was first sent with.
fn ids(trails: &[Trail]) -> Vec<(Rule, String)> {
    let mut first: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut broken = Vec::new();
    for trail in trails.iter().filter(|trail| trail.called.name.starts_with("issue")) {
        let Some(ids) = &trail.ids else { continue };
        for sent in trail.calls().flat_map(Sent::entries).map(Arrival::fapiao_ids) {
            let sent: BTreeSet<_> = sent.into_iter().collect();
            let known = first.entry(&ids.apply).or_insert_with(|| sent.clone());
            if *known != sent {
                broken.push((Rule::SecondId, format!("{} was sent under {sent:?} after {known:?}", ids.apply)));
            }
        }
    }
    broken
}

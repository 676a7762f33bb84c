//! One invoice as it stands: what queries, events and accepted calls say of it, together.

use super::calls::{Standing, attempts, standing};
use super::facts::{Attempt, CallKey, Facts, Seen, Span};
use super::tracks::{self, Sight, Tax, Track, card_rank};
use crate::flow::Effect;

/// How long a query may lag behind an event, seconds: own judgement.
const LAG: i64 = 60;

/// One invoice as it stands.
pub(super) struct Invoice<'a> {
    pub(super) id: &'a str,
    pub(super) tax: Tax,
    pub(super) tax_seen: Option<Track<Tax>>,
    pub(super) card: Option<&'a str>,
    pub(super) issue: Standing,
    /// When the call that issues it was last sent.
    pub(super) issue_sent: Option<i64>,
    pub(super) reverse: Standing,
    /// When reversing it was last sent.
    pub(super) reverse_sent: Option<i64>,
    /// Amount with tax, fen.
    pub(super) amount: Option<i64>,
    /// When it was first seen issued, and first seen reversed.
    pub(super) issued_at: Option<i64>,
    pub(super) reversed_at: Option<i64>,
    pub(super) contradiction: Option<&'static str>,
    /// Since when an event waits for a query to say which invoices it means.
    pub(super) unplaced: Option<i64>,
    pub(super) seen: Option<&'a Seen>,
}

impl<'a> Invoice<'a> {
    pub(super) fn of(facts: &'a Facts, id: &'a str, alone: bool) -> Self {
        let seen = facts.invoices.get(id);
        let names = |key: &CallKey| key.ids.iter().any(|one| one == id);
        let mut sights = by_query(seen);
        let (events, unplaced) = by_events(facts, id, alone);
        sights.extend(events);
        let reverse = attempts(facts, move |key| key.call == "reverse" && names(key));
        sights.extend(by_acceptance(reverse.clone()));
        let last_shown = seen.and_then(|seen| seen.tax.values().map(|span| span.last).max());
        let absent = [facts.last("listed"), seen.and_then(|seen| seen.marks.get("absent")).map(|span| span.last)];
        let absent = absent.into_iter().flatten().max().filter(|_| last_shown.is_none());
        let issues = attempts(facts, move |key| key.call != "reverse" && names(key));
        let issue = standing(&issues, absent);
        let (tax, tax_seen) = tracks::tax(&sights, &issue, last_shown.is_some());
        let issue = match (issue, tax_seen) {
            // It is there, so the call that was in doubt took effect.
            (Standing::Unclear { .. }, Some(track)) => Standing::Accepted { at: track.seen.first },
            (Standing::Unclear { last_send, .. }, None) if last_shown.is_some() => Standing::Accepted { at: last_send },
            (issue, _) => issue,
        };
        let first =
            |rank: u8| sights.iter().filter(|sight| sight.rank >= rank && !sight.assumed).map(|s| s.seen.first).min();
        let planned =
            || facts.order.as_ref()?.value.invoices.iter().find(|(one, _)| one == id).map(|(_, amount)| *amount);
        Self {
            id,
            tax,
            tax_seen,
            card: card(facts, seen, id, alone),
            reverse: reversal(&reverse, &sights),
            reverse_sent: reverse.map(Attempt::last_send).max(),
            issue,
            issue_sent: issues.map(Attempt::last_send).max(),
            amount: seen.and_then(|seen| seen.amount.as_ref()).map(|amount| amount.value).or_else(planned),
            issued_at: first(Tax::Issued.rank()),
            reversed_at: first(Tax::Reversed.rank()),
            contradiction: tracks::contradiction(&sights, tax_seen),
            unplaced: unplaced
                .filter(|(value, at)| {
                    let told = last_shown.max(facts.last("listed"));
                    tax.rank() < value.rank() && told.is_none_or(|told| told < at.saturating_add(LAG))
                })
                .map(|(_, at)| at),
            seen,
        }
    }

    /// When the status it has was seen first.
    pub(super) fn since(&self) -> i64 {
        let waits = self.issue.last_send().or(self.reverse.last_send());
        let accepted = match self.issue {
            Standing::Accepted { at } => Some(at),
            _ => None,
        };
        let since = waits.or(self.tax_seen.map(|track| track.seen.first)).or(accepted).unwrap_or(0);
        if self.tax == Tax::ReverseAccepted { since.max(self.reverse_sent.unwrap_or(since)) } else { since }
    }
}

fn by_query(seen: Option<&Seen>) -> Vec<Sight<Tax>> {
    let statuses = seen.into_iter().flat_map(|seen| &seen.tax);
    let known = statuses.filter_map(|(status, seen)| Tax::of_status(status).map(|tax| (tax, *seen)));
    known.map(|(value, seen)| Sight { value, rank: value.rank(), seen, by_query: true, assumed: false }).collect()
}

/// What the answers say that accepted a reversal.
fn by_acceptance<'a>(attempts: impl Iterator<Item = &'a Attempt>) -> impl Iterator<Item = Sight<Tax>> {
    let accepted = attempts.filter(|attempt| attempt.effect() == Effect::Yes);
    accepted.filter_map(|attempt| attempt.result.as_ref()).map(|result| Sight {
        value: Tax::ReverseAccepted,
        rank: Tax::ReverseAccepted.rank(),
        seen: Span::at(result.at),
        by_query: false,
        assumed: true,
    })
}

/// What events say of an invoice, and since when one waits for a query: the name of an event decides where one invoice alone can be
/// meant; of several, those count whose status inside agrees.
fn by_events(facts: &Facts, id: &str, alone: bool) -> (Vec<Sight<Tax>>, Option<(Tax, i64)>) {
    let (mut sights, mut unplaced) = (Vec::new(), None::<(Tax, i64)>);
    for event in facts.events.values() {
        let value = match event.event_type.as_str() {
            "FAPIAO.ISSUED" => Tax::Issued,
            "FAPIAO.REVERSED" => Tax::Reversed,
            _ => continue,
        };
        let inside = event.invoices.get(id).map(|(status, _)| status.as_str());
        if alone || inside == Some(value.as_str()) {
            let seen = Span::at(event.at);
            sights.push(Sight { value, rank: value.rank(), seen, by_query: false, assumed: false });
        } else if inside.is_some() || event.invoices.is_empty() {
            let later = unplaced.is_none_or(|(known, at)| (known.rank(), at) < (value.rank(), event.at));
            unplaced = if later { Some((value, event.at)) } else { unplaced };
        }
    }
    (sights, unplaced)
}

fn card<'a>(facts: &'a Facts, seen: Option<&'a Seen>, id: &str, alone: bool) -> Option<&'a str> {
    let statuses = seen.into_iter().flat_map(|seen| &seen.card);
    let mut sights: Vec<_> = statuses
        .filter(|(status, _)| card_rank(status) > 0)
        .map(|(status, seen)| (status.as_str(), *seen, true))
        .collect();
    for event in facts.events.values() {
        let status = match event.event_type.as_str() {
            "FAPIAO.CARD_INSERTED" => "INSERTED",
            "FAPIAO.CARD_DISCARDED" => "DISCARDED",
            _ => continue,
        };
        if alone || event.invoices.get(id).is_some_and(|(_, inside)| inside == status) {
            sights.push((status, Span::at(event.at), false));
        }
    }
    let sights: Vec<_> = sights
        .into_iter()
        .map(|(value, seen, by_query)| Sight { value, rank: card_rank(value), seen, by_query, assumed: false })
        .collect();
    tracks::track(&sights).map(|track| track.value)
}

/// How reversing stands: what was accepted before, and failed, does not count for what was sent since.
fn reversal<'a>(attempts: &(impl Iterator<Item = &'a Attempt> + Clone), sights: &[Sight<Tax>]) -> Standing {
    let accepted = attempts.clone().filter(|attempt| attempt.effect() == Effect::Yes).map(Attempt::last_send).max();
    let since: Vec<_> = attempts.clone().filter(|attempt| accepted.is_none_or(|at| attempt.last_send() > at)).collect();
    if since.is_empty() {
        return standing(attempts, None);
    }
    let seen_as = |values: &[Tax]| {
        let shown = sights.iter().filter(|sight| !sight.assumed && values.contains(&sight.value));
        shown.map(|sight| sight.seen).reduce(Span::join)
    };
    let not_yet = |sight: &&Sight<Tax>| sight.by_query && matches!(sight.value, Tax::Issued | Tax::ReverseFailed);
    let not_reversed = sights.iter().filter(not_yet).map(|sight| sight.seen.last).max();
    let found = standing(&since.into_iter(), not_reversed);
    let Standing::Unclear { last_send, .. } = found else { return found };
    let shown = seen_as(&[Tax::Reversed]).is_some()
        || seen_as(&[Tax::ReverseAccepted]).is_some_and(|seen| seen.last > last_send);
    let failed = seen_as(&[Tax::ReverseFailed]).is_some_and(|seen| seen.first > last_send);
    if shown || failed { Standing::Accepted { at: last_send } } else { found }
}

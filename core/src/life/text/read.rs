//! Reads facts back. What cannot be read makes the whole text unreadable: half a life would be a wrong one.

use crate::flow::Effect;
use crate::json::{Object, Raw};
use crate::life::facts::{Attempt, CallKey, EventFact, Facts, Latest, Order, Outcome, Refund, Seen, Span, Spans};
use std::collections::BTreeMap;

pub(super) fn state(raw: Raw<'_>) -> Option<Facts> {
    let object = raw.object()?;
    Some(Facts {
        marks: spans(object.value("marks")?)?,
        order: optional(&object, "order", order).ok()?,
        refunds: map(object.value("refunds")?, refund)?,
        calls: object.value("calls")?.list()?.into_iter().map(call).collect::<Option<_>>()?,
        events: map(object.value("events")?, event)?,
        invoices: map(object.value("invoices")?, seen)?,
    })
}

/// A member that is there and cannot be read.
struct Unreadable;

/// Nothing where the member is missing; not readable where it is there and is not.
fn optional<'a, T>(object: &Object<'a>, name: &str, read: fn(Raw<'a>) -> Option<T>) -> Result<Option<T>, Unreadable> {
    object.value(name).map(|raw| read(raw).ok_or(Unreadable)).transpose()
}

fn map<'a, T>(raw: Raw<'a>, read: fn(Raw<'a>) -> Option<T>) -> Option<BTreeMap<String, T>> {
    raw.object()?.members().map(|(name, value)| Some((name.to_owned(), read(value)?))).collect()
}

fn spans(raw: Raw<'_>) -> Option<Spans> {
    map(raw, span)
}

fn span(raw: Raw<'_>) -> Option<Span> {
    let [first, last] = raw.list()?.try_into().ok()?;
    Some(Span { first: number(first)?, last: number(last)? })
}

fn number(raw: Raw<'_>) -> Option<i64> {
    raw.get().parse().ok()
}

fn order(raw: Raw<'_>) -> Option<Latest<Order>> {
    let object = raw.object()?;
    let invoice = |raw: Raw<'_>| {
        let [id, amount] = raw.list()?.try_into().ok()?;
        Some((id.owned_text()?, number(amount)?))
    };
    let invoices = object.value("invoices")?.list()?.into_iter().map(invoice).collect::<Option<_>>()?;
    let value = Order { amount: number(object.value("amount")?)?, invoices };
    Some(Latest { at: number(object.value("at")?)?, value })
}

fn refund(raw: Raw<'_>) -> Option<Refund> {
    let object = raw.object()?;
    Some(Refund { amount: number(object.value("amount")?)?, states: spans(object.value("states")?)? })
}

fn call(raw: Raw<'_>) -> Option<(CallKey, BTreeMap<i64, Attempt>)> {
    let object = raw.object()?;
    let ids = object.value("ids")?.list()?.into_iter().map(Raw::owned_text).collect::<Option<_>>()?;
    let key = CallKey { call: object.value("call")?.owned_text()?, ids };
    let attempts = object.value("attempts")?.list()?.into_iter().map(attempt).collect::<Option<_>>()?;
    Some((key, attempts))
}

fn attempt(raw: Raw<'_>) -> Option<(i64, Attempt)> {
    let object = raw.object()?;
    let result = match optional(&object, "effect", Raw::owned_text).ok()? {
        None => None,
        Some(effect) => {
            let all = [Effect::Yes, Effect::No, Effect::Unknown];
            let effect = all.into_iter().find(|one| one.as_str() == effect)?;
            Some(Outcome { effect, at: number(object.value("at")?)?, code: object.value("code")?.owned_text()? })
        }
    };
    let in_doubt = optional(&object, "in_doubt", |raw| latest(raw, Raw::owned_text)).ok()?;
    Some((number(object.value("number")?)?, Attempt { sent: optional(&object, "sent", span).ok()?, result, in_doubt }))
}

fn event(raw: Raw<'_>) -> Option<EventFact> {
    let object = raw.object()?;
    let invoice = |raw: Raw<'_>| {
        let [id, status, card] = raw.list()?.try_into().ok()?;
        Some((id.owned_text()?, (status.owned_text()?, card.owned_text()?)))
    };
    Some(EventFact {
        event_type: object.value("event_type")?.owned_text()?,
        at: number(object.value("at")?)?,
        invoices: object.value("invoices")?.list()?.into_iter().map(invoice).collect::<Option<_>>()?,
    })
}

fn seen(raw: Raw<'_>) -> Option<Seen> {
    let object = raw.object()?;
    let pair = |raw: Raw<'_>| {
        let [number, code] = raw.list()?.try_into().ok()?;
        Some((number.owned_text()?, code.owned_text()?))
    };
    Some(Seen {
        amount: optional(&object, "amount", |raw| latest(raw, number)).ok()?,
        number: match object.value("number") {
            None => None,
            Some(raw) => Some(latest(raw, pair)?),
        },
        error: optional(&object, "error", |raw| latest(raw, Raw::owned_text)).ok()?,
        tax: spans(object.value("tax")?)?,
        card: spans(object.value("card")?)?,
        marks: spans(object.value("marks")?)?,
    })
}

fn latest<'a, T>(raw: Raw<'a>, read: impl Fn(Raw<'a>) -> Option<T>) -> Option<Latest<T>> {
    let [at, value] = raw.list()?.try_into().ok()?;
    Some(Latest { at: number(at)?, value: read(value)? })
}

//! Writes facts: short rows, since a text is kept for every application.

use super::{quoted, row};
use crate::json::{Members, list};
use crate::life::facts::{Attempt, CallKey, EventFact, Facts, Latest, Order, Refund, Seen, Span, Spans};
use std::collections::BTreeMap;

pub(super) fn state(facts: &Facts) -> String {
    let mut json = Members::new();
    json.json("marks", &spans(&facts.marks));
    if let Some(order) = &facts.order {
        json.json("order", &of_order(order));
    }
    json.json("refunds", &object(&facts.refunds, refund));
    json.json("calls", &list(facts.calls.iter().map(|(key, attempts)| call(key, attempts))));
    json.json("events", &object(&facts.events, event)).json("invoices", &object(&facts.invoices, seen)).end()
}

fn object<T>(map: &BTreeMap<String, T>, write: fn(&T) -> String) -> String {
    let mut json = Members::new();
    for (name, value) in map {
        json.json(name, &write(value));
    }
    json.end()
}

fn spans(spans: &Spans) -> String {
    object(spans, span)
}

fn span(span: &Span) -> String {
    row(&[span.first.to_string(), span.last.to_string()])
}

fn of_order(order: &Latest<Order>) -> String {
    let invoice = |(id, amount): &(String, i64)| row(&[quoted(id), amount.to_string()]);
    let mut json = Members::new();
    json.number("at", Some(order.at)).number("amount", Some(order.value.amount));
    json.json("invoices", &list(order.value.invoices.iter().map(invoice))).end()
}

fn refund(refund: &Refund) -> String {
    Members::new().number("amount", Some(refund.amount)).json("states", &spans(&refund.states)).end()
}

fn call(key: &CallKey, attempts: &BTreeMap<i64, Attempt>) -> String {
    let mut json = Members::new();
    json.text("call", Some(&key.call)).json("ids", &list(key.ids.iter().map(|id| quoted(id))));
    json.json("attempts", &list(attempts.iter().map(|(number, one)| attempt(*number, one)))).end()
}

fn attempt(number: i64, attempt: &Attempt) -> String {
    let mut json = Members::new();
    json.number("number", Some(number));
    if let Some(sent) = &attempt.sent {
        json.json("sent", &span(sent));
    }
    if let Some(result) = &attempt.result {
        json.text("effect", Some(result.effect.as_str())).number("at", Some(result.at));
        json.text("code", Some(&result.code));
    }
    if let Some(doubt) = &attempt.in_doubt {
        json.json("in_doubt", &latest(doubt, |text| quoted(text)));
    }
    json.end()
}

fn event(event: &EventFact) -> String {
    let invoice = |(id, (status, card)): (&String, &(String, String))| row(&[quoted(id), quoted(status), quoted(card)]);
    let mut json = Members::new();
    json.text("event_type", Some(&event.event_type)).number("at", Some(event.at));
    json.json("invoices", &list(event.invoices.iter().map(invoice))).end()
}

fn seen(seen: &Seen) -> String {
    let mut json = Members::new();
    if let Some(amount) = &seen.amount {
        json.json("amount", &latest(amount, i64::to_string));
    }
    if let Some(number) = &seen.number {
        json.json("number", &latest(number, |(number, code)| row(&[quoted(number), quoted(code)])));
    }
    if let Some(error) = &seen.error {
        json.json("error", &latest(error, |code| quoted(code)));
    }
    json.json("tax", &spans(&seen.tax)).json("card", &spans(&seen.card)).json("marks", &spans(&seen.marks)).end()
}

fn latest<T>(latest: &Latest<T>, write: fn(&T) -> String) -> String {
    row(&[latest.at.to_string(), write(&latest.value)])
}

//! What was sent, and what was heard of it.

use super::config::LifeConfig;
use super::facts::{Attempt, CallKey, Facts, Latest, MAX_ATTEMPTS, Outcome, mark};
use super::files;
use super::members::{amount, check_application, check_merchant, id, text, value, wrong};
use crate::error::Result;
use crate::flow::Effect;
use crate::json::{Object, Raw, safe_integer};

/// Longest text of a call in doubt that is kept.
const MAX_IN_DOUBT: usize = 16 * 1024;
/// The calls that change nothing and tell something about a life.
const ASKS: [&str; 7] = ["query", files::CALL, "download_file", "title_url", "user_title", "upload_file", "get_pdf"];

/// A call is about to leave, or has left.
pub(super) fn sent(config: &LifeConfig, facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let call = call(config, object)?;
    let request = request(config, object)?;
    if !has_effect(config, &call) {
        facts.mark(&asked(&call), now);
        return Ok(());
    }
    let (key, number) = (key(config, &call, &request)?, attempt_number(object)?);
    amounts(facts, &request, now)?;
    let attempt = facts.attempt(key, number);
    let span = super::facts::Span::at(now);
    attempt.sent = Some(attempt.sent.map_or(span, |known| known.join(span)));
    keep_doubt(attempt, object, now)
}

/// A verified answer.
pub(super) fn answer(config: &LifeConfig, facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let call = call(config, object)?;
    let request = request(config, object)?;
    if has_effect(config, &call) {
        let (key, number) = (key(config, &call, &request)?, attempt_number(object)?);
        amounts(facts, &request, now)?;
        let attempt = facts.attempt(key, number);
        attempt.settle(Outcome { effect: Effect::Yes, at: now, code: String::new() });
        return keep_doubt(attempt, object, now);
    }
    let answer = value(object, "answer").and_then(Raw::object);
    match call.as_str() {
        "query" | files::CALL => {
            let answer = answer.ok_or_else(|| wrong("answer", "must be the verified answer's JSON"))?;
            let name = if call == "query" { "fapiao_information" } else { files::LIST };
            let shown = value(&answer, name).and_then(Raw::list).unwrap_or_default();
            let total = value(&answer, "total_count").and_then(|raw| safe_integer(raw.get()));
            let whole = total.is_none_or(|total| usize::try_from(total).is_ok_and(|total| total <= shown.len()));
            for raw in shown {
                let Some(invoice) = raw.object() else { continue };
                if value(&invoice, "fapiao_id").is_some() {
                    observe(facts, &invoice, now)?;
                }
            }
            if call == "query" && whole {
                not_there(facts, &request, now)?;
            }
        }
        "title_url" => facts.mark("linked", now),
        "user_title" => facts.mark("title_read", now),
        "upload_file" => facts.mark("uploaded", now),
        "get_pdf" => facts.mark("pdf_url", now),
        _ => {}
    }
    facts.mark(&asked(&call), now);
    Ok(())
}

/// An error, with the decision that came with it.
pub(super) fn failure(config: &LifeConfig, facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let call = call(config, object)?;
    let request = request(config, object)?;
    let error = value(object, "error").and_then(Raw::object);
    let remote = error.as_ref().and_then(|error| value(error, "remote")).and_then(Raw::object);
    let said = remote.as_ref().and_then(|remote| text(remote, "code"));
    if !has_effect(config, &call) {
        let status = remote.as_ref().and_then(|remote| value(remote, "status")).map(Raw::get);
        let missing = matches!(said.as_deref(), Some("RESOURCE_NOT_EXISTS" | "NOT_FOUND")) && status == Some("404");
        if call == "query" && missing {
            not_there(facts, &request, now)?;
        }
        facts.mark(&asked(&call), now);
        return Ok(());
    }
    let effect = value(object, "decision").and_then(Raw::object).and_then(|decision| text(&decision, "effect"));
    let effect = match (effect.as_deref(), said.as_deref()) {
        // The ids are known there, or the card is gone: reasons to ask, whoever decided what.
        (Some("no" | "unknown"), Some("RESOURCE_ALREADY_EXISTS" | "40127")) | (Some("unknown"), _) => Effect::Unknown,
        (Some("no"), _) => Effect::No,
        (Some("yes"), _) => Effect::Yes,
        _ => return Err(wrong("decision/effect", "must be yes, no or unknown")),
    };
    let code = said.or_else(|| error.as_ref().and_then(|error| text(error, "code"))).filter(|code| is_code(code));
    let (key, number) = (key(config, &call, &request)?, attempt_number(object)?);
    amounts(facts, &request, now)?;
    let attempt = facts.attempt(key, number);
    attempt.settle(Outcome { effect, at: now, code: code.unwrap_or_default() });
    keep_doubt(attempt, object, now)
}

/// Whether a text can be a code of the gateway's, or one of ours: what is not signed can hold anything.
fn is_code(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// The mark of the last time a call was made that has no effect.
pub(super) fn asked(call: &str) -> String {
    format!("asked {call}")
}

/// Whether a call changes something at the gateway.
fn has_effect(config: &LifeConfig, call: &str) -> bool {
    call == config.issue_call
        || matches!(call, "insert_cards" | "reverse" | "consume_card" | "issue")
        || call.starts_with("issue_")
}

fn call(config: &LifeConfig, object: &Object<'_>) -> Result<String> {
    let is_part = |call: &String| has_effect(config, call) || ASKS.contains(&call.as_str());
    text(object, "call")
        .filter(|call| call.len() <= 40 && is_code(call))
        .filter(is_part)
        .ok_or_else(|| wrong("call", "must be the catalogue's name of a call that is part of a life"))
}

/// What was passed to the call. Of it, ids and amounts alone are read.
fn request<'a>(config: &LifeConfig, object: &Object<'a>) -> Result<Object<'a>> {
    let request = value(object, "request").and_then(Raw::object);
    let request = request.ok_or_else(|| wrong("request", "must be what was passed to the call"))?;
    if let Some(apply_id) = text(&request, "fapiao_apply_id") {
        check_application(config, &apply_id)?;
    }
    if let Some(sub_mchid) = text(&request, "sub_mchid") {
        check_merchant(config, Some(&config.mchid), Some(&sub_mchid))?;
    }
    Ok(request)
}

/// The invoices that a request lists; of a single one, the object itself.
fn listed<'a>(request: &Object<'a>) -> Vec<Object<'a>> {
    let Some(raw) = value(request, "fapiao_information") else { return Vec::new() };
    raw.list().unwrap_or_else(|| vec![raw]).into_iter().filter_map(Raw::object).collect()
}

fn key(config: &LifeConfig, call: &str, request: &Object<'_>) -> Result<CallKey> {
    let mut ids = listed(request).iter().map(|one| id(one, "fapiao_id")).collect::<Result<Vec<_>>>()?;
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() && !matches!(call, "insert_cards" | "consume_card") {
        return Err(wrong("request/fapiao_information", "must name the invoices by their fapiao_id"));
    }
    if call != "consume_card" && text(request, "fapiao_apply_id").is_none() {
        return Err(wrong("request/fapiao_apply_id", "is missing"));
    }
    let kind = if call == config.issue_call { config.issue_call.as_str() } else { call };
    Ok(CallKey { call: kind.to_owned(), ids })
}

fn attempt_number(object: &Object<'_>) -> Result<i64> {
    let Some(raw) = value(object, "attempt") else { return Ok(1) };
    let number = safe_integer(raw.get()).filter(|number| (1..=MAX_ATTEMPTS).contains(number));
    number.ok_or_else(|| wrong("attempt", "must be 1 or more, as `next` gave it"))
}

fn amounts(facts: &mut Facts, request: &Object<'_>, now: i64) -> Result<()> {
    for invoice in listed(request) {
        if value(&invoice, "total_amount").is_some() {
            let (id, amount) = (id(&invoice, "fapiao_id")?, amount(&invoice, "total_amount")?);
            Latest::put(&mut facts.invoice(&id).amount, now, amount);
        }
    }
    Ok(())
}

fn keep_doubt(attempt: &mut Attempt, object: &Object<'_>, now: i64) -> Result<()> {
    let Some(raw) = value(object, "in_doubt") else { return Ok(()) };
    let text = raw.owned_text().filter(|text| text.len() <= MAX_IN_DOUBT);
    let text = text.ok_or_else(|| wrong("in_doubt", "must be the text that the call left in doubt"))?;
    Latest::put(&mut attempt.in_doubt, now, text);
    Ok(())
}

/// A query has told all there is: what it did not show is not there.
fn not_there(facts: &mut Facts, request: &Object<'_>, now: i64) -> Result<()> {
    match value(request, "fapiao_id") {
        None => facts.mark("listed", now),
        Some(_) => mark(&mut facts.invoice(&id(request, "fapiao_id")?).marks, "absent", now),
    }
    Ok(())
}

/// What a verified answer shows of one invoice.
fn observe(facts: &mut Facts, invoice: &Object<'_>, now: i64) -> Result<()> {
    let seen = facts.invoice(&id(invoice, "fapiao_id")?);
    if let Some(status) = text(invoice, "status") {
        mark(&mut seen.tax, &status, now);
    }
    let card = value(invoice, "card_information").and_then(Raw::object);
    if let Some(status) = card.and_then(|card| text(&card, "card_status")) {
        mark(&mut seen.card, &status, now);
    }
    if let Some(amount) = value(invoice, "total_amount").and_then(|raw| safe_integer(raw.get())) {
        Latest::put(&mut seen.amount, now, amount);
    }
    let blue = value(invoice, "blue_fapiao").and_then(Raw::object);
    if let Some(blue) = blue
        && let Some(number) = text(&blue, "fapiao_number").filter(|number| !number.is_empty())
    {
        Latest::put(&mut seen.number, now, (number, text(&blue, "fapiao_code").unwrap_or_default()));
    }
    if let Some(code) = text(invoice, "fapiao_error_code").filter(|code| !code.is_empty() && is_code(code)) {
        Latest::put(&mut seen.error, now, code);
    }
    Ok(())
}

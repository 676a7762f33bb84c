//! Errors, decisions and the registry as JSON, the same for every language.

use crate::error::{Code, Error};
use crate::flow::{Attempt, Decision};
use serde_json::{Value, json};

/// An error as JSON: code, fault, message, help in both languages, page, field, details, and what the gateway said.
///
/// What the gateway said is **not authenticated**; its message and body can quote what was sent, so keep them out of logs.
pub fn error(error: &Error) -> Value {
    let code = error.code();
    let details: serde_json::Map<_, _> =
        error.details().iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect();
    let remote = error.remote().map(|remote| {
        json!({
            "status": remote.status,
            "code": remote.code,
            "message": remote.message,
            "field": remote.field,
            "request_id": remote.request_id,
            "request_id_tail": remote.request_id_tail(),
            "detail": remote.detail,
            "authenticated": false,
        })
    });
    json!({
        "code": code.as_str(),
        "fault": code.fault().as_str(),
        "message": error.message(),
        "help": code.help(),
        "help_zh": code.help_zh(),
        "page": code.page(),
        "field": error.field(),
        "details": details,
        "remote": remote,
    })
}

/// A decision as JSON: `effect`, `resend`, `first`.
pub fn decision(decision: Decision) -> Value {
    json!({ "effect": decision.effect.as_str(), "resend": decision.resend.as_str(), "first": decision.first })
}

/// An attempt as JSON; nothing in it is secret.
pub fn attempt(attempt: &Attempt) -> Value {
    json!({
        "call": attempt.call,
        "number": attempt.number,
        "host": attempt.host.as_str(),
        "status": attempt.status,
        "request_id": attempt.request_id,
        "milliseconds": attempt.milliseconds,
        "error": attempt.error.map(Code::as_str),
        "decision": attempt.decision.map(decision),
    })
}

/// Every error code there is, with fault, help and page.
pub fn registry() -> Value {
    let entry = |code: &Code| {
        json!({
            "code": code.as_str(),
            "fault": code.fault().as_str(),
            "help": code.help(),
            "help_zh": code.help_zh(),
            "page": code.page(),
        })
    };
    Code::ALL.iter().map(entry).collect()
}

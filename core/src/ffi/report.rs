//! Errors, decisions and the registry as JSON text, the same for every language.

use crate::codec::Warning;
use crate::error::{Code, Error, RemoteError};
use crate::flow::{Attempt, Decision, Outcome};
use crate::json::{Members, list};

/// An error as JSON: code, fault, message, help in both languages, page, field, details, and what the gateway said.
///
/// What the gateway said is **not authenticated**; its message and body can quote what was sent, so keep them out of logs.
pub fn error(error: &Error) -> String {
    let mut members = explained(error.code());
    if let Some(known) = error.remote_help() {
        members = explained_as(error.code(), known.help, known.help_zh);
    }
    facts(members, error)
}

/// The same without what the code alone tells, for who has the [`registry`] as a table.
pub fn occurrence(error: &Error) -> String {
    let mut members = Members::new();
    members.text("code", Some(error.code().as_str()));
    facts(members, error)
}

/// What to answer to a callback or push, as JSON: `status`, `body`, and `content_type` where there is a body.
pub(super) fn answer(status: u16, body: &str, content_type: &str) -> String {
    let content_type = Some(content_type).filter(|_| !body.is_empty());
    Members::new()
        .number("status", Some(status.into()))
        .text("body", Some(body))
        .text("content_type", content_type)
        .end()
}

fn facts(mut members: Members, error: &Error) -> String {
    let mut details = Members::new();
    for (name, value) in error.details() {
        details.text(name, Some(value));
    }
    members
        .text("message", Some(error.message()))
        .text("field", error.field())
        .json("details", &details.end())
        .json("remote", &error.remote().map_or_else(|| "null".to_owned(), remote))
        .end()
}

/// How a flow ended, beside its answer or error.
#[derive(Clone, Debug)]
pub struct Ending {
    decision: Decision,
    attempts: Vec<Attempt>,
    warnings: Vec<Warning>,
    in_doubt: Option<String>,
}

impl Ending {
    /// Takes it out of an outcome.
    pub fn of<A>(outcome: &mut Outcome<A>) -> Self {
        Self {
            decision: outcome.decision,
            attempts: std::mem::take(&mut outcome.attempts),
            warnings: std::mem::take(&mut outcome.warnings),
            in_doubt: outcome.in_doubt.take(),
        }
    }

    /// As JSON: `decision` (`effect`, `resend`, `first`, `ask_after`), `attempts`, `warnings`, `in_doubt`. Nothing in it is secret.
    pub fn to_json(&self) -> String {
        Members::new()
            .json("decision", &decision(self.decision))
            .json("attempts", &list(self.attempts.iter().map(attempt)))
            .json("warnings", &self.warnings_list())
            .text("in_doubt", self.in_doubt.as_deref())
            .end()
    }

    /// The warnings as a JSON list; nothing where there are none.
    pub fn warnings_json(&self) -> Option<String> {
        (!self.warnings.is_empty()).then(|| self.warnings_list())
    }

    fn warnings_list(&self) -> String {
        list(self.warnings.iter().map(warning))
    }
}

/// Every error code there is, with fault, help and page, as a JSON list.
pub fn registry() -> String {
    list(Code::ALL.iter().map(|code| explained(*code).end()))
}

fn explained(code: Code) -> Members {
    explained_as(code, code.help(), code.help_zh())
}

fn explained_as(code: Code, help: &str, help_zh: &str) -> Members {
    let mut members = Members::new();
    members
        .text("code", Some(code.as_str()))
        .text("fault", Some(code.fault().as_str()))
        .text("help", Some(help))
        .text("help_zh", Some(help_zh))
        .text("page", Some(code.page()));
    members
}

fn remote(remote: &RemoteError) -> String {
    Members::new()
        .number("status", Some(remote.status.into()))
        .text("code", remote.code.as_deref())
        .text("message", remote.message.as_deref())
        .text("field", remote.field.as_deref())
        .text("request_id", remote.request_id.as_deref())
        .number("request_id_tail", remote.request_id_tail())
        .text("detail", remote.detail.as_deref())
        .text("page", remote.page.as_deref())
        .json("authenticated", "false")
        .end()
}

fn decision(decision: Decision) -> String {
    Members::new()
        .text("effect", Some(decision.effect.as_str()))
        .text("resend", Some(decision.resend.as_str()))
        .text("first", decision.first)
        .number("ask_after", decision.ask_after)
        .end()
}

fn warning(warning: &Warning) -> String {
    Members::new().text("field", Some(&warning.field)).text("message", Some(&warning.message)).end()
}

fn attempt(attempt: &Attempt) -> String {
    let milliseconds = attempt.milliseconds.map(|time| i64::try_from(time).unwrap_or(i64::MAX));
    Members::new()
        .text("call", Some(attempt.call))
        .number("number", Some(attempt.number.into()))
        .text("host", Some(attempt.host.as_str()))
        .number("status", attempt.status.map(i64::from))
        .text("request_id", attempt.request_id.as_deref())
        .number("milliseconds", milliseconds)
        .number("clock_offset", attempt.clock_offset)
        .text("error", attempt.error.map(Code::as_str))
        .json("decision", &attempt.decision.map_or_else(|| "null".to_owned(), decision))
        .end()
}

//! Asking what became of a call: the query, and what its answer shows.

use super::exchange::Exchange;
use super::plain::Untyped;
use crate::codec;
use crate::json::{Object, Raw};
use crate::protocol::{Draft, Subject, Verified};
use crate::schema::{AnswerKind, ShownBy};
use std::sync::Arc;

/// What a query's answer shows of a call's ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// The effect on each of them.
    All,
    /// The effect on none of them.
    None,
    /// The effect on some: these are not shown.
    Without(Vec<String>),
    /// Nothing that could be told.
    Unclear,
}

/// The query that tells what became of a call, where one does.
pub(super) fn query(draft: &Draft) -> Option<Exchange> {
    let subject = draft.subject.as_ref()?;
    let query = Draft::new(&draft.identity, subject.evidence.query, &subject.query, None).ok()?;
    Some(Exchange::query(Arc::new(query)))
}

/// What a verified answer of the query shows.
pub(super) fn confirmed(subject: &Subject, answer: &Verified<Untyped>) -> Finding {
    // Of nothing, everything would be shown.
    if subject.ids.is_empty() {
        return Finding::Unclear;
    }
    let Some(entries) = entries(subject, answer) else { return Finding::Unclear };
    let shown = |id: &String| entries.iter().any(|entry| shows(subject, entry, id));
    let missing: Vec<_> = subject.ids.iter().filter(|id| !shown(id)).cloned().collect();
    match missing.len() {
        0 => Finding::All,
        count if count == subject.ids.len() => Finding::None,
        _ => Finding::Without(missing),
    }
}

/// The entries of the answer; a list that is left out of the query's own answer is empty.
fn entries<'a>(subject: &Subject, answer: &'a Verified<Untyped>) -> Option<Vec<Object<'a>>> {
    let members = Object::parse(std::str::from_utf8(answer.body()).ok()?)?;
    match members.value(subject.evidence.entries) {
        None => has_own_form(answer).then(Vec::new),
        Some(list) => list.list()?.into_iter().map(Raw::object).collect(),
    }
}

/// Whether nothing is missing that the query's answers have: a signed answer of another call shows nothing of this one.
fn has_own_form(answer: &Verified<Untyped>) -> bool {
    match answer.call().answer {
        AnswerKind::Json(table) => codec::decode(table, answer.body(), &[]).is_ok(),
        _ => false,
    }
}

fn shows(subject: &Subject, entry: &Object<'_>, id: &str) -> bool {
    let text = |name| entry.value(name).and_then(Raw::text);
    if text(subject.evidence.id).as_deref() != Some(id) {
        return false;
    }
    match subject.evidence.shown_by {
        ShownBy::Presence => true,
        ShownBy::Member(name, values) => text(name).is_some_and(|value| values.contains(&value.as_ref())),
    }
}

//! The id that was asked for, which the answer must not contradict.

use crate::json::{Object, Raw};
use crate::schema::EchoedId;

/// An id that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Echo {
    rule: EchoedId,
    asked: String,
}

impl Echo {
    /// The id in the payload, where it is there.
    pub(crate) fn of(rule: EchoedId, payload: &Object<'_>) -> Option<Self> {
        let asked = payload.value(rule.id)?.owned_text()?;
        Some(Self { rule, asked })
    }

    /// Whether an entry of the answer names another id. What is left out contradicts nothing.
    pub(crate) fn contradicted_by(&self, body: &[u8]) -> bool {
        let answer = std::str::from_utf8(body).ok().and_then(Object::parse);
        let entries = answer.and_then(|answer| answer.value(self.rule.entries)?.list()).unwrap_or_default();
        let id = |entry: Raw<'_>| entry.object()?.value(self.rule.id)?.owned_text();
        entries.into_iter().filter_map(id).any(|id| id != self.asked)
    }
}

//! Files uploaded for cards.

use std::collections::HashMap;

use super::Scope;

/// Three days in milliseconds.
const LIFE: i64 = 3 * 24 * 60 * 60 * 1000;

/// Files by their id.
#[derive(Debug, Default)]
pub(crate) struct Media {
    held: HashMap<String, (Scope, i64)>,
}

impl Media {
    /// Keeps a file for three days.
    pub(crate) fn keep(&mut self, id: &str, scope: Scope, now: i64) {
        self.held.insert(id.to_owned(), (scope, now + LIFE));
    }

    /// Whether a merchant has such a file at a time.
    pub(crate) fn has(&self, id: &str, scope: &Scope, now: i64) -> bool {
        self.held.get(id).is_some_and(|(owner, until)| owner == scope && now <= *until)
    }
}

//! `offset` and `limit` of lists, and the links between their pages.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::schema::{Field, Rule, field};

/// Where the page starts.
pub(super) const OFFSET: Field = field("offset", Rule::Integer { min: 0, max: i64::MAX }).required();

/// How long the page is.
pub(super) const fn limit(max: i64) -> Field {
    field("limit", Rule::Integer { min: 1, max }).required()
}

/// One page of a list.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Window {
    pub(super) offset: usize,
    pub(super) limit: usize,
}

impl Window {
    /// Puts the page into an answer, with links if there are other pages.
    pub(super) fn fill(self, body: &mut Value, name: &str, all: &[Value], path: &str) {
        let Some(object) = body.as_object_mut() else { return };
        let page: Vec<_> = all.iter().skip(self.offset).take(self.limit).cloned().collect();
        object.insert(name.to_owned(), page.into());
        let link = |offset: usize| json!(format!("{path}?offset={offset}&limit={}", self.limit));
        let mut links = serde_json::Map::new();
        if self.offset.saturating_add(self.limit) < all.len() {
            links.insert("next".to_owned(), link(self.offset + self.limit));
        }
        if self.offset > 0 {
            links.insert("prev".to_owned(), link(self.offset.saturating_sub(self.limit)));
        }
        if !links.is_empty() {
            links.insert("self".to_owned(), link(self.offset));
            object.insert("links".to_owned(), links.into());
        }
    }
}

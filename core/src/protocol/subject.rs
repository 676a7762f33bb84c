//! What a call is about, as a query about it would have to show it.

use crate::json::{Members, Object, Raw, Shape};
use crate::schema::{Evidence, FilledBy};

/// The ids of a call, and the payload of the query that tells what became of them.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) evidence: Evidence,
    /// The ids of the call's entries; none where the payload names none, and then no answer proves anything.
    pub(crate) ids: Vec<String>,
    /// The query's payload.
    pub(crate) query: String,
}

impl Subject {
    pub(crate) fn of(evidence: Evidence, payload: &Object<'_>) -> Self {
        let ids = payload.value(evidence.entries).map(|entries| ids(entries, evidence.id)).unwrap_or_default();
        let mut query = Members::new();
        for field in evidence.query.request.fields.iter().filter(|field| field.filled_by == FilledBy::Payload) {
            // One id narrows the query down; of several, the whole application is asked for.
            if field.name == evidence.id {
                if let [id] = ids.as_slice() {
                    query.text(field.name, Some(id));
                }
            } else if let Some(value) = payload.value(field.name) {
                query.json(field.name, value.get());
            }
        }
        Self { evidence, ids, query: query.end() }
    }
}

/// The ids of one entry, or of a list of them.
fn ids(entries: Raw<'_>, name: &str) -> Vec<String> {
    let entries = if entries.shape() == Shape::List { entries.list().unwrap_or_default() } else { vec![entries] };
    entries.into_iter().filter_map(|entry| entry.object()?.value(name)?.owned_text()).collect()
}

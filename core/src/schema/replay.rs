//! What repeating a call does, and what proves that it took effect.

use super::Call;

/// What repeating a call does when it is unknown whether the first one took effect.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Replay {
    /// Nothing: repeat at will.
    Safe,
    /// The gateway recognises the same ids; a query tells whether the first one took effect.
    SameIds(Evidence),
    /// A second effect: never repeat by itself; a query, where there is one, tells what happened.
    Never(Option<Evidence>),
}

impl Replay {
    /// The class as text.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Replay::Safe => "safe",
            Replay::SameIds(_) => "same_ids",
            Replay::Never(_) => "never",
        }
    }

    /// What proves an effect, where a query can.
    pub const fn evidence(&self) -> Option<Evidence> {
        match self {
            Replay::Safe | Replay::Never(None) => None,
            Replay::SameIds(evidence) | Replay::Never(Some(evidence)) => Some(*evidence),
        }
    }
}

/// What a query's answer must show for a call to have taken effect.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Evidence {
    /// The query.
    pub query: &'static Call,
    /// The list of entries: the same name in the call's payload, where it can be one object, and in the query's answer.
    pub entries: &'static str,
    /// The id of an entry, the same name in both.
    pub id: &'static str,
    /// What shows the effect on one entry.
    pub shown_by: ShownBy,
}

impl Evidence {
    /// A query that shows the effect by the entries of its list that have the call's ids.
    pub(crate) const fn new(query: &'static Call, entries: &'static str, id: &'static str, shown_by: ShownBy) -> Self {
        Self { query, entries, id, shown_by }
    }
}

/// An id of the payload that the entries of the answer's list name again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EchoedId {
    /// The list in the answer.
    pub entries: &'static str,
    /// The id, the same name in payload and entry.
    pub id: &'static str,
}

/// What shows the effect on one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownBy {
    /// That the entry is there.
    Presence,
    /// That this member of it has one of these values.
    Member(&'static str, &'static [&'static str]),
}

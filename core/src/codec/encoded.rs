//! What a payload becomes, and what core adds to it.

use crate::error::Result;
use crate::schema::FilledBy;
use crate::secret::Personal;

/// A payload laid out. The body has gaps where encrypted values go: `pieces[0] to_encrypt[0] pieces[1] …`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Encoded {
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(String, String)>,
    /// The fields of the query that travel encrypted: they stand behind the others, and their values are encrypted first.
    pub(crate) encrypted_query: Vec<String>,
    pub(crate) url: Option<Url>,
    pub(crate) pieces: Vec<String>,
    pub(crate) to_encrypt: Vec<Personal>,
    /// Where each value to encrypt stands, as a JSON pointer.
    pub(crate) encrypted_at: Vec<String>,
    pub(crate) warnings: Vec<Warning>,
}

/// The field that is the URL itself.
#[derive(Clone, Debug)]
pub(crate) struct Url {
    pub(crate) field: &'static str,
    pub(crate) text: String,
}

/// Something the documents advise against, yet not so clearly that it could be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// Where, as a JSON pointer.
    pub field: String,
    /// What, in one line.
    pub message: String,
}

/// What core fills in itself.
pub(crate) trait Supply {
    /// The value of a source; `None` where this caller has no such field.
    fn supply(&self, source: FilledBy) -> Result<Option<String>>;
}

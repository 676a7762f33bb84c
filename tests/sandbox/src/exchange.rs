//! What arrives and what goes back, before either is HTTP of a library.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Which door of the gateway a request came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Host {
    /// The nearest access point.
    Main,
    /// The disaster-recovery host: the same state behind another address.
    Backup,
}

/// One request as it was received, nothing decoded.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) host: Host,
    pub(crate) method: String,
    /// Path and query exactly as on the request line.
    pub(crate) target: String,
    /// Names in lower case, in order of arrival.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Arrival {
    /// The first header of that (lower-case) name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The target up to `?`.
    pub(crate) fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The target after `?`, undecoded.
    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The decoded query pairs in order.
    pub(crate) fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query().as_bytes()).into_owned().collect()
    }
}

/// Something a request changed for good.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Effect {
    pub(crate) kind: &'static str,
    pub(crate) keys: Map<String, Value>,
}

impl Effect {
    /// An effect of one kind, told apart from others of its kind by its keys.
    pub(crate) fn new(kind: &'static str, keys: &[(&str, &str)]) -> Self {
        let keys = keys.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        Self { kind, keys }
    }
}

/// How the bytes of an answer leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// With its length.
    #[default]
    Whole,
    /// In chunks, without a length.
    Chunked,
    /// With the full length announced and only half of it sent.
    Truncated,
    /// Not at all: the connection closes.
    Cut,
}

/// Whether an answer carries a Request-ID where answers of its kind do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Numbering {
    #[default]
    Numbered,
    Unnumbered,
}

/// One answer before it is written to the wire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) delivery: Delivery,
    pub(crate) numbering: Numbering,
    /// What took effect, whatever the caller gets to see.
    pub(crate) effects: Vec<Effect>,
    /// The error code in the body, for the ledger.
    pub(crate) code: Option<String>,
}

impl Answer {
    /// An answer without content.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// An answer with a body of one type.
    pub(crate) fn of(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self::empty(status).content(content_type, body.into())
    }

    /// A JSON answer.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json; charset=utf-8", body.to_string())
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same answer without a Request-ID.
    pub(crate) fn without_request_id(mut self) -> Self {
        self.headers.retain(|(name, _)| name != "Request-ID");
        self.numbering = Numbering::Unnumbered;
        self
    }

    /// Adds an effect.
    pub(crate) fn effect(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// Names the error code the ledger shows.
    pub(crate) fn coded(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Whether it is a success; the Official Account side says so in the body, under a status that is always 200.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status) && self.code.is_none()
    }

    fn content(mut self, content_type: &str, body: Bytes) -> Self {
        self.body = body;
        self.header("Content-Type", content_type)
    }
}

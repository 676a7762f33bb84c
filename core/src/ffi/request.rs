//! A call by name.

use crate::protocol::Attachment;

/// One call with its payload.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The call's name in the catalogue.
    pub call: &'a str,
    /// Its fields as one JSON object.
    pub payload: &'a str,
    /// The file of an upload.
    pub file: Option<Attachment>,
}

impl<'a> Request<'a> {
    /// A call without a file.
    pub fn new(call: &'a str, payload: &'a str) -> Self {
        Self { call, payload, file: None }
    }

    /// A call with a file.
    pub fn with_file(call: &'a str, payload: &'a str, file: Attachment) -> Self {
        Self { call, payload, file: Some(file) }
    }
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("call", &self.call)
            .field("payload_bytes", &self.payload.len())
            .field("file", &self.file)
            .finish()
    }
}

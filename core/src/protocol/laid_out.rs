//! The body of a request and the message to sign, once every encrypted value is in its gap.

use super::draft::Draft;
use super::headers;
use super::message;
use super::multipart;
use crate::moment::Moment;
use crate::schema::Layout;

/// A draft fixed at a moment.
pub(super) struct Fixed<'a> {
    pub(super) draft: &'a Draft,
    pub(super) moment: &'a Moment,
    pub(super) nonce: &'a str,
}

/// A request but for its signature.
pub(super) struct LaidOut {
    pub(super) message: Vec<u8>,
    pub(super) target: String,
    pub(super) body: Vec<u8>,
    pub(super) content_type: Option<String>,
}

impl LaidOut {
    pub(super) fn new(fixed: &Fixed<'_>, encrypted: &[String]) -> Self {
        let (target, json) = (fixed.draft.target(encrypted), fixed.draft.body(encrypted));
        let message = if fixed.draft.signer().is_some() {
            let method = fixed.draft.call.method.as_str();
            message::of_request(method, &target, fixed.moment.now(), fixed.nonce, json.as_bytes())
        } else {
            Vec::new()
        };
        let (body, content_type) = match (fixed.draft.call.layout, &fixed.draft.file) {
            (Layout::Upload { part, .. }, Some(file)) => {
                let meta = (!json.is_empty()).then_some(json.as_str());
                let multipart = multipart::build(meta, part, file, fixed.moment);
                (multipart.body, Some(multipart.content_type))
            }
            _ if json.is_empty() => (Vec::new(), None),
            _ => (json.into_bytes(), Some(headers::JSON.to_owned())),
        };
        Self { message, target, body, content_type }
    }
}

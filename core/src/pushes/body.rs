//! The body of a push as JSON, whatever its format.

use super::xml;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw};
use std::borrow::Cow;

/// Largest body, bytes; documented ones are a few kilobytes.
const MAX_BYTES: usize = 256 * 1024;

/// The body as one JSON object. The format follows from its first character, since the account chooses it.
pub(super) fn to_json(body: &[u8]) -> Result<Cow<'_, str>> {
    if body.len() > MAX_BYTES {
        let message = format!("the push has {} bytes, {MAX_BYTES} are allowed", body.len());
        return Err(Error::new(Code::LimitBody, message).at("body"));
    }
    let wrong = |message: &str| Error::new(Code::PushForm, message.to_owned()).at("body");
    let text = std::str::from_utf8(body).map_err(|_| wrong("the body is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    match text.bytes().next() {
        Some(b'<') => {
            xml::to_json(text).map(Cow::Owned).ok_or_else(|| wrong("the body is not XML without document type"))
        }
        Some(b'{') if Object::parse(text).is_some() => Ok(Cow::Borrowed(text)),
        None => Err(wrong("the body is empty: hand in the raw bytes, before anything reads them")),
        Some(_) => Err(wrong("the body is neither XML nor a JSON object")),
    }
}

/// A member that is a text.
pub(super) fn text(json: &str, name: &str) -> Option<String> {
    Object::parse(json)?.value(name).and_then(Raw::owned_text)
}

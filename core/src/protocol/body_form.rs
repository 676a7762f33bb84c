//! What a body is where something else was expected, so that an error can say so.

use super::headers;
use super::http_message::ResponseView;

/// What the body looks like, as the end of a message; `None` for JSON and for what is not recognised.
pub(super) fn unexpected(answer: &ResponseView<'_>) -> Option<&'static str> {
    let start = answer.body.trim_ascii_start();
    let encoding = answer.text(&headers::CONTENT_ENCODING).unwrap_or_default();
    let compressed = match answer.body {
        [0x1f, 0x8b, ..] => Some("the body is still compressed (gzip): hand it over decompressed"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("the body is still compressed (zstd): hand it over decompressed"),
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => {
            Some("the body is still compressed (deflate): hand it over decompressed")
        }
        _ => None,
    };
    if compressed.is_some() || start.is_empty() {
        return compressed;
    }
    if start.starts_with(b"<xml") {
        return Some("the body is XML, as interfaces before v3 answer: check the host and the URL");
    }
    if start.starts_with(b"<") {
        return Some("the body is a web page: something between here and the gateway answered");
    }
    let json = matches!(start.first(), Some(b'{' | b'['));
    let encoded = !json && !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity");
    encoded.then_some("the body is still compressed (see Content-Encoding): hand it over decompressed")
}

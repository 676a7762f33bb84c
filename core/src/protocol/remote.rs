//! Error answers. They carry no signature that is checked, so nothing in them is authenticated.

use super::headers;
use super::http_message::ResponseView;
use crate::error::{Code, Error, RemoteError};
use crate::json::{Object, Raw};

/// Largest error body that is kept, bytes.
const MAX_KEPT: usize = 64 * 1024;

/// The error of a non-2xx answer.
pub(crate) fn error(answer: &ResponseView<'_>) -> Error {
    let (status, body) = (answer.status, answer.body);
    let remote = RemoteError {
        status,
        request_id: request_id(answer),
        body: body.get(..body.len().min(MAX_KEPT)).unwrap_or_default().to_vec(),
        ..RemoteError::default()
    };
    if (300..400).contains(&status) {
        return Error::from_remote(Code::RemoteRedirect, format!("the answer is a redirect ({status})"), remote);
    }
    let remote = with_json(remote, body);
    let Some(code) = remote.code.as_deref().map(printable) else {
        let message = format!("the answer ({status}) is not an error of the gateway: it is not JSON with a code");
        return Error::from_remote(Code::RemoteNotJson, message, remote);
    };
    Error::from_remote(Code::RemoteApi, format!("the gateway answered {status} {code}"), remote)
}

/// The error of an account answer whose `errcode` is not 0; `None` when it is 0 or absent.
pub(crate) fn errcode(answer: &ResponseView<'_>) -> Option<Error> {
    let (status, body) = (answer.status, answer.body);
    let text = std::str::from_utf8(body).ok()?;
    let object = Object::parse(text)?;
    // Older pages type it as a string.
    let raw = object.value("errcode")?;
    let code = raw.owned_text().unwrap_or_else(|| raw.get().to_owned());
    if code.parse() == Ok(0) {
        return None;
    }
    let remote = RemoteError {
        status,
        message: object.value("errmsg").and_then(Raw::owned_text),
        request_id: request_id(answer),
        body: body.get(..body.len().min(MAX_KEPT)).unwrap_or_default().to_vec(),
        code: Some(code.clone()),
        ..RemoteError::default()
    };
    Some(Error::from_remote(
        Code::RemoteErrcode,
        format!("the account gateway answered errcode {}", printable(&code)),
        remote,
    ))
}

/// Adds what a JSON error body says: `{"code", "message", "detail": {"field", …}}`.
pub(crate) fn with_json(mut remote: RemoteError, body: &[u8]) -> RemoteError {
    let Some(object) = std::str::from_utf8(body).ok().and_then(Object::parse) else { return remote };
    let text = |object: &Object<'_>, name| object.value(name).and_then(Raw::owned_text);
    remote.code = text(&object, "code");
    remote.message = text(&object, "message");
    if let Some(detail) = object.value("detail") {
        remote.field = detail.object().and_then(|detail| text(&detail, "field"));
        remote.detail = Some(detail.get().to_owned());
    }
    remote
}

/// The Request-ID header.
pub(crate) fn request_id(answer: &ResponseView<'_>) -> Option<String> {
    answer.text(&headers::REQUEST_ID).map(|id| id.chars().take(128).collect())
}

/// A remote code for a message: short, without control characters.
fn printable(code: &str) -> String {
    code.chars().filter(char::is_ascii_graphic).take(64).collect()
}

//! Error answers. They carry no signature that is checked, so nothing in them is authenticated.

use super::headers;
use super::http_message::ResponseView;
use crate::error::{Code, Error, RemoteError};
use crate::json::{Object, Raw, Shape};
use crate::printable;
use crate::schema::Method;

/// Largest error body that is kept, bytes.
const MAX_KEPT: usize = 64 * 1024;
/// Longest text of the gateway that is handed on, characters.
const MAX_MESSAGE: usize = 1024;
/// Longest name of a field, or code.
const MAX_NAME: usize = 256;
/// How much of a page that is not the gateway's is shown.
const MAX_EXCERPT: usize = 200;
/// Meanings of the number behind a Request-ID, as far as they are known.
const INTERNAL_CODES: [(i64, &str); 4] = [
    (-268_447_840, "rate limited"),
    (268_443_699, "signature error"),
    (268_435_461, "invalid parameter"),
    (270_924_358, "a parameter the gateway does not know"),
];

/// The error of a non-2xx answer.
pub(crate) fn error(answer: &ResponseView<'_>) -> Error {
    let status = answer.status;
    if (300..400).contains(&status) {
        return Error::from_remote(
            Code::RemoteRedirect,
            format!("the answer is a redirect ({status})"),
            foreign(answer),
        );
    }
    let remote = with_json(foreign(answer), answer.body);
    let Some(code) = remote.code.clone() else { return page(answer, remote) };
    let meaning = remote.request_id_tail().and_then(|tail| INTERNAL_CODES.iter().find(|(code, _)| *code == tail));
    let error = Error::from_remote(Code::RemoteApi, format!("the gateway answered {status} {code}"), remote);
    match meaning {
        Some((_, meaning)) => error.with("request_id_says", *meaning),
        None => error,
    }
}

/// The same for a signed call. With `SIGN_ERROR` the gateway tells what it saw, to be compared with what was signed.
pub(crate) fn refusal(signed: Method, target: &str, answer: &ResponseView<'_>) -> Error {
    let error = error(answer);
    let Some(seen) = error.remote().and_then(|remote| seen_request(remote.detail.as_deref()?)) else { return error };
    let differing = [
        ("method", seen.0.as_deref().is_some_and(|method| !method.eq_ignore_ascii_case(signed.as_str()))),
        ("url", seen.1.as_deref().is_some_and(|url| !url.ends_with(target))),
    ];
    let differing: Vec<_> = differing.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    match differing.as_slice() {
        [] => error,
        _ => error.with("gateway_saw_another", differing.join(", ")),
    }
}

/// The error of an account answer whose `errcode` is not 0; `None` when it is 0 or absent.
pub(crate) fn errcode(answer: &ResponseView<'_>, text: &str) -> Option<Error> {
    let object = Object::parse(text)?;
    // Older pages type it as a string.
    let raw = object.value("errcode")?;
    let code = raw.owned_text().unwrap_or_else(|| raw.get().to_owned());
    if code.parse() == Ok(0) {
        return None;
    }
    let code = printable::name(&code, MAX_NAME);
    let message = object.value("errmsg").and_then(Raw::owned_text);
    let address = message.as_deref().filter(|_| code == NOT_IN_WHITE_LIST).and_then(address).map(str::to_owned);
    let remote = RemoteError {
        message: message.map(|message| printable::line(&message, MAX_MESSAGE)),
        code: Some(code.clone()),
        ..foreign(answer)
    };
    let error = Error::from_remote(Code::RemoteErrcode, format!("the account gateway answered errcode {code}"), remote);
    Some(match address {
        Some(address) => error.with("address", address),
        None => error,
    })
}

/// Adds what a JSON error body says: `{"code", "message", "detail": {"field", …}}`.
pub(crate) fn with_json(mut remote: RemoteError, body: &[u8]) -> RemoteError {
    let Some(object) = std::str::from_utf8(body).ok().and_then(Object::parse) else { return remote };
    let text = |name| object.value(name).and_then(Raw::owned_text);
    let message = text("message");
    let detail = object.value("detail");
    let field = detail.and_then(field).or_else(|| message.as_deref().and_then(field_in_message));
    remote.code = text("code").map(|code| printable::name(&code, MAX_NAME));
    remote.field = field.map(|field| printable::name(&field, MAX_NAME));
    remote.message = message.map(|message| printable::line(&message, MAX_MESSAGE));
    remote.detail = detail.map(|detail| detail.get().to_owned()).filter(|detail| detail.len() <= MAX_KEPT);
    remote
}

/// The Request-ID header.
pub(crate) fn request_id(answer: &ResponseView<'_>) -> Option<String> {
    answer.text(&headers::REQUEST_ID).map(|id| id.chars().take(128).collect())
}

/// This caller's address is not in the account's white list. The message names the address.
const NOT_IN_WHITE_LIST: &str = "40164";

/// An error answer of which nothing is understood yet.
fn foreign(answer: &ResponseView<'_>) -> RemoteError {
    let body = answer.body;
    RemoteError {
        status: answer.status,
        request_id: request_id(answer),
        body: body.get(..body.len().min(MAX_KEPT)).unwrap_or_default().to_vec(),
        ..RemoteError::default()
    }
}

/// The error of an answer that the gateway did not write.
fn page(answer: &ResponseView<'_>, mut remote: RemoteError) -> Error {
    let status = answer.status;
    let excerpt = printable::excerpt(answer.body, MAX_EXCERPT);
    remote.page = Some(excerpt).filter(|excerpt| !excerpt.is_empty());
    let message = format!("the answer ({status}) is not an error of the gateway: it is not JSON with a code");
    let error = Error::from_remote(Code::RemoteNotJson, message, remote);
    match answer.text(&headers::SERVER) {
        Some(server) => error.with("server", printable::excerpt(server.as_bytes(), MAX_NAME)),
        None => error,
    }
}

/// The field at fault: `"field"`, else the first pointer of `"value"`, which other errors fill with what was sent.
fn field(detail: Raw<'_>) -> Option<String> {
    let detail = detail.object()?;
    if let Some(field) = detail.value("field").and_then(Raw::owned_text) {
        return Some(field);
    }
    let values = detail.value("value").filter(|value| value.shape() == Shape::List)?.list()?;
    values.into_iter().filter_map(Raw::owned_text).find(|value| value.starts_with('/'))
}

/// The field of `输入源“/body/x”映射到字段“…”`.
fn field_in_message(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("输入源“")?;
    let (field, _) = rest.split_once('”')?;
    field.starts_with('/').then(|| field.to_owned())
}

/// Method and URL as the gateway saw them.
fn seen_request(detail: &str) -> Option<(Option<String>, Option<String>)> {
    let seen = Object::parse(detail)?.value("sign_information")?.object()?;
    let text = |name| seen.value(name).and_then(Raw::owned_text);
    Some((text("method"), text("url")))
}

/// The first address in a message.
fn address(message: &str) -> Option<&str> {
    let allowed = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
    let count = |word: &str, sign: char| word.matches(sign).count();
    let is_address = |word: &&str| word.bytes().all(allowed) && (count(word, '.') == 3 || count(word, ':') > 1);
    message.split(|c: char| c.is_whitespace() || c == ',').find(is_address)
}

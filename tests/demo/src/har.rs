//! Exchanges as an HTTP Archive 1.2: tokens and secrets out, bodies in.

use crate::host::Seen;
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use serde_json::{Value, json};
use std::path::Path;

/// The fields whose values never get into an archive.
const SECRET_FIELDS: [&str; 2] = ["access_token", "secret"];
const REDACTED: &str = "REDACTED";

/// An archive as it grows.
#[derive(Debug, Default)]
pub(crate) struct Archive(Vec<Value>);

impl Archive {
    /// Adds one exchange.
    pub(crate) fn add(&mut self, seen: &Seen<'_>) {
        let milliseconds = seen.took.as_secs_f64() * 1_000.0;
        let started = jiff::Timestamp::try_from(seen.started).map(|time| time.to_string()).unwrap_or_default();
        self.0.push(json!({
            "startedDateTime": started,
            "time": milliseconds,
            "request": request(seen),
            "response": response(seen),
            "cache": {},
            "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
        }));
    }

    /// How many exchanges it holds.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Writes it.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let archive = json!({ "log": {
            "version": "1.2",
            "creator": { "name": "fapiao", "version": env!("CARGO_PKG_VERSION") },
            "entries": self.0,
        } });
        fapiao_test_support::save::write(path, serde_json::to_string_pretty(&archive)?.as_bytes())
            .with_context(|| format!("the archive {} cannot be written", path.display()))
    }
}

fn request(seen: &Seen<'_>) -> Value {
    let request = seen.request;
    let body = request.body();
    let mut value = json!({
        "method": request.method().as_str(),
        "url": without_token(&request.uri().to_string()),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(request.headers()),
        "queryString": [],
        "headersSize": -1,
        "bodySize": body.len(),
    });
    if !body.is_empty() {
        let kind = content_type(request.headers());
        let data = match text(body) {
            Some(text) => json!({ "mimeType": kind, "text": text }),
            None => json!({ "mimeType": kind, "text": STANDARD.encode(body), "_encoding": "base64" }),
        };
        if let Some(fields) = value.as_object_mut() {
            fields.insert("postData".to_owned(), data);
        }
    }
    value
}

fn response(seen: &Seen<'_>) -> Value {
    let Some(response) = seen.response else {
        return json!({ "status": 0, "statusText": "no answer", "httpVersion": "", "cookies": [], "headers": [],
            "content": { "size": 0, "mimeType": "" }, "redirectURL": "", "headersSize": -1, "bodySize": -1 });
    };
    let (body, kind) = (response.body(), content_type(response.headers()));
    let content = match text(body) {
        Some(text) => json!({ "size": body.len(), "mimeType": kind, "text": text }),
        None => json!({ "size": body.len(), "mimeType": kind, "text": STANDARD.encode(body), "encoding": "base64" }),
    };
    json!({
        "status": response.status().as_u16(),
        "statusText": response.status().canonical_reason().unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(response.headers()),
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": body.len(),
    })
}

fn headers(headers: &HeaderMap) -> Vec<Value> {
    let pair = |(name, value): (&http::HeaderName, &http::HeaderValue)| json!({ "name": name.as_str(), "value": String::from_utf8_lossy(value.as_bytes()) });
    headers.iter().map(pair).collect()
}

fn content_type(headers: &HeaderMap) -> String {
    headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A body as text, its secrets out; `None` for bytes.
fn text(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let Ok(Value::Object(mut object)) = serde_json::from_str(text) else { return Some(text.to_owned()) };
    let mut found = false;
    for name in SECRET_FIELDS {
        if let Some(value) = object.get_mut(name) {
            *value = REDACTED.into();
            found = true;
        }
    }
    // A body without secrets stays as it is, byte for byte: it may be signed.
    Some(if found { Value::Object(object).to_string() } else { text.to_owned() })
}

fn without_token(url: &str) -> String {
    let Some((before, after)) = url.split_once("access_token=") else { return url.to_owned() };
    let rest = after.find('&').and_then(|at| after.get(at..)).unwrap_or_default();
    format!("{before}access_token={REDACTED}{rest}")
}

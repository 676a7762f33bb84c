//! HTTP messages as core holds them. Rust's public API speaks the `http` crate; doors to other languages do without it.

use super::headers::{self, Header};
use crate::error::{Code, Error, Result};
use crate::schema::Method;
use http::{HeaderMap, HeaderValue, Request, Response};
use std::fmt;

/// A request ready to be sent, without following redirects.
#[derive(Clone)]
pub struct Outgoing {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The body; empty where there is none.
    pub body: Vec<u8>,
    headers: Vec<(&'static Header, String)>,
}

impl Outgoing {
    pub(crate) fn new(method: Method, url: String, body: Vec<u8>) -> Self {
        Self { method, url, body, headers: Vec::new() }
    }

    pub(crate) fn add(&mut self, header: &'static Header, value: &str) {
        self.headers.push((header, value.to_owned()));
    }

    /// Header names, lower case, and values.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.iter().map(|(header, value)| (header.text, value.as_str()))
    }

    /// The same as one text, names and values in turn, one a line: into some languages many texts cross more slowly.
    pub fn header_lines(&self) -> String {
        let lines: Vec<_> = self.headers().flat_map(|(name, value)| [name, value]).collect();
        lines.join("\n")
    }

    pub(crate) fn into_http(self) -> Result<Request<Vec<u8>>> {
        let request = Request::builder().method(self.method.as_str()).uri(self.url);
        let request =
            self.headers.into_iter().fold(request, |request, (header, value)| request.header(&header.name, value));
        request.body(self.body).map_err(|_| Error::new(Code::InputConfig, "the configuration does not make a request"))
    }
}

/// An answer as it came, whatever the status. Of the headers only those are kept that core reads.
pub struct Incoming {
    status: u16,
    headers: Vec<(&'static Header, Vec<u8>)>,
    body: Vec<u8>,
}

impl Incoming {
    /// An answer from its parts: header names in any case, the body after content decoding.
    ///
    /// # Errors
    /// `input.range` for a status that is none.
    pub fn new<'a>(status: u16, received: impl Iterator<Item = (&'a [u8], &'a [u8])>, body: Vec<u8>) -> Result<Self> {
        if !(100..1000).contains(&status) {
            return Err(Error::new(Code::InputRange, "the answer has an impossible status").at("status"));
        }
        let known = |name: &[u8]| headers::READ.iter().find(|read| name.eq_ignore_ascii_case(read.text.as_bytes()));
        let headers = received.filter_map(|(name, value)| Some((*known(name)?, value.to_vec()))).collect();
        Ok(Self { status, headers, body })
    }

    /// The same from header names and values in turn, one a line.
    ///
    /// # Errors
    /// `input.range` for a status that is none.
    pub fn of_lines(status: u16, headers: &str, body: Vec<u8>) -> Result<Self> {
        let mut lines = headers.as_bytes().split(|byte| *byte == b'\n');
        Self::new(status, std::iter::from_fn(|| Some((lines.next()?, lines.next()?))), body)
    }

    pub(crate) fn view(&self) -> ResponseView<'_> {
        let headers = self.headers.iter().map(|(header, value)| (*header, value.as_slice())).collect();
        ResponseView { status: self.status, headers, body: &self.body }
    }
}

impl From<Response<Vec<u8>>> for Incoming {
    fn from(response: Response<Vec<u8>>) -> Self {
        let ResponseView { status, headers, .. } = ResponseView::of(&response);
        let headers = headers.into_iter().map(|(header, value)| (header, value.to_vec())).collect();
        Self { status, headers, body: response.into_body() }
    }
}

/// An answer to be read.
pub(crate) struct ResponseView<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
    headers: Vec<(&'static Header, &'a [u8])>,
}

impl<'a> ResponseView<'a> {
    pub(crate) fn of<B: AsRef<[u8]>>(response: &'a Response<B>) -> Self {
        let headers = read(response.headers());
        Self { status: response.status().as_u16(), headers, body: response.body().as_ref() }
    }

    /// A request that came in, read like an answer.
    pub(crate) fn of_request<B: AsRef<[u8]>>(request: &'a Request<B>) -> Self {
        Self { status: 200, headers: read(request.headers()), body: request.body().as_ref() }
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Every value of a header, as bytes, without the white space around it (RFC 9110, 5.5).
    pub(crate) fn values(&self, header: &Header) -> impl Iterator<Item = &'a [u8]> {
        self.headers.iter().filter(|(known, _)| known.text == header.text).map(|(_, value)| trimmed(value))
    }

    /// The first value of a header, where it is text.
    pub(crate) fn text(&self, header: &Header) -> Option<&'a str> {
        self.values(header).next().and_then(text)
    }
}

/// Those headers that are read.
fn read(received: &HeaderMap) -> Vec<(&'static Header, &[u8])> {
    let values = |header: &'static Header| received.get_all(&header.name).iter().map(move |value| (header, value));
    let headers = headers::READ.iter().flat_map(|header| values(header));
    headers.map(|(header, value)| (header, HeaderValue::as_bytes(value))).collect()
}

fn trimmed(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// A header's value, where it is visible ASCII.
pub(crate) fn text(value: &[u8]) -> Option<&str> {
    let visible = value.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    std::str::from_utf8(value).ok().filter(|_| visible)
}

impl fmt::Debug for Outgoing {
    // A URL can carry an access token, headers a signature.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("method", &self.method).finish_non_exhaustive()
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("status", &self.status).finish_non_exhaustive()
    }
}

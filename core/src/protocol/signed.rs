//! What is signed: the headers of an answer or a callback, and the message they sign.
//! [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

use super::body_form;
use super::headers::{self, Header};
use super::http_message::{self, ResponseView};
use super::message;
use crate::base64;
use crate::crypto::digest;
use crate::error::{Code, Error, Result};

/// Furthest a timestamp may be from now, seconds: 299 are accepted, 300 are not, as the official Java and Go SDKs have it.
const MAX_SKEW: i64 = 299;
/// Digits of a time of today in milliseconds; in seconds it has 10.
const MILLISECOND_DIGITS: usize = 13;
/// Longest nonce taken; the documents say 32, a published vector has 33.
const MAX_NONCE: usize = 64;
/// Longest key id taken; a certificate's serial number has 40 characters, a public key's id 43.
const MAX_SERIAL: usize = 128;
/// Longest signature taken, Base64: more than an 8192-bit key makes. A probe is as long as what it poses as.
const MAX_SIGNATURE: usize = 2048;

/// What a check of a signature found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureCheck {
    /// The signature is right.
    Valid,
    /// It is not.
    Invalid,
}

/// What came with a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The answer to a request.
    Answer,
    /// A request of the gateway's own.
    Callback,
}

impl Origin {
    fn name(self) -> &'static str {
        match self {
            Origin::Answer => "answer",
            Origin::Callback => "callback",
        }
    }
}

/// A signed message before its signature is checked. Nothing in it can be read yet.
pub(crate) struct Signed {
    origin: Origin,
    serial: String,
    signature: String,
    clock_offset: i64,
    message: Vec<u8>,
    body_bytes: usize,
    /// What the body looks like where it is no JSON.
    body_form: Option<&'static str>,
}

/// A message whose signature is right.
pub(crate) struct Genuine {
    /// The signed message; the body stands in it before the last line feed.
    pub(crate) message: Vec<u8>,
    pub(crate) body_bytes: usize,
    /// Seconds the gateway's clock is ahead of ours.
    pub(crate) clock_offset: i64,
    /// A hash of the signature.
    pub(crate) mark: [u8; 32],
}

impl Genuine {
    pub(crate) fn body(&self) -> &[u8] {
        body(&self.message, self.body_bytes)
    }
}

impl Signed {
    /// Reads the headers; `now` in Unix seconds.
    pub(crate) fn read(origin: Origin, received: &ResponseView<'_>, now: i64) -> Result<Self> {
        let reader = Reader { origin, received };
        let serial = reader.one(&headers::SERIAL)?;
        let nonce = reader.one(&headers::NONCE)?;
        let signature = reader.one(&headers::SIGNATURE)?;
        let timestamp = reader.one(&headers::TIMESTAMP)?;
        reader.check_algorithm()?;
        if nonce.is_empty() || nonce.len() > MAX_NONCE {
            return Err(impossible(&headers::NONCE));
        }
        if serial.len() > MAX_SERIAL {
            return Err(impossible(&headers::SERIAL));
        }
        if signature.len() > MAX_SIGNATURE {
            return Err(impossible(&headers::SIGNATURE));
        }
        Ok(Self {
            origin,
            serial: serial.to_owned(),
            signature: signature.to_owned(),
            clock_offset: reader.clock_offset(timestamp, now)?,
            message: message::of_response(timestamp, nonce, received.body),
            body_bytes: received.body.len(),
            body_form: body_form::unexpected(received),
        })
    }

    /// The id of the key that is said to have signed: a public key id or a certificate serial.
    pub(crate) fn serial(&self) -> &str {
        &self.serial
    }

    /// The message that is said to be signed (RSASSA-PKCS1-v1_5, SHA-256).
    pub(crate) fn message(&self) -> &[u8] {
        &self.message
    }

    /// The signature.
    pub(crate) fn signature(&self) -> Result<Vec<u8>> {
        base64::decode(&self.signature).ok_or_else(|| {
            if self.is_probe() {
                self.probe()
            } else {
                Error::new(Code::VerifyBase64, "the signature is not Base64").at(shown())
            }
        })
    }

    /// The body, which nobody has vouched for yet.
    pub(crate) fn body(&self) -> &[u8] {
        body(&self.message, self.body_bytes)
    }

    /// Settles it with what a check of the signature found.
    pub(crate) fn settle(self, check: SignatureCheck) -> Result<Genuine> {
        match check {
            SignatureCheck::Valid if !self.is_probe() => {
                let mark = digest::sha256(format!("{}\n{}", self.serial, self.signature).as_bytes());
                let Self { message, body_bytes, clock_offset, .. } = self;
                Ok(Genuine { message, body_bytes, clock_offset, mark })
            }
            _ if self.is_probe() => Err(self.probe()),
            _ => Err(self.invalid()),
        }
    }

    fn is_probe(&self) -> bool {
        self.signature.starts_with(headers::PROBE)
    }

    fn probe(&self) -> Error {
        Error::new(Code::VerifyProbe, "the signature is wrong on purpose: a signature probe")
            .at(shown())
            .with("serial", self.serial.as_str())
    }

    fn invalid(&self) -> Error {
        let body = self.body();
        let reason = self.body_form.map_or_else(String::new, |form| format!(": {form}"));
        let origin = self.origin.name();
        Error::new(Code::VerifySignature, format!("the signature does not belong to this {origin}{reason}"))
            .at(shown())
            .with("serial", self.serial.as_str())
            .with("clock_offset_seconds", self.clock_offset.to_string())
            .with("body_bytes", body.len().to_string())
            .with("body_sha256", digest::hex(&digest::sha256(body)))
    }
}

/// Reads the headers of one message.
struct Reader<'a> {
    origin: Origin,
    received: &'a ResponseView<'a>,
}

impl<'a> Reader<'a> {
    /// The one value of a header, as text.
    fn one(&self, header: &Header) -> Result<&'a str> {
        let origin = self.origin.name();
        let mut values = self.received.values(header);
        let Some(value) = values.next() else {
            let reason = body_form::unexpected(self.received).map_or_else(String::new, |form| format!(": {form}"));
            let message = format!("the {origin} has no {} header{reason}", header.shown());
            return Err(Error::new(Code::VerifyHeaderMissing, message).at(header.shown()));
        };
        if values.next().is_some() {
            let message = format!("the {origin} has the {} header twice", header.shown());
            return Err(Error::new(Code::VerifyHeaderTwice, message).at(header.shown()));
        }
        if is_joined(value) {
            let message =
                format!("the {origin} has the {} header twice, joined with a comma on the way", header.shown());
            return Err(Error::new(Code::VerifyHeaderTwice, message).at(header.shown()));
        }
        http_message::text(value).ok_or_else(|| impossible(header))
    }

    fn check_algorithm(&self) -> Result<()> {
        if self.received.values(&headers::SIGNATURE_TYPE).next().is_none()
            || self.one(&headers::SIGNATURE_TYPE)? == headers::ALGORITHM
        {
            return Ok(());
        }
        let message = format!("the {} is signed with another algorithm", self.origin.name());
        Err(Error::new(Code::VerifyAlgorithm, message).at(headers::SIGNATURE_TYPE.shown()))
    }

    /// Seconds the gateway's clock is ahead of ours.
    fn clock_offset(&self, timestamp: &str, now: i64) -> Result<i64> {
        let digits = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let then: Option<i64> = if digits { timestamp.parse().ok() } else { None };
        let offset = then.and_then(|then| then.checked_sub(now)).ok_or_else(|| impossible(&headers::TIMESTAMP))?;
        let name = headers::TIMESTAMP.shown();
        if timestamp.len() == MILLISECOND_DIGITS && then.is_some_and(|then| then / 1000 > now / 2) {
            let message = format!("the {name} header is in milliseconds, it should be in seconds");
            return Err(Error::new(Code::VerifyHeader, message).at(name));
        }
        if !(-MAX_SKEW..=MAX_SKEW).contains(&offset) {
            let message = format!("the {}'s time is {offset} seconds from this clock", self.origin.name());
            let error = Error::new(Code::VerifyClock, message).at(name);
            return Err(error.with("clock_offset_seconds", offset.to_string()));
        }
        Ok(offset)
    }
}

/// The body, which stands before the last line feed of the message.
fn body(message: &[u8], body_bytes: usize) -> &[u8] {
    let end = message.len().saturating_sub(1);
    message.get(end.saturating_sub(body_bytes)..end).unwrap_or_default()
}

/// Whether two headers of one name were joined on the way (RFC 9110, 5.3): their values have the same length.
fn is_joined(value: &[u8]) -> bool {
    let mut lengths = value.split(|byte| *byte == b',').map(|part| part.trim_ascii().len());
    let first = lengths.next();
    value.contains(&b',') && first > Some(0) && lengths.all(|length| Some(length) == first)
}

fn impossible(header: &Header) -> Error {
    Error::new(Code::VerifyHeader, format!("the {} header has an impossible value", header.shown())).at(header.shown())
}

fn shown() -> String {
    headers::SIGNATURE.shown()
}

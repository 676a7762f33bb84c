//! An answer that says who signed it. [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

use super::body_form;
use super::draft::Draft;
use super::headers::{self, Header};
use super::http_message::{self, ResponseView};
use super::message;
use super::remote;
use super::verified::{Content, Verified};
use crate::base64;
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
#[cfg(feature = "_local-keys")]
use crate::keys::KeyRing;
use std::marker::PhantomData;
use std::sync::Arc;

/// Largest JSON answer, bytes; documented ones are a few kilobytes.
pub(crate) const MAX_JSON: usize = 8 * 1024 * 1024;
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

/// A signed answer before its signature is checked. Nothing in it can be read yet.
pub struct Claim<A> {
    draft: Arc<Draft>,
    serial: String,
    signature: String,
    skew: i64,
    content: Content,
    /// What the body looks like where it is no JSON.
    body_form: Option<&'static str>,
    answer: PhantomData<fn() -> A>,
}

impl<A> Claim<A> {
    pub(crate) fn new(draft: &Arc<Draft>, response: &ResponseView<'_>, now: i64) -> Result<Self> {
        let body = response.body;
        if body.len() > MAX_JSON {
            let message = format!("the answer has {} bytes, {MAX_JSON} are allowed", body.len());
            return Err(Error::new(Code::LimitBody, message).at("body"));
        }
        if !response.is_success() {
            return Err(remote::refusal(draft.call.method, &draft.target, response));
        }
        let serial = one(response, &headers::SERIAL)?;
        let nonce = one(response, &headers::NONCE)?;
        let signature = one(response, &headers::SIGNATURE)?;
        let timestamp = one(response, &headers::TIMESTAMP)?;
        check_algorithm(response)?;
        if nonce.is_empty() || nonce.len() > MAX_NONCE {
            return Err(impossible(&headers::NONCE));
        }
        if serial.len() > MAX_SERIAL {
            return Err(impossible(&headers::SERIAL));
        }
        if signature.len() > MAX_SIGNATURE {
            return Err(impossible(&headers::SIGNATURE));
        }
        let skew = skew(timestamp, now)?;
        let content = Content::signed(message::of_response(timestamp, nonce, body), body.len());
        let (serial, signature) = (serial.to_owned(), signature.to_owned());
        let body_form = body_form::unexpected(response);
        Ok(Self { draft: Arc::clone(draft), serial, signature, skew, content, body_form, answer: PhantomData })
    }

    /// The id of the key that is said to have signed: a public key id or a certificate serial.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The message that is said to be signed (RSASSA-PKCS1-v1_5, SHA-256).
    pub fn message(&self) -> &[u8] {
        self.content.message()
    }

    /// The signature.
    ///
    /// # Errors
    /// `verify.base64`; `verify.probe` for a wrong signature made on purpose.
    pub fn signature(&self) -> Result<Vec<u8>> {
        base64::decode(&self.signature).ok_or_else(|| {
            if self.is_probe() {
                self.probe()
            } else {
                Error::new(Code::VerifyBase64, "the signature is not Base64").at(shown())
            }
        })
    }

    /// Checks the signature with the key of that serial.
    ///
    /// # Errors
    /// `verify.unknown_serial`, `key.merchant`, `verify.base64`, `verify.signature`, `verify.probe`.
    #[cfg(feature = "_local-keys")]
    pub fn check_with(self, ring: &KeyRing) -> Result<Verified<A>> {
        let key = ring.find(self.draft.signer().map_or("", |merchant| &merchant.mchid), &self.serial)?;
        let valid = key.verify(self.message(), &self.signature()?);
        self.settle(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid })
    }

    /// Settles the claim with the result of a check made elsewhere, with the caller's own key of that serial.
    ///
    /// # Security
    /// Whoever says `Valid` without having checked makes every forgery pass.
    ///
    /// # Errors
    /// `verify.signature`, `verify.probe`, `verify.other_answer` for an answer of another request.
    pub fn settle(self, check: SignatureCheck) -> Result<Verified<A>> {
        match check {
            SignatureCheck::Valid if !self.is_probe() => {
                let mark = digest::sha256(format!("{}\n{}", self.serial, self.signature).as_bytes());
                Verified::new(self.draft, self.content, self.skew).signed_as(mark).bound()
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
        let body = self.content.body();
        let reason = self.body_form.map_or_else(String::new, |form| format!(": {form}"));
        Error::new(Code::VerifySignature, format!("the signature does not belong to this answer{reason}"))
            .at(shown())
            .with("serial", self.serial.as_str())
            .with("clock_offset_seconds", self.skew.to_string())
            .with("body_bytes", body.len().to_string())
            .with("body_sha256", digest::hex(&digest::sha256(body)))
    }
}

impl<A> std::fmt::Debug for Claim<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claim")
            .field("call", &self.draft.call.name)
            .field("serial", &self.serial)
            .finish_non_exhaustive()
    }
}

/// What a check made elsewhere found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureCheck {
    /// The signature is right.
    Valid,
    /// It is not.
    Invalid,
}

/// The one value of a header, as text.
fn one<'a>(answer: &ResponseView<'a>, header: &Header) -> Result<&'a str> {
    let mut values = answer.values(header);
    let Some(value) = values.next() else {
        let reason = body_form::unexpected(answer).map_or_else(String::new, |form| format!(": {form}"));
        let message = format!("the answer has no {} header{reason}", header.shown());
        return Err(Error::new(Code::VerifyHeaderMissing, message).at(header.shown()));
    };
    if values.next().is_some() {
        let message = format!("the answer has the {} header twice", header.shown());
        return Err(Error::new(Code::VerifyHeaderTwice, message).at(header.shown()));
    }
    if is_joined(value) {
        let message = format!("the answer has the {} header twice, joined with a comma on the way", header.shown());
        return Err(Error::new(Code::VerifyHeaderTwice, message).at(header.shown()));
    }
    http_message::text(value).ok_or_else(|| impossible(header))
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

fn check_algorithm(answer: &ResponseView<'_>) -> Result<()> {
    if answer.values(&headers::SIGNATURE_TYPE).next().is_none()
        || one(answer, &headers::SIGNATURE_TYPE)? == headers::ALGORITHM
    {
        return Ok(());
    }
    let name = headers::SIGNATURE_TYPE.shown();
    Err(Error::new(Code::VerifyAlgorithm, "the answer is signed with another algorithm").at(name))
}

/// Seconds the answer's clock is ahead of ours.
fn skew(timestamp: &str, now: i64) -> Result<i64> {
    let digits = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let then: Option<i64> = if digits { timestamp.parse().ok() } else { None };
    let skew = then.and_then(|then| then.checked_sub(now)).ok_or_else(|| impossible(&headers::TIMESTAMP))?;
    if timestamp.len() == MILLISECOND_DIGITS && then.is_some_and(|then| then / 1000 > now / 2) {
        let name = headers::TIMESTAMP.shown();
        let message = format!("the {name} header is in milliseconds, it should be in seconds");
        return Err(Error::new(Code::VerifyHeader, message).at(name));
    }
    if !(-MAX_SKEW..=MAX_SKEW).contains(&skew) {
        return Err(Error::new(Code::VerifyClock, format!("the answer's time is {skew} seconds from this clock"))
            .at(headers::TIMESTAMP.shown())
            .with("clock_offset_seconds", skew.to_string()));
    }
    Ok(skew)
}

fn shown() -> String {
    headers::SIGNATURE.shown()
}

//! What is needed of an X.509 certificate: serial number, validity, subject and public key. Chains are not checked: the
//! certificates here come from the merchant platform or from a decrypted, authenticated answer.

use super::asn1::{self, children, damaged, elements, has_tag};
use super::kind::{Kind, classify};
use super::loader;
use super::serial::Serial;
use crate::error::{Code, Error, Result};
use der::asn1::{AnyRef, GeneralizedTime, ObjectIdentifier, UtcTime};
use der::{Encode, Tag};

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// When a certificate holds, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validity {
    /// First second, Unix time.
    pub not_before: i64,
    /// Last second, Unix time.
    pub not_after: i64,
}

impl Validity {
    /// Whether `now` (Unix seconds) lies inside.
    pub fn contains(&self, now: i64) -> bool {
        (self.not_before..=self.not_after).contains(&now)
    }
}

/// A certificate as far as it is read here.
pub(super) struct Certificate {
    pub(super) serial: Serial,
    pub(super) validity: Validity,
    pub(super) spki: Vec<u8>,
    /// The merchant number, when the subject's common name is one: so in API certificates of merchants.
    pub(super) mchid: Option<String>,
}

impl Certificate {
    pub(super) fn load(bytes: &[u8]) -> Result<Self> {
        let der = loader::certificate(bytes)?;
        let [tbs, ..] = *children(&der)?.as_slice() else { return Err(damaged()) };
        let fields = elements(tbs.value())?;
        // The version is only written when it is not 1.
        let fields = match fields.as_slice() {
            [version, fields @ ..] if !has_tag(*version, Tag::Integer) => fields,
            fields => fields,
        };
        let [serial, _, _, validity, subject, key, ..] = *fields else { return Err(damaged()) };
        Ok(Self {
            serial: Serial::from_integer(serial.value()),
            validity: validity_of(validity)?,
            spki: key_of(key)?,
            mchid: merchant_of(subject),
        })
    }
}

fn validity_of(validity: AnyRef<'_>) -> Result<Validity> {
    let [start, end] = *elements(validity.value())?.as_slice() else { return Err(damaged()) };
    Ok(Validity { not_before: time(start)?, not_after: time(end)? })
}

fn time(element: AnyRef<'_>) -> Result<i64> {
    let since = if has_tag(element, Tag::UtcTime) {
        element.decode_as::<UtcTime>().map(|time| time.to_unix_duration())
    } else {
        element.decode_as::<GeneralizedTime>().map(|time| time.to_unix_duration())
    };
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).ok_or_else(damaged)
}

fn key_of(key: AnyRef<'_>) -> Result<Vec<u8>> {
    let der = key.to_der().map_err(|_| damaged())?;
    if classify(&der)? != Kind::Spki {
        return Err(Error::new(Code::KeyKind, "this certificate holds no RSA key, one with an RSA key is needed"));
    }
    asn1::spki(asn1::spki_content(&der)?)
}

fn merchant_of(subject: AnyRef<'_>) -> Option<String> {
    for set in elements(subject.value()).ok()? {
        for attribute in elements(set.value()).ok()? {
            let fields = elements(attribute.value()).ok()?;
            let [kind, value] = fields.as_slice() else { continue };
            if kind.decode_as::<ObjectIdentifier>() != Ok(COMMON_NAME) {
                continue;
            }
            let name = core::str::from_utf8(value.value()).ok()?;
            return (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.to_owned());
        }
    }
    None
}

//! What is needed of an X.509 certificate: serial number, validity, subject and public key. Chains are not checked: the
//! certificates here come from the merchant platform or from a decrypted, authenticated answer.

use super::asn1::{self, children, damaged};
use super::element::{Element, INTEGER, OBJECT_IDENTIFIER, elements};
use super::kind::{Kind, classify};
use super::loader;
use super::serial::Serial;
use super::time;
use crate::error::{Code, Error, Result};

/// The object identifier `commonName`, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];

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
        let fields = elements(tbs.content)?;
        // The version is only written when it is not 1.
        let fields = match fields.as_slice() {
            [version, fields @ ..] if version.tag != INTEGER => fields,
            fields => fields,
        };
        let [serial, _, _, validity, subject, key, ..] = *fields else { return Err(damaged()) };
        Ok(Self {
            serial: Serial::from_integer(serial.content),
            validity: validity_of(validity)?,
            spki: key_of(key)?,
            mchid: merchant_of(subject),
        })
    }
}

fn validity_of(validity: Element<'_>) -> Result<Validity> {
    let [start, end] = *elements(validity.content)?.as_slice() else { return Err(damaged()) };
    let at = |element| time::seconds(element).ok_or_else(damaged);
    Ok(Validity { not_before: at(start)?, not_after: at(end)? })
}

fn key_of(key: Element<'_>) -> Result<Vec<u8>> {
    if classify(key.whole)? != Kind::Spki {
        return Err(Error::new(Code::KeyKind, "this certificate holds no RSA key, one with an RSA key is needed"));
    }
    asn1::spki(asn1::spki_content(key.whole)?)
}

fn merchant_of(subject: Element<'_>) -> Option<String> {
    for set in elements(subject.content).ok()? {
        for attribute in elements(set.content).ok()? {
            let fields = elements(attribute.content).ok()?;
            let [kind, value] = fields.as_slice() else { continue };
            if kind.content_of(OBJECT_IDENTIFIER) != Some(COMMON_NAME) {
                continue;
            }
            let name = core::str::from_utf8(value.content).ok()?;
            return (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.to_owned());
        }
    }
    None
}

//! What is needed of an X.509 certificate: serial number, validity, subject and public key. Chains are not checked: the
//! certificates here come from the merchant platform or from a decrypted, authenticated answer.

use super::der;
use super::loading::{self, Format, classify};
use super::serial::Serial;
use crate::error::{Code, Error, Result};

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
    /// Whether it issues certificates: no platform certificate does.
    pub(super) is_authority: bool,
}

impl Certificate {
    pub(super) fn load(bytes: &[u8]) -> Result<Self> {
        Self::read(&loading::certificate(bytes)?)
    }

    /// Every certificate of a file, at least one.
    pub(super) fn load_all(bytes: &[u8]) -> Result<Vec<Self>> {
        loading::certificates(bytes)?.iter().map(|document| Self::read(document)).collect()
    }

    fn read(document: &[u8]) -> Result<Self> {
        let der::Parts { serial, validity: [not_before, not_after], common_name, key, is_authority } =
            der::parts(document)?;
        if classify(key)? != Format::Spki {
            let message = "this certificate holds no RSA key, one with an RSA key is needed";
            return Err(Error::new(Code::KeyKind, message));
        }
        let digits = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
        Ok(Self {
            serial: Serial::from_integer(serial),
            validity: Validity { not_before, not_after },
            spki: der::spki(der::spki_content(key)?)?,
            mchid: common_name.filter(digits).map(str::to_owned),
            is_authority,
        })
    }
}

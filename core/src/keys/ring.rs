//! All keys of WeChat Pay that a program knows, by merchant number and id; there is no "mode".

use super::certificate::Certificate;
use super::loading;
use super::serial::Serial;
use super::wechatpay_key::{WechatPayKey, WechatPayKeyKind};
use crate::error::{Code, Error, Result};
use core::fmt;
use std::sync::Arc;

/// Ids that an error lists; a ring may hold more.
const LISTED: usize = 8;
/// What it means when a platform certificate signs for a merchant who has the public key.
/// [Official page](https://pay.weixin.qq.com/docs/partner/products/platform-certificate/update-pub-key.html)
const SWITCH_NOT_STARTED: &str = ": WeChat Pay still signs with a platform certificate, the change to the public key has not been \
    started, or was stopped, in the merchant platform";
/// Longest name of a key that an error repeats.
const NAME_CHARS: usize = 64;

/// The WeChat Pay public keys and platform certificates of any number of merchants. An immutable value, cheap to clone;
/// each addition gives a new ring.
/// [Official page](https://pay.weixin.qq.com/docs/partner/products/platform-certificate/update-pub-key.html)
///
/// Kept sorted by merchant number and id: found by halving, and small where every byte is downloaded.
#[derive(Clone, Default)]
pub struct KeyRing(Arc<Vec<WechatPayKey>>);

impl KeyRing {
    /// An empty ring.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a WeChat Pay public key (`pub_key.pem`) with its `PUB_KEY_ID_…`, as the merchant platform shows both.
    /// A merchant's own public key looks the same: compare it with `PrivateKey::public_key_der` when nothing verifies.
    /// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013038816)
    ///
    /// # Errors
    /// `input.config` for another kind of id, a merchant number that is not one, or an id that already names another
    /// key; `key.kind`, `key.format`, `key.length`.
    pub fn public_key(self, mchid: &str, id: &str, bytes: &[u8]) -> Result<Self> {
        let id = id.trim();
        let serial = Serial::new(id);
        if !serial.is_public_key() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            let message =
                "the id of a public key starts with PUB_KEY_ID_; certificates belong into `platform_certificates`";
            return Err(Error::new(Code::InputConfig, message).at("id"));
        }
        let spki = loading::public_key(bytes)?;
        self.insert(WechatPayKey::new(mchid, serial, spki, None)?)
    }

    /// Adds platform certificates (PEM, DER or Base64), all that a file holds; the serial number of each is its id. The
    /// certificate of the authority that issued them, as chains have it, is left out.
    ///
    /// # Errors
    /// `key.kind` for anything else, also for a merchant's own API certificate (its subject is a merchant number);
    /// `input.config`, `key.format`, `key.length`.
    pub fn certificate(self, mchid: &str, bytes: &[u8]) -> Result<Self> {
        let (authorities, platform): (Vec<_>, Vec<_>) =
            Certificate::load_all(bytes)?.into_iter().partition(|certificate| certificate.is_authority);
        if platform.is_empty() && !authorities.is_empty() {
            let message = "this is the certificate of an authority, which signs nothing but certificates; \
                a platform certificate of WeChat Pay is needed";
            return Err(Error::new(Code::KeyKind, message));
        }
        platform.into_iter().try_fold(self, |ring, certificate| ring.platform_certificate(mchid, certificate))
    }

    fn platform_certificate(self, mchid: &str, certificate: Certificate) -> Result<Self> {
        if let Some(merchant) = &certificate.mchid {
            let message = format!(
                "this is the API certificate of merchant {merchant}, a platform certificate of WeChat Pay is needed"
            );
            return Err(Error::new(Code::KeyKind, message));
        }
        self.insert(WechatPayKey::new(mchid, certificate.serial, certificate.spki, Some(certificate.validity))?)
    }

    /// The key that `Wechatpay-Serial` names, for the caller with this merchant number. Expired certificates are found
    /// as well.
    ///
    /// # Errors
    /// `key.merchant` if only other merchants have it; `verify.unknown_serial` otherwise, with the details `kind`
    /// (`public_key` or `certificate`), `serial` and `loaded`.
    pub fn find(&self, mchid: &str, serial: &str) -> Result<&WechatPayKey> {
        let serial = Serial::new(serial);
        if let Some(key) = self.place(mchid, &serial).ok().and_then(|at| self.0.get(at)) {
            return Ok(key);
        }
        if self.0.iter().any(|key| *key.serial() == serial) {
            let message = format!("this key is loaded for another merchant number than {mchid}");
            return Err(Error::new(Code::KeyMerchant, message).with("serial", shown(&serial)));
        }
        let kind = WechatPayKeyKind::of(&serial).as_str();
        let name = kind.replace('_', " ");
        let has_public_key = self.keys(mchid).any(|key| key.kind() == WechatPayKeyKind::PublicKey);
        let reason = if has_public_key && !serial.is_public_key() { SWITCH_NOT_STARTED } else { "" };
        let message = format!("no {name} with this id is loaded for merchant {mchid}{reason}");
        Err(Error::new(Code::VerifyUnknownSerial, message)
            .with("kind", kind)
            .with("serial", shown(&serial))
            .with("loaded", self.loaded(mchid)))
    }

    /// The key to encrypt fields with: the `pinned` one; else the public key, of several the one with the greatest id; else,
    /// of the certificates valid at `now` (Unix seconds), the one with the latest start.
    ///
    /// # Errors
    /// `key.missing`; `key.merchant` if the pinned one is loaded for other merchants only.
    pub fn encryption_key(&self, mchid: &str, now: i64, pinned: Option<&str>) -> Result<&WechatPayKey> {
        if let Some(id) = pinned {
            return self.find(mchid, id).map_err(|error| match error.code() {
                Code::VerifyUnknownSerial => missing(format!("the key pinned for merchant {mchid} is not loaded")),
                _ => error,
            });
        }
        // In the order of their ids: later public keys are greater.
        self.keys(mchid)
            .filter_map(|key| Some((rank(key, now)?, key)))
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, key)| key)
            .ok_or_else(|| missing(format!("no key of WeChat Pay that can encrypt is loaded for merchant {mchid}")))
    }

    /// Every key of a merchant, in the order of their ids.
    pub fn keys(&self, mchid: &str) -> impl Iterator<Item = &WechatPayKey> {
        let first = self.0.partition_point(|key| key.mchid() < mchid);
        self.0.iter().skip(first).take_while(move |key| key.mchid() == mchid)
    }

    /// Where a key stands, or where it would.
    fn place(&self, mchid: &str, serial: &Serial) -> core::result::Result<usize, usize> {
        self.0.binary_search_by(|key| key.mchid().cmp(mchid).then_with(|| key.serial().cmp(serial)))
    }

    fn insert(mut self, key: WechatPayKey) -> Result<Self> {
        let mchid = key.mchid();
        if mchid.is_empty() || mchid.len() > 32 || !mchid.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::new(Code::InputConfig, "a merchant number has 1 to 32 digits").at("mchid"));
        }
        let place = self.place(mchid, key.serial());
        let known = place.ok().and_then(|at| self.0.get(at));
        if known.is_some_and(|known| known.spki_der() != key.spki_der()) {
            let message = format!("{} already names another key of merchant {mchid}", key.id());
            return Err(Error::new(Code::InputConfig, message).at("id"));
        }
        let keys = Arc::make_mut(&mut self.0);
        match place {
            Ok(at) => keys.get_mut(at).into_iter().for_each(|known| *known = key.clone()),
            Err(at) => keys.insert(at, key),
        }
        Ok(self)
    }

    fn loaded(&self, mchid: &str) -> String {
        self.keys(mchid).take(LISTED).map(WechatPayKey::id).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}

/// How much better a key encrypts than others; `None` for a certificate that does not hold now.
fn rank(key: &WechatPayKey, now: i64) -> Option<i64> {
    if key.kind() == WechatPayKeyKind::PublicKey {
        return Some(i64::MAX);
    }
    key.validity().filter(|validity| validity.contains(now)).map(|validity| validity.not_before)
}

fn missing(message: String) -> Error {
    Error::new(Code::KeyMissing, message)
}

// The name can come from whoever answered.
fn shown(serial: &Serial) -> String {
    let safe = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    serial.as_str().chars().filter(safe).take(NAME_CHARS).collect()
}

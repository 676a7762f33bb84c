//! One key of WeChat Pay, public key or platform certificate.

use super::certificate::Validity;
use super::der;
use super::serial::Serial;
#[cfg(feature = "_local-keys")]
use crate::crypto::RsaPublic;
use crate::error::Result;
#[cfg(feature = "_local-keys")]
use crate::error::{Code, Error};
#[cfg(feature = "_local-keys")]
use crate::moment::Moment;
use core::fmt;
use std::sync::Arc;

/// What OAEP adds with SHA-1: two digests of 20 bytes and two bytes of its own.
const OAEP_BYTES: usize = 42;

/// In which of its two forms WeChat Pay's key came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WechatPayKeyKind {
    /// A public key (微信支付公钥), named by its `PUB_KEY_ID_…`.
    PublicKey,
    /// A platform certificate (平台证书), named by its serial number.
    Certificate,
}

impl WechatPayKeyKind {
    /// The kind as text: `public_key` or `certificate`.
    pub const fn as_str(self) -> &'static str {
        match self {
            WechatPayKeyKind::PublicKey => "public_key",
            WechatPayKeyKind::Certificate => "certificate",
        }
    }

    pub(super) fn of(serial: &Serial) -> Self {
        if serial.is_public_key() { WechatPayKeyKind::PublicKey } else { WechatPayKeyKind::Certificate }
    }
}

/// A key of WeChat Pay that belongs to one merchant number: verifies answers and encrypts fields. Clones share one key.
#[derive(Clone)]
pub struct WechatPayKey(Arc<Inner>);

struct Inner {
    mchid: String,
    id: Serial,
    spki: Vec<u8>,
    validity: Option<Validity>,
    max_plaintext_bytes: usize,
    #[cfg(feature = "_local-keys")]
    rsa: RsaPublic,
}

impl WechatPayKey {
    pub(super) fn new(mchid: &str, id: Serial, spki: Vec<u8>, validity: Option<Validity>) -> Result<Self> {
        Ok(Self(Arc::new(Inner {
            mchid: mchid.to_owned(),
            id,
            #[cfg(feature = "_local-keys")]
            rsa: RsaPublic::from_spki_der(&spki)?,
            max_plaintext_bytes: der::modulus_bytes(&spki)?.saturating_sub(OAEP_BYTES),
            spki,
            validity,
        })))
    }

    /// What `Wechatpay-Serial` says when this key was used: `PUB_KEY_ID_…` or a certificate's serial number.
    pub fn id(&self) -> &str {
        self.0.id.as_str()
    }

    /// Public key or certificate.
    pub fn kind(&self) -> WechatPayKeyKind {
        WechatPayKeyKind::of(&self.0.id)
    }

    /// The merchant number this key belongs to.
    pub fn mchid(&self) -> &str {
        &self.0.mchid
    }

    /// The key itself, `SubjectPublicKeyInfo` DER.
    pub fn spki_der(&self) -> &[u8] {
        &self.0.spki
    }

    /// When a certificate holds; a public key has no end.
    pub fn validity(&self) -> Option<Validity> {
        self.0.validity
    }

    /// The most bytes that one encrypted field can hold: 214 with a 2048-bit key.
    pub fn max_plaintext_bytes(&self) -> usize {
        self.0.max_plaintext_bytes
    }

    pub(super) fn serial(&self) -> &Serial {
        &self.0.id
    }
}

#[cfg(feature = "_local-keys")]
impl WechatPayKey {
    /// Whether `signature` (raw bytes) is this key's RSASSA-PKCS1-v1_5 SHA-256 signature of `message`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.rsa.verify_pkcs1_sha256(message, signature)
    }

    /// Encrypts a field (RSAES-OAEP, SHA-1): at most 214 bytes with a 2048-bit key; returns the raw ciphertext. `field` is
    /// where the value goes: with the `rsa` back end, two fields of one moment need different names.
    /// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053257)
    ///
    /// # Errors
    /// `seal.length`, `seal.failed`.
    pub fn encrypt(&self, plaintext: &[u8], moment: &Moment, field: &str) -> Result<Vec<u8>> {
        let most = self.max_plaintext_bytes();
        if plaintext.len() > most {
            let message = format!("the value has {} bytes of UTF-8, {most} fit", plaintext.len());
            return Err(Error::new(Code::SealLength, message).at(field));
        }
        self.0.rsa.encrypt_oaep_sha1(plaintext, moment.seed(&format!("seal {field}")))
    }
}

impl fmt::Debug for WechatPayKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WechatPayKey")
            .field("id", &self.id())
            .field("kind", &self.kind())
            .field("mchid", &self.mchid())
            .field("validity", &self.validity())
            .finish_non_exhaustive()
    }
}

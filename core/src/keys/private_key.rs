//! The private key of a merchant, held in memory.

use super::loading;
use super::merchant_certificate::MerchantCertificate;
use crate::crypto::RsaPrivate;
use crate::error::Result;
use crate::moment::Moment;
use core::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A merchant's API private key (`apiclient_key.pem`): signs requests and decrypts fields. Clones share one key.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053053)
#[derive(Clone)]
pub struct PrivateKey(Arc<Inner>);

struct Inner {
    rsa: RsaPrivate,
    spki: Vec<u8>,
}

impl PrivateKey {
    /// Reads a private key from any form that [`private_key_der`](super::private_key_der) takes, and checks once that its
    /// numbers belong together.
    ///
    /// # Errors
    /// `key.kind`, `key.format`, `key.length`.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        let (pkcs8, spki) = loading::private_key(bytes)?;
        Ok(Self(Arc::new(Inner { rsa: RsaPrivate::from_pkcs8_der(&pkcs8)?, spki })))
    }

    /// The RSASSA-PKCS1-v1_5 SHA-256 signature of a message, as many bytes as the key has. The moment gives the
    /// randomness for blinding where the back end has none of its own; the signature does not depend on it.
    ///
    /// # Errors
    /// `sign.failed`.
    pub fn sign(&self, message: &[u8], moment: &Moment) -> Result<Vec<u8>> {
        self.0.rsa.sign_pkcs1_sha256(message, moment.seed("sign"))
    }

    /// Decrypts a field that was encrypted (RSAES-OAEP, SHA-1) for this key's certificate.
    ///
    /// # Errors
    /// `open.failed`, whatever the cause.
    pub fn decrypt(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.0.rsa.decrypt_oaep_sha1(ciphertext)
    }

    /// The public key, `SubjectPublicKeyInfo` DER.
    pub fn public_key_der(&self) -> &[u8] {
        &self.0.spki
    }

    /// Checks that this is the key of the certificate.
    ///
    /// # Errors
    /// `key.mismatch`.
    pub fn belongs_to(&self, certificate: &MerchantCertificate) -> Result<()> {
        certificate.check_key(self.public_key_der())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

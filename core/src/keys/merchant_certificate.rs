//! The API certificate of a merchant.

use super::certificate::{Certificate, Validity};
use super::loading;
use super::serial::Serial;
use crate::error::{Code, Error, Result};
use core::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A merchant's API certificate (`apiclient_cert.pem`): the source of `serial_no`, and the proof that key, serial number
/// and merchant number belong together. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053053)
#[derive(Clone)]
pub struct MerchantCertificate(Arc<Certificate>);

impl MerchantCertificate {
    /// Reads a certificate from PEM, DER or bare Base64, at most 64 KiB. Neither its chain nor its dates are checked.
    ///
    /// # Errors
    /// `key.kind` for anything but a certificate with an RSA key, `key.format`, `key.length`.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        Certificate::load(bytes).map(|certificate| Self(Arc::new(certificate)))
    }

    /// The serial number, upper-case hexadecimal as the merchant platform prints it.
    pub fn serial_no(&self) -> &str {
        self.0.serial.as_str()
    }

    /// Whether `serial_no`, in any case and with or without leading zeros, names this certificate.
    pub fn has_serial(&self, serial_no: &str) -> bool {
        self.0.serial == Serial::new(serial_no)
    }

    /// The merchant number in the subject, if the subject's common name is one; a platform certificate has none.
    pub fn mchid(&self) -> Option<&str> {
        self.0.mchid.as_deref()
    }

    /// First and last second of the certificate.
    pub fn validity(&self) -> Validity {
        self.0.validity
    }

    /// Checks that this is the certificate of a private key, by its `SubjectPublicKeyInfo`.
    pub(super) fn check_key(&self, spki: &[u8]) -> Result<()> {
        if self.public_key_der() == spki {
            return Ok(());
        }
        Err(Error::new(Code::KeyMismatch, "the private key does not belong to this certificate")
            .with("serial_no", self.serial_no()))
    }

    /// The public key, `SubjectPublicKeyInfo` DER.
    pub fn public_key_der(&self) -> &[u8] {
        &self.0.spki
    }
}

/// [`private_key_der`](super::private_key_der), after a look whether the key belongs to its certificate.
///
/// # Errors
/// As [`private_key_der`](super::private_key_der), and `key.mismatch`.
pub fn private_key_der_of(bytes: &[u8], certificate: &MerchantCertificate) -> Result<Zeroizing<Vec<u8>>> {
    let (pkcs8, spki) = loading::private_key(bytes)?;
    certificate.check_key(&spki).map(|()| pkcs8)
}

impl fmt::Debug for MerchantCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MerchantCertificate")
            .field("serial_no", &self.serial_no())
            .field("mchid", &self.mchid())
            .field("validity", &self.validity())
            .finish_non_exhaustive()
    }
}

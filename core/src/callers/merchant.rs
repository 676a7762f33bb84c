//! The callers of WeChat Pay: direct merchants, service providers, and their sub-merchants.

use super::hosts::Hosts;
use super::identity::{Identity, configured};
use crate::catalogue::{CallerKind, System};
use crate::error::{Code, Error, Result};
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
use crate::keys::PrivateKey;
use crate::keys::{KeyRing, MerchantCertificate};
use std::sync::Arc;

/// What identifies a merchant to the gateway and the gateway to the merchant.
#[derive(Clone, Debug)]
pub struct MerchantConfig {
    mchid: String,
    serial_no: String,
    keys: KeyRing,
    sealing_key: Option<String>,
    certificate: Option<MerchantCertificate>,
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    private_key: Option<PrivateKey>,
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    keys_elsewhere: bool,
    hosts: Hosts,
}

impl MerchantConfig {
    /// The merchant number and the serial number of its API certificate (商户API证书), upper-case hex as the merchant platform shows it.
    pub fn new(mchid: impl Into<String>, serial_no: impl Into<String>) -> Self {
        Self {
            mchid: mchid.into(),
            serial_no: serial_no.into(),
            keys: KeyRing::default(),
            sealing_key: None,
            certificate: None,
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            private_key: None,
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            keys_elsewhere: false,
            hosts: Hosts::of(System::Pay),
        }
    }

    /// The WeChat Pay public keys and platform certificates that answers are verified with.
    #[must_use]
    pub fn keys(mut self, keys: KeyRing) -> Self {
        self.keys = keys;
        self
    }

    /// The private key of the API certificate, where it lives in this process. Without it signatures come from outside.
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    #[must_use]
    pub fn private_key(mut self, key: PrivateKey) -> Self {
        self.private_key = Some(key);
        self
    }

    /// The API certificate itself: serial number and private key are then checked against it.
    #[must_use]
    pub fn certificate(mut self, certificate: MerchantCertificate) -> Self {
        self.certificate = Some(certificate);
        self
    }

    /// Pins the key that seals, by its id; else the ring's policy chooses.
    #[must_use]
    pub fn sealing_key(mut self, id: impl Into<String>) -> Self {
        self.sealing_key = Some(id.into());
        self
    }

    /// Lets a flow's public key operations (verifying, sealing) surface as needs too: every key operation is then done elsewhere,
    /// as it always is without a crypto feature.
    #[must_use]
    pub fn keys_elsewhere(self) -> Self {
        Self {
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            keys_elsewhere: true,
            ..self
        }
    }

    /// Other hosts than the official ones.
    #[must_use]
    pub fn hosts(mut self, hosts: Hosts) -> Self {
        self.hosts = hosts;
        self
    }

    fn identity(self, kind: CallerKind) -> Result<Identity> {
        let identity = Identity {
            kind,
            mchid: configured("mchid", &self.mchid, 32)?,
            serial_no: configured("serial_no", &self.serial_no, 64)?,
            sub_mchid: None,
            appid: String::new(),
            secret: None,
            access_token: None,
            keys: self.keys,
            sealing_key: self.sealing_key,
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            private_key: self.private_key,
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            keys_elsewhere: self.keys_elsewhere,
            hosts: self.hosts,
        };
        if let Some(certificate) =
            self.certificate.as_ref().filter(|certificate| !certificate.has_serial(&identity.serial_no))
        {
            let message = format!("the certificate has serial number {}", certificate.serial_no());
            return Err(Error::new(Code::KeyMismatch, message).at("serial_no"));
        }
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        if let (Some(certificate), Some(key)) = (&self.certificate, &identity.private_key) {
            key.belongs_to(certificate)?;
        }
        Ok(identity)
    }
}

/// A merchant that signs for itself (普通商户).
#[derive(Clone, Debug)]
pub struct Direct(pub(crate) Arc<Identity>);

impl Direct {
    /// # Errors
    /// `input.config` for a malformed number, `key.mismatch` when certificate, serial and key do not belong together.
    pub fn new(config: MerchantConfig) -> Result<Self> {
        config.identity(CallerKind::Direct).map(Arc::new).map(Self)
    }
}

/// A service provider (服务商).
#[derive(Clone, Debug)]
pub struct Partner(pub(crate) Arc<Identity>);

impl Partner {
    /// # Errors
    /// `input.config` for a malformed number, `key.mismatch` when certificate, serial and key do not belong together.
    pub fn new(config: MerchantConfig) -> Result<Self> {
        config.identity(CallerKind::Partner).map(Arc::new).map(Self)
    }

    /// The calls made on a sub-merchant's behalf; core puts its number wherever the call wants it.
    ///
    /// # Errors
    /// `input.config` for a malformed number.
    pub fn sub_merchant(&self, sub_mchid: &str) -> Result<SubMerchant> {
        let mut identity = Identity::clone(&self.0);
        identity.kind = CallerKind::SubMerchant;
        identity.sub_mchid = Some(configured("sub_mchid", sub_mchid, 32)?);
        Ok(SubMerchant(Arc::new(identity)))
    }
}

/// A service provider acting for one sub-merchant (特约商户).
#[derive(Clone, Debug)]
pub struct SubMerchant(pub(crate) Arc<Identity>);

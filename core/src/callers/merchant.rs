//! The callers of WeChat Pay: direct merchants, service providers, and their sub-merchants.

use super::hosts::Hosts;
use super::identity::{Identity, check};
use crate::catalogue::CallerKind;
use crate::error::{Code, Error, Result};
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
use crate::keys::PrivateKey;
use crate::keys::{KeyRing, MerchantCertificate};
use std::sync::Arc;

/// What identifies a merchant to the gateway and the gateway to the merchant.
#[derive(Clone, Debug)]
pub struct MerchantConfig {
    identity: Box<Identity>,
    certificate: Option<MerchantCertificate>,
}

impl MerchantConfig {
    /// The merchant number and the serial number of its API certificate (商户API证书), upper-case hex as the merchant platform shows it.
    pub fn new(mchid: impl Into<String>, serial_no: impl Into<String>) -> Self {
        let identity = Identity::new(CallerKind::Direct);
        Self {
            identity: Box::new(Identity { mchid: mchid.into(), serial_no: serial_no.into(), ..identity }),
            certificate: None,
        }
    }

    /// The WeChat Pay public keys and platform certificates that answers are verified with.
    #[must_use]
    pub fn keys(mut self, keys: KeyRing) -> Self {
        self.identity.keys = keys;
        self
    }

    /// The private key of the API certificate, where it lives in this process. Without it signatures come from outside.
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    #[must_use]
    pub fn private_key(mut self, key: PrivateKey) -> Self {
        self.identity.private_key = Some(key);
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
        self.identity.sealing_key = Some(id.into());
        self
    }

    /// Lets a flow's public key operations (verifying, sealing) surface as needs too: every key operation is then done elsewhere,
    /// as it always is without a crypto feature.
    #[must_use]
    #[cfg_attr(not(any(feature = "aws-lc", feature = "rsa")), expect(unused_mut, reason = "so it always is"))]
    pub fn keys_elsewhere(mut self) -> Self {
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        {
            self.identity.keys_elsewhere = true;
        }
        self
    }

    /// Other hosts than the official ones.
    #[must_use]
    pub fn hosts(mut self, hosts: Hosts) -> Self {
        self.identity.hosts = hosts;
        self
    }

    fn identity(mut self, kind: CallerKind) -> Result<Arc<Identity>> {
        let identity = &mut self.identity;
        identity.kind = kind;
        check("mchid", &identity.mchid, 32)?;
        check("serial_no", &identity.serial_no, 64)?;
        let Some(certificate) = &self.certificate else { return Ok(Arc::from(self.identity)) };
        if !certificate.has_serial(&identity.serial_no) {
            let message = format!("the certificate has serial number {}", certificate.serial_no());
            return Err(Error::new(Code::KeyMismatch, message).at("serial_no"));
        }
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        if let Some(key) = &identity.private_key {
            key.belongs_to(certificate)?;
        }
        Ok(Arc::from(self.identity))
    }
}

/// A merchant that signs for itself (普通商户).
#[derive(Clone, Debug)]
pub struct Direct(pub(crate) Arc<Identity>);

impl Direct {
    /// # Errors
    /// `input.config` for a malformed number, `key.mismatch` when certificate, serial and key do not belong together.
    pub fn new(config: MerchantConfig) -> Result<Self> {
        config.identity(CallerKind::Direct).map(Self)
    }
}

/// A service provider (服务商).
#[derive(Clone, Debug)]
pub struct Partner(pub(crate) Arc<Identity>);

impl Partner {
    /// # Errors
    /// `input.config` for a malformed number, `key.mismatch` when certificate, serial and key do not belong together.
    pub fn new(config: MerchantConfig) -> Result<Self> {
        config.identity(CallerKind::Partner).map(Self)
    }

    /// The calls made on a sub-merchant's behalf; core puts its number wherever the call wants it.
    ///
    /// # Errors
    /// `input.config` for a malformed number.
    pub fn sub_merchant(&self, sub_mchid: &str) -> Result<SubMerchant> {
        let mut identity = Identity::clone(&self.0);
        identity.kind = CallerKind::SubMerchant;
        check("sub_mchid", sub_mchid, 32)?;
        identity.sub_mchid = Some(sub_mchid.to_owned());
        Ok(SubMerchant(Arc::new(identity)))
    }
}

/// A service provider acting for one sub-merchant (特约商户).
#[derive(Clone, Debug)]
pub struct SubMerchant(pub(crate) Arc<Identity>);

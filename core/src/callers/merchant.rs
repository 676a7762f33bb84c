//! The callers of WeChat Pay: direct merchants, service providers, and their sub-merchants.

use crate::error::{Code, Error, Result};
use crate::identity::{Hosts, Identity, Merchant, Role, check_id};
#[cfg(feature = "_local-keys")]
use crate::keys::PrivateKey;
use crate::keys::{ApiV3Key, KeyRing, MerchantCertificate, Serial};
use crate::schema::System;
use std::sync::Arc;

/// What identifies a merchant to the gateway and the gateway to the merchant.
#[derive(Clone, Debug)]
pub struct MerchantConfig {
    merchant: Merchant,
    certificate: Option<MerchantCertificate>,
}

impl MerchantConfig {
    /// The merchant number and the serial number of its API certificate (商户API证书), upper-case hex as the merchant platform shows it.
    pub fn new(mchid: impl Into<String>, serial_no: impl Into<String>) -> Self {
        Self {
            merchant: Merchant {
                role: Role::Direct,
                mchid: mchid.into(),
                serial_no: serial_no.into(),
                certificate_end: None,
                keys: KeyRing::new(),
                encryption_key: None,
                #[cfg(feature = "_local-keys")]
                private_key: None,
                #[cfg(feature = "_local-keys")]
                keys_elsewhere: false,
                api_v3_keys: Vec::new(),
                hosts: Hosts::of(System::Pay),
            },
            certificate: None,
        }
    }

    /// The WeChat Pay public keys and platform certificates that answers are verified with.
    #[must_use]
    pub fn keys(mut self, keys: KeyRing) -> Self {
        self.merchant.keys = keys;
        self
    }

    /// The private key of the API certificate, where it lives in this process. Without it signatures come from outside.
    #[cfg(feature = "_local-keys")]
    #[must_use]
    pub fn private_key(mut self, key: PrivateKey) -> Self {
        self.merchant.private_key = Some(key);
        self
    }

    /// The API certificate itself: serial number and private key are then checked against it.
    #[must_use]
    pub fn certificate(mut self, certificate: MerchantCertificate) -> Self {
        self.certificate = Some(certificate);
        self
    }

    /// Pins the key that encrypts, by its id; else the ring's policy chooses.
    #[must_use]
    pub fn encryption_key(mut self, id: impl Into<String>) -> Self {
        self.merchant.encryption_key = Some(id.into());
        self
    }

    /// Adds an `APIv3` key, which callbacks and the list of platform certificates are encrypted with: the one in use first,
    /// then the one it replaced, as long as callbacks from before the change can still come (24 hours).
    #[must_use]
    pub fn api_v3_key(mut self, key: ApiV3Key) -> Self {
        self.merchant.api_v3_keys.push(key);
        self
    }

    /// Lets a flow's public key operations (verifying, encrypting) surface as needs too: every key operation is then done elsewhere,
    /// as it always is without a crypto feature.
    #[must_use]
    #[cfg_attr(not(feature = "_local-keys"), expect(unused_mut, reason = "so it always is"))]
    pub fn keys_elsewhere(mut self) -> Self {
        #[cfg(feature = "_local-keys")]
        {
            self.merchant.keys_elsewhere = true;
        }
        self
    }

    /// Other hosts than the official ones.
    #[must_use]
    pub fn hosts(mut self, hosts: Hosts) -> Self {
        self.merchant.hosts = hosts;
        self
    }

    fn identity(mut self, role: Role) -> Result<Arc<Identity>> {
        self.merchant.role = role;
        check_id("mchid", &self.merchant.mchid, 32)?;
        self.merchant.serial_no = Serial::of_merchant(&self.merchant.serial_no, &self.merchant.mchid)?;
        self.check_ring()?;
        if let Some(certificate) = &self.certificate {
            self.check_certificate(certificate)?;
            self.merchant.certificate_end = Some(certificate.validity().not_after);
        }
        Ok(Arc::new(Identity::Merchant(self.merchant)))
    }

    /// The merchant's own public key looks like WeChat Pay's: `openssl rsa -pubout` makes it.
    fn check_ring(&self) -> Result<()> {
        let own = self.certificate.iter().map(MerchantCertificate::public_key_der);
        #[cfg(feature = "_local-keys")]
        let own = own.chain(self.merchant.private_key.iter().map(PrivateKey::public_key_der));
        let own: Vec<_> = own.collect();
        let mut keys = self.merchant.keys.keys(&self.merchant.mchid);
        match keys.find(|key| own.contains(&key.spki_der())) {
            None => Ok(()),
            Some(key) => {
                let message = "this is the merchant's own public key, WeChat Pay's is needed (pub_key.pem)";
                Err(Error::new(Code::KeyKind, message).at("wechatpay_keys").with("serial", key.id()))
            }
        }
    }

    fn check_certificate(&self, certificate: &MerchantCertificate) -> Result<()> {
        if !certificate.has_serial(&self.merchant.serial_no) {
            let message = format!("the certificate has serial number {}", certificate.serial_no());
            return Err(Error::new(Code::KeyMismatch, message).at("serial_no"));
        }
        if let Some(mchid) = certificate.mchid().filter(|mchid| *mchid != self.merchant.mchid) {
            let message = format!("the certificate belongs to merchant {mchid}, not to {}", self.merchant.mchid);
            return Err(Error::new(Code::KeyMismatch, message).at("certificate"));
        }
        #[cfg(feature = "_local-keys")]
        if let Some(key) = &self.merchant.private_key {
            key.belongs_to(certificate)?;
        }
        Ok(())
    }
}

/// A merchant that signs for itself (普通商户).
#[derive(Clone, Debug)]
pub struct Direct(pub(crate) Arc<Identity>);

impl Direct {
    /// # Errors
    /// `input.config` for a malformed number, `key.mismatch` when certificate, serial and key do not belong together.
    pub fn new(config: MerchantConfig) -> Result<Self> {
        config.identity(Role::Direct).map(Self)
    }
}

/// A service provider (服务商).
#[derive(Clone, Debug)]
pub struct Partner(pub(crate) Arc<Identity>);

impl Partner {
    /// # Errors
    /// `input.config` for a malformed number, `key.mismatch` when certificate, serial and key do not belong together.
    pub fn new(config: MerchantConfig) -> Result<Self> {
        config.identity(Role::Partner).map(Self)
    }

    /// The calls made on a sub-merchant's behalf; core puts its number wherever the call wants it.
    ///
    /// # Errors
    /// `input.config` for a malformed number.
    pub fn sub_merchant(&self, sub_mchid: &str) -> Result<SubMerchant> {
        self.0.sub_merchant(sub_mchid).map(|identity| SubMerchant(Arc::new(identity)))
    }
}

/// A service provider acting for one sub-merchant (特约商户).
#[derive(Clone, Debug)]
pub struct SubMerchant(pub(crate) Arc<Identity>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Serial;

    /// Both certificates of the tests end with 2034.
    const END: i64 = 2_051_222_400;
    const DAY: i64 = 86_400;

    fn merchant() -> (Merchant, String) {
        let platform = include_bytes!("../../../tests/keys/platform-1.cert.pem");
        let ring = KeyRing::new().certificate("1900000001", platform).unwrap();
        let serial = ring.keys("1900000001").next().unwrap().id().to_owned();
        let own = MerchantCertificate::load(include_bytes!("../../../tests/keys/direct.cert.pem")).unwrap();
        let config = MerchantConfig::new("1900000001", own.serial_no()).keys(ring).certificate(own);
        let Identity::Merchant(merchant) = Arc::unwrap_or_clone(config.identity(Role::Direct).unwrap()) else {
            panic!()
        };
        (merchant, serial)
    }

    #[test]
    fn certificates_that_end_are_told_with_the_answers() {
        let (merchant, serial) = merchant();
        let told = |now: i64| -> Vec<_> {
            let warnings = merchant.key_warnings(&serial, now);
            warnings.into_iter().map(|warning| (warning.field, warning.message)).collect()
        };
        assert_eq!(told(END - 31 * DAY), []);
        let soon = told(END - 29 * DAY);
        let [(field, message)] = soon.as_slice() else { panic!("{soon:?}") };
        assert_eq!(field, "certificate");
        assert!(message.contains("ends in 29 days"), "{message}");
        let over = told(END + DAY);
        let [(first, _), (second, message)] = over.as_slice() else { panic!("{over:?}") };
        assert_eq!((first.as_str(), second.as_str()), ("platform_certificates", "certificate"));
        assert!(message.contains("has ended"), "{message}");
    }

    #[test]
    fn of_a_public_key_and_without_a_certificate_nothing_is_told() {
        let (mut merchant, _) = merchant();
        merchant.certificate_end = None;
        let public = Serial::new("PUB_KEY_ID_1");
        assert_eq!(merchant.key_warnings(public.as_str(), END + DAY), []);
    }
}

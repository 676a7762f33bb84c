//! The committed test keys and who they belong to.

use std::collections::BTreeMap;

use rsa::{RsaPrivateKey, RsaPublicKey, pkcs8::DecodePrivateKey};
use serde::{Deserialize, Serialize};

/// Id of the sandbox's WeChat Pay public key.
pub(crate) const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
/// Serial of the older platform certificate.
pub(crate) const PLATFORM_1: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000001";
/// Serial of the platform certificate with the latest start.
pub(crate) const PLATFORM_2: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000002";
/// A serial that belongs to no certificate of the sandbox.
pub(crate) const UNKNOWN_SERIAL: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000099";
/// Sub-merchants that have accepted the provider's invitation.
pub(crate) const SUB_MERCHANTS: [&str; 2] = ["1900000109", "1900000110"];
/// The Official Account of the sandbox.
pub(crate) const APPID: &str = "wx5157f09efdc09600";
/// Its secret.
pub(crate) const APP_SECRET: &str = "test-secret-of-the-sandbox-0001";

/// Signs pushes to the account.
pub(crate) const ACCOUNT_TOKEN: &str = "tokenOfTheSandboxAccount";
/// Encrypts them.
pub(crate) const ACCOUNT_AES_KEY: &str = "encodingAesKeyOfTheSandboxAccount0123456789";
/// The account's own name (`ToUserName`).
pub(crate) const ACCOUNT_NAME: &str = "gh_5157f09efdc0";
/// The third-party platform of the sandbox.
pub(crate) const COMPONENT_APPID: &str = "wx7132d72a03e93cdd";
/// Its secret.
pub(crate) const COMPONENT_SECRET: &str = "component-secret-of-the-sandbox1";
/// Signs pushes to the platform.
pub(crate) const COMPONENT_TOKEN: &str = "tokenOfTheSandboxComponent";
/// Encrypts them.
pub(crate) const COMPONENT_AES_KEY: &str = "encodingAesKeyOfTheSandboxComponent00123456";

const DIRECT_KEY: &str = include_str!("../../keys/direct.key.pem");
const DIRECT_CERTIFICATE: &str = include_str!("../../keys/direct.cert.pem");
const PARTNER_KEY: &str = include_str!("../../keys/partner.key.pem");
const PARTNER_CERTIFICATE: &str = include_str!("../../keys/partner.cert.pem");
const PLATFORM_1_KEY: &str = include_str!("../../keys/platform-1.key.pem");
const PLATFORM_1_CERTIFICATE: &str = include_str!("../../keys/platform-1.cert.pem");
const PLATFORM_2_KEY: &str = include_str!("../../keys/platform-2.key.pem");
const PLATFORM_2_CERTIFICATE: &str = include_str!("../../keys/platform-2.cert.pem");
const WECHATPAY_KEY: &str = include_str!("../../keys/wechatpay.key.pem");
const WECHATPAY_PUBLIC: &str = include_str!("../../keys/wechatpay.pub.pem");
const STRANGER_KEY: &str = include_str!("../../keys/stranger.key.pem");

/// A key that can sign answers and callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Signer {
    #[serde(rename = "platform-1")]
    Platform1,
    #[serde(rename = "platform-2")]
    Platform2,
    #[serde(rename = "public-key")]
    PublicKey,
}

impl Signer {
    /// The id or serial that names it.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Platform1 => PLATFORM_1,
            Self::Platform2 => PLATFORM_2,
            Self::PublicKey => PUBLIC_KEY_ID,
        }
    }
}

/// How a merchant number calls: for itself, or for its sub-merchants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A direct merchant (普通商户).
    Direct,
    /// A service provider (服务商).
    Partner,
}

/// A merchant number known to the gateway.
#[derive(Debug)]
pub(crate) struct Merchant {
    pub(crate) mchid: &'static str,
    pub(crate) role: Role,
    pub(crate) serial: &'static str,
    pub(crate) private_pem: &'static str,
    pub(crate) certificate_pem: &'static str,
    /// Encrypts what the gateway sends of its own accord: callbacks and platform certificates.
    pub(crate) api_v3_key: &'static str,
    /// Key of the merchant API certificate: verifies requests, seals fields of answers.
    pub(crate) public: RsaPublicKey,
}

/// Every key the gateway holds.
#[derive(Debug)]
pub(crate) struct Keys {
    merchants: Vec<Merchant>,
    platform: BTreeMap<&'static str, RsaPrivateKey>,
    stranger: RsaPrivateKey,
}

impl Keys {
    /// Reads the committed keys.
    pub(crate) fn load() -> Result<Self, rsa::pkcs8::Error> {
        let platform = BTreeMap::from([
            (PUBLIC_KEY_ID, RsaPrivateKey::from_pkcs8_pem(WECHATPAY_KEY)?),
            (PLATFORM_1, RsaPrivateKey::from_pkcs8_pem(PLATFORM_1_KEY)?),
            (PLATFORM_2, RsaPrivateKey::from_pkcs8_pem(PLATFORM_2_KEY)?),
        ]);
        Ok(Self { merchants: merchants()?, platform, stranger: RsaPrivateKey::from_pkcs8_pem(STRANGER_KEY)? })
    }

    /// The merchant with this number.
    pub(crate) fn merchant(&self, mchid: &str) -> Option<&Merchant> {
        self.merchants.iter().find(|merchant| merchant.mchid == mchid)
    }

    /// All merchants.
    pub(crate) fn merchants(&self) -> &[Merchant] {
        &self.merchants
    }

    /// The private half of the key named by a public key id or a platform certificate serial.
    pub(crate) fn platform(&self, id: &str) -> Option<&RsaPrivateKey> {
        self.platform.iter().find(|(known, _)| same_serial(known, id)).map(|(_, key)| key)
    }

    /// A key that belongs to nobody the clients know.
    pub(crate) fn stranger(&self) -> &RsaPrivateKey {
        &self.stranger
    }
}

/// Compares serials without case and without leading zero digits, since both spellings are in use.
pub(crate) fn same_serial(left: &str, right: &str) -> bool {
    left.trim_start_matches('0').eq_ignore_ascii_case(right.trim_start_matches('0'))
}

/// The public key clients verify with, by id.
pub(crate) fn public_keys() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([(PUBLIC_KEY_ID, WECHATPAY_PUBLIC)])
}

/// The platform certificates clients verify with, by serial.
pub(crate) fn platform_certificates() -> BTreeMap<&'static str, &'static str> {
    CERTIFICATES.iter().map(|certificate| (certificate.serial, certificate.pem)).collect()
}

/// A platform certificate with the times it holds between.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlatformCertificate {
    pub(crate) serial: &'static str,
    pub(crate) pem: &'static str,
    pub(crate) effective: &'static str,
    pub(crate) expires: &'static str,
}

/// The older and the newer platform certificate.
pub(crate) const CERTIFICATES: [PlatformCertificate; 2] = [
    PlatformCertificate {
        serial: PLATFORM_1,
        pem: PLATFORM_1_CERTIFICATE,
        effective: "2025-01-01T08:00:00+08:00",
        expires: "2035-01-01T08:00:00+08:00",
    },
    PlatformCertificate {
        serial: PLATFORM_2,
        pem: PLATFORM_2_CERTIFICATE,
        effective: "2026-01-01T08:00:00+08:00",
        expires: "2036-01-01T08:00:00+08:00",
    },
];

fn merchants() -> Result<Vec<Merchant>, rsa::pkcs8::Error> {
    Ok(vec![
        Merchant {
            mchid: "1900000001",
            role: Role::Direct,
            serial: "5157F09EFDC096DE15EBE81A47057A7200000001",
            private_pem: DIRECT_KEY,
            certificate_pem: DIRECT_CERTIFICATE,
            api_v3_key: "test-api-v3-key-of-the-direct-01",
            public: RsaPrivateKey::from_pkcs8_pem(DIRECT_KEY)?.to_public_key(),
        },
        Merchant {
            mchid: "1900000100",
            role: Role::Partner,
            serial: "5157F09EFDC096DE15EBE81A47057A7200000100",
            private_pem: PARTNER_KEY,
            certificate_pem: PARTNER_CERTIFICATE,
            api_v3_key: "test-api-v3-key-of-the-partner-1",
            public: RsaPrivateKey::from_pkcs8_pem(PARTNER_KEY)?.to_public_key(),
        },
    ])
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    #[test]
    fn certificates_hold_between_the_times_that_are_told() {
        for certificate in CERTIFICATES {
            let text: String = certificate.pem.lines().filter(|line| !line.starts_with("-----")).collect();
            let der = STANDARD.decode(text).unwrap();
            for time in [certificate.effective, certificate.expires] {
                let utc = format!("{}0101000000Z", &time[2..4]);
                assert!(der.windows(utc.len()).any(|window| window == utc.as_bytes()), "{} {time}", certificate.serial);
            }
        }
    }

    #[test]
    fn keys_of_the_gateway_s_own_messages_have_32_bytes() {
        assert!(Keys::load().unwrap().merchants().iter().all(|merchant| merchant.api_v3_key.len() == 32));
    }
}

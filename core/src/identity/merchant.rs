//! A merchant number with its keys.

use super::Hosts;
use crate::codec::Warning;
use crate::error::Result;
#[cfg(feature = "_local-keys")]
use crate::keys::PrivateKey;
use crate::keys::{ApiV3Key, KeyRing, WechatPayKey};
use crate::schema::{CallerKind, FilledBy};

/// What identifies a merchant to the gateway and the gateway to the merchant.
#[derive(Clone, Debug)]
pub(crate) struct Merchant {
    pub(crate) role: Role,
    pub(crate) mchid: String,
    /// Serial number of the API certificate.
    pub(crate) serial_no: String,
    /// The last second of the API certificate, where the certificate itself is here.
    pub(crate) certificate_end: Option<i64>,
    pub(crate) keys: KeyRing,
    /// Id of the key that encrypts, where the caller pins one.
    pub(crate) encryption_key: Option<String>,
    #[cfg(feature = "_local-keys")]
    pub(crate) private_key: Option<PrivateKey>,
    /// Whether verifying and encrypting are left to the host, as signing and decrypting are without a private key. Without a back
    /// end everything is.
    #[cfg(feature = "_local-keys")]
    pub(crate) keys_elsewhere: bool,
    /// What callbacks and certificates are encrypted with: the key in use first, then those it replaced.
    pub(crate) api_v3_keys: Vec<ApiV3Key>,
    pub(crate) hosts: Hosts,
}

/// For whom a merchant number acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A merchant for itself.
    Direct,
    /// A service provider for itself.
    Partner,
    /// A service provider for the sub-merchant with this number.
    SubMerchant(String),
}

impl Role {
    pub(crate) fn kind(&self) -> CallerKind {
        match self {
            Role::Direct => CallerKind::Direct,
            Role::Partner => CallerKind::Partner,
            Role::SubMerchant(_) => CallerKind::SubMerchant,
        }
    }
}

/// How long before the end of a certificate the warning of it starts, seconds: our own judgement.
const WARNED_BEFORE: i64 = 30 * 86_400;

impl Merchant {
    /// What is to be said of the keys of an answer that this key of WeChat Pay signed, at this time (Unix seconds).
    pub(crate) fn key_warnings(&self, serial: &str, now: i64) -> Vec<Warning> {
        let signed_by = self.wechatpay_key(serial).ok().and_then(WechatPayKey::validity);
        let over = signed_by.filter(|validity| validity.not_after < now).map(|_| Warning {
            field: "platform_certificates".to_owned(),
            message:
                "the answer is signed with a platform certificate that has ended: load those of `certificates`, or \
                the public key"
                    .to_owned(),
        });
        let left = self.certificate_end.map(|end| end.saturating_sub(now)).filter(|left| *left < WARNED_BEFORE);
        let ends = left.map(|left| Warning {
            field: "certificate".to_owned(),
            message: match left {
                ..0 => "the API certificate has ended: put another one into use in the merchant platform".to_owned(),
                _ => format!(
                    "the API certificate ends in {} days: put another one into use in the merchant platform",
                    left / 86_400
                ),
            },
        });
        over.into_iter().chain(ends).collect()
    }

    /// The key that encrypts at this time (Unix seconds).
    pub(crate) fn encryption_key(&self, now: i64) -> Result<&WechatPayKey> {
        self.keys.encryption_key(&self.mchid, now, self.encryption_key.as_deref())
    }

    /// The key of WeChat Pay with that id.
    pub(crate) fn wechatpay_key(&self, serial: &str) -> Result<&WechatPayKey> {
        self.keys.find(&self.mchid, serial)
    }

    /// Whether this key of WeChat Pay is loaded for this merchant.
    pub(crate) fn has_wechatpay_key(&self, key: &WechatPayKey) -> bool {
        self.wechatpay_key(key.id()).is_ok_and(|own| own.spki_der() == key.spki_der())
    }

    /// Whether verifying and encrypting are left to the host.
    #[cfg_attr(not(feature = "_local-keys"), expect(clippy::unused_self, reason = "so it always is"))]
    pub(crate) fn has_keys_elsewhere(&self) -> bool {
        #[cfg(feature = "_local-keys")]
        return self.keys_elsewhere;
        #[cfg(not(feature = "_local-keys"))]
        true
    }

    pub(super) fn supply(&self, source: FilledBy) -> Option<String> {
        match (source, &self.role) {
            (FilledBy::Mchid, _) => Some(self.mchid.clone()),
            (FilledBy::SubMchid, Role::SubMerchant(number)) => Some(number.clone()),
            _ => None,
        }
    }
}

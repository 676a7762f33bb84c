//! Makes a caller from a configuration object, so that every language has the same names, defaults and checks.

use super::caller::Caller;
use super::entries::{Entries, wrong};
use crate::callers::{Account, Component, Direct, Hosts, MerchantConfig, Partner};
use crate::error::{Code, Error, Result};
use crate::json::Raw;
#[cfg(feature = "_local-keys")]
use crate::keys::PrivateKey;
use crate::keys::{ApiV3Key, KeyRing, MerchantCertificate};
use crate::schema::System;

/// The names a configuration may have.
const NAMES: [&str; 15] = [
    "kind",
    "mchid",
    "serial_no",
    "certificate",
    "wechatpay_keys",
    "platform_certificates",
    "encryption_key",
    "api_v3_key",
    "keys_elsewhere",
    "appid",
    "secret",
    "access_token",
    "verify_ticket",
    "hosts",
    "allow_downloads",
];

impl Caller {
    /// Makes a caller from one JSON object, and the private key beside it where it lives in this process.
    ///
    /// | Name | Holds |
    /// |---|---|
    /// | `kind` | `direct`, `partner`, `account` or `component`; a sub-merchant comes of its provider, an authorizer of its platform |
    /// | `mchid`, `serial_no` | the merchant number and the serial number of its API certificate |
    /// | `certificate` | the API certificate, to check key and serial number against |
    /// | `wechatpay_keys` | WeChat Pay public keys by id |
    /// | `platform_certificates` | a list of platform certificates |
    /// | `encryption_key` | the id of the key that encrypts, where it is pinned |
    /// | `api_v3_key` | the `APIv3` key callbacks are encrypted with; while it is changed, a list: the one in use first |
    /// | `keys_elsewhere` | whether verifying and encrypting surface as needs |
    /// | `appid`, `secret`, `access_token` | of an `account` or `component` |
    /// | `verify_ticket` | of a `component` that keeps its ticket itself |
    /// | `hosts` | `{"main": url, "backup": url}` in place of the official ones |
    /// | `allow_downloads` | a list of further host suffixes that files may come from |
    ///
    /// # Errors
    /// `input.config` naming the entry at fault, `key.*` for keys.
    pub fn open(config: &str, #[cfg(feature = "_local-keys")] private_key: Option<&[u8]>) -> Result<Self> {
        let entries = Entries::parse(config, &NAMES)?;
        let kind = entries.text("kind")?.unwrap_or_default();
        let system = if kind == "account" || kind == "component" { System::Account } else { System::Pay };
        let hosts = entries.hosts(system)?;
        if system == System::Account {
            return if kind == "component" { entries.component(hosts) } else { entries.account(hosts) };
        }
        let config = entries.merchant(hosts)?;
        #[cfg(feature = "_local-keys")]
        let config = match private_key {
            Some(key) => config.private_key(PrivateKey::load(key)?),
            None => config,
        };
        match kind.as_str() {
            "direct" => Direct::new(config).map(|caller| Caller::from(&caller)),
            "partner" => Partner::new(config).map(|caller| Caller::from(&caller)),
            _ => Err(wrong("kind", "must be direct, partner, account or component")),
        }
    }
}

impl Entries<'_> {
    fn hosts(&self, system: System) -> Result<Hosts> {
        let mut hosts = Hosts::of(system);
        if let Some(raw) = self.value("hosts") {
            let object = raw.object().ok_or_else(|| wrong("hosts", "must be an object"))?;
            let url = |name: &str| object.value(name).and_then(Raw::owned_text);
            let main = url("main").ok_or_else(|| wrong("hosts.main", "is missing"))?;
            hosts = hosts.at(&main, &url("backup").unwrap_or_else(|| main.clone()))?;
        }
        self.texts("allow_downloads")?.iter().try_fold(hosts, |hosts, suffix| hosts.allow_download(suffix))
    }

    fn merchant(&self, hosts: Hosts) -> Result<MerchantConfig> {
        let mchid = self.required("mchid")?;
        let serial_no = self.required("serial_no")?;
        let ring = self.ring(&mchid)?;
        let api_v3_keys = self.one_or_more("api_v3_key")?;
        if ring.keys(&mchid).next().is_none() && api_v3_keys.is_empty() {
            let message = "no key of WeChat Pay is here: give wechatpay_keys or platform_certificates, or api_v3_key to fetch the latter";
            return Err(Error::new(Code::KeyMissing, message).at("wechatpay_keys"));
        }
        let mut config = MerchantConfig::new(&mchid, serial_no).keys(ring).hosts(hosts);
        if let Some(id) = self.text("encryption_key")? {
            config = config.encryption_key(id);
        }
        if let Some(certificate) = self.text("certificate")? {
            config = config.certificate(MerchantCertificate::load(certificate.as_bytes())?);
        }
        for key in api_v3_keys {
            let key = ApiV3Key::new(key.as_bytes()).map_err(|error| error.at("api_v3_key"))?;
            config = config.api_v3_key(key);
        }
        match self.value("keys_elsewhere").map(Raw::get) {
            None | Some("false") => Ok(config),
            Some("true") => Ok(config.keys_elsewhere()),
            Some(_) => Err(wrong("keys_elsewhere", "must be true or false")),
        }
    }

    fn ring(&self, mchid: &str) -> Result<KeyRing> {
        let mut ring = KeyRing::new();
        if let Some(raw) = self.value("wechatpay_keys") {
            let keys = raw.object().ok_or_else(|| {
                wrong(
                    "wechatpay_keys",
                    "must be an object of public keys by id; certificates belong into `platform_certificates`",
                )
            })?;
            for (id, raw) in keys.members() {
                let key = raw.text().ok_or_else(|| wrong("wechatpay_keys", "must hold strings"))?;
                ring = ring
                    .public_key(mchid, id, key.as_bytes())
                    .map_err(|error| error.at(format!("wechatpay_keys.{id}")))?;
            }
        }
        for certificate in self.texts("platform_certificates")? {
            ring = ring.certificate(mchid, certificate.as_bytes())?;
        }
        Ok(ring)
    }

    fn component(&self, hosts: Hosts) -> Result<Caller> {
        let secret = self.secret("secret")?.ok_or_else(|| wrong("secret", "is missing"))?;
        let mut component = Component::new(&self.required("appid")?, secret)?.with_hosts(hosts);
        if let Some(ticket) = self.secret("verify_ticket")? {
            component = component.with_verify_ticket(ticket);
        }
        if let Some(token) = self.secret("access_token")? {
            component = component.with_access_token(token);
        }
        Ok(Caller::from(&component))
    }

    fn account(&self, hosts: Hosts) -> Result<Caller> {
        let mut account = Account::new(&self.required("appid")?)?.with_hosts(hosts);
        if let Some(secret) = self.secret("secret")? {
            account = account.with_secret(secret);
        }
        if let Some(token) = self.secret("access_token")? {
            account = account.with_access_token(token);
        }
        Ok(Caller::from(&account))
    }
}

#[cfg(all(test, feature = "_local-keys"))]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_entry_is_named_and_the_nearest_one_offered() {
        let open = |config: &str| Caller::open(config, None).unwrap_err();
        let error = open(r#"{"kind":"direct","mch_id":"1"}"#);
        assert_eq!((error.code(), error.field()), (Code::InputConfig, Some("mch_id")));
        assert!(error.message().contains("did you mean `mchid`?"));
        assert_eq!(open(r#"{"kind":"direct"}"#).field(), Some("mchid"));
        let unknown = serde_json::json!({"kind": "x", "mchid": "1", "serial_no": "2", "wechatpay_keys": keys()});
        assert_eq!(open(&unknown.to_string()).field(), Some("kind"));
        assert_eq!(open(r#"{"kind":"account","appid":"wx1","allow_downloads":"a"}"#).field(), Some("allow_downloads"));
    }

    #[test]
    fn what_was_copied_along_with_a_secret_is_named() {
        for (token, word) in
            [("", "empty"), ("a\n", "line end"), ("\"a\"", "quotes"), ("{\"access_token\":\"a\"}", "JSON")]
        {
            let config = serde_json::json!({"kind": "account", "appid": "wx1", "access_token": token}).to_string();
            let error = Caller::open(&config, None).unwrap_err();
            assert!(error.message().contains(word) && error.field() == Some("access_token"), "{token}: {error}");
        }
    }

    #[test]
    fn each_kind_of_caller_opens() {
        for config in [
            serde_json::json!({"kind": "direct", "mchid": "1", "serial_no": "2", "wechatpay_keys": keys()}),
            serde_json::json!({"kind": "partner", "mchid": "1", "serial_no": "2", "wechatpay_keys": keys(), "encryption_key": null}),
            serde_json::json!({"kind": "account", "appid": "wx1", "secret": "s", "hosts": {"main": "http://127.0.0.1:1"}}),
        ] {
            assert!(Caller::open(&config.to_string(), None).is_ok(), "{config}");
        }
    }

    #[test]
    fn without_any_key_of_wechat_pay_nothing_opens() {
        for keys in ["", r#","wechatpay_keys":{}"#, r#","platform_certificates":[]"#, r#","wechatpay_keys":null"#] {
            let config = format!(r#"{{"kind":"direct","mchid":"1","serial_no":"2"{keys}}}"#);
            let error = Caller::open(&config, None).unwrap_err();
            assert_eq!((error.code(), error.field()), (Code::KeyMissing, Some("wechatpay_keys")), "{config}");
        }
    }

    fn keys() -> serde_json::Value {
        let key = include_str!("../../../tests/keys/wechatpay.pub.pem");
        serde_json::json!({ "PUB_KEY_ID_0119000001002026112200000000001": key })
    }
}

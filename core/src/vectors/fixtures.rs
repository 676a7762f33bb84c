//! What the vectors name by a word: keys, callers, moments, responses.

use super::root;
use crate::callers::{Direct, MerchantConfig, Partner};
use crate::error::{Error, Result};
use crate::ffi::Caller;
use crate::keys::{KeyRing, MerchantCertificate};
use crate::moment::Moment;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue, Response};
use serde_json::{Value, json};

const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";

/// A file of `tests/keys`.
pub(super) fn key_file(name: &str) -> String {
    std::fs::read_to_string(root().join("keys").join(name)).unwrap()
}

#[cfg(feature = "_local-keys")]
pub(super) fn private_key(stem: &str) -> crate::keys::PrivateKey {
    crate::keys::PrivateKey::load(key_file(&format!("{stem}.key.pem")).as_bytes()).unwrap()
}

/// What `Wechatpay-Serial` says for a key of WeChat Pay.
pub(super) fn key_id(stem: &str) -> String {
    if stem == "wechatpay" {
        return PUBLIC_KEY_ID.to_owned();
    }
    let certificate = MerchantCertificate::load(key_file(&format!("{stem}.cert.pem")).as_bytes()).unwrap();
    certificate.serial_no().to_owned()
}

pub(super) fn ring(mchid: &str, stems: &Value) -> KeyRing {
    texts(stems).fold(KeyRing::new(), |ring, stem| match stem {
        "wechatpay" => ring.public_key(mchid, PUBLIC_KEY_ID, key_file("wechatpay.pub.pem").as_bytes()).unwrap(),
        _ => ring.certificate(mchid, key_file(&format!("{stem}.cert.pem")).as_bytes()).unwrap(),
    })
}

/// A caller, configured as in every language.
pub(super) fn caller(caller: &Value) -> Caller {
    let sub_mchid = caller["sub_mchid"].as_str();
    let mut config = json!({ "kind": if sub_mchid.is_some() { "partner".into() } else { caller["kind"].clone() } });
    for name in ["mchid", "serial_no", "secret", "access_token", "verify_ticket"] {
        config[name] = caller[name].clone();
    }
    if caller["kind"] == "account" || caller["kind"] == "component" {
        config["appid"] = caller.get("appid").cloned().unwrap_or_else(|| "wx0".into());
        return open(&config, None);
    }
    let (public, certificates): (Vec<_>, Vec<_>) = texts(&caller["ring"]).partition(|stem| *stem == "wechatpay");
    if public.is_empty() && certificates.is_empty() && caller["api_v3_key"].is_null() {
        return keyless(caller);
    }
    if !public.is_empty() {
        config["wechatpay_keys"] = json!({ PUBLIC_KEY_ID: key_file("wechatpay.pub.pem") });
    }
    config["platform_certificates"] = certificates.iter().map(|stem| key_file(&format!("{stem}.cert.pem"))).collect();
    config["api_v3_key"] = caller["api_v3_key"].clone();
    config["encryption_key"] = caller["pinned"].as_str().map(key_id).into();
    let made = open(&config, caller["key"].as_str());
    sub_mchid.map_or_else(|| made.clone(), |number| made.sub_merchant(number).unwrap())
}

/// A caller without any key of WeChat Pay: no configuration makes one.
fn keyless(caller: &Value) -> Caller {
    let text = |name: &str| caller[name].as_str().unwrap();
    let config = MerchantConfig::new(text("mchid"), text("serial_no"));
    #[cfg(feature = "_local-keys")]
    let config = config.private_key(private_key(text("key")));
    if caller["kind"] == "direct" {
        return Caller::from(&Direct::new(config).unwrap());
    }
    Caller::from(&Partner::new(config).unwrap().sub_merchant(text("sub_mchid")).unwrap())
}

#[cfg(feature = "_local-keys")]
fn open(config: &Value, key: Option<&str>) -> Caller {
    let key = key.map(|stem| key_file(&format!("{stem}.key.pem")));
    Caller::open(&config.to_string(), key.as_deref().map(str::as_bytes)).unwrap()
}

#[cfg(not(feature = "_local-keys"))]
fn open(config: &Value, _: Option<&str>) -> Caller {
    Caller::open(&config.to_string()).unwrap()
}

pub(super) fn moment(given: &Value) -> Moment {
    let entropy = hex(given["entropy"].as_str().unwrap()).try_into().unwrap();
    Moment::new(given["now"].as_i64().unwrap_or_default(), entropy).unwrap()
}

/// A response of `status`, `headers` and a body; an error where no HTTP library would hand such headers on.
pub(super) fn response(given: &Value) -> std::result::Result<Response<Vec<u8>>, http::Error> {
    let mut response = Response::builder().status(u16::try_from(given["status"].as_u64().unwrap()).unwrap());
    for pair in given["headers"].as_array().into_iter().flatten() {
        let name = HeaderName::try_from(pair[0].as_str().unwrap())?;
        response = response.header(name, HeaderValue::from_bytes(pair[1].as_str().unwrap().as_bytes())?);
    }
    response.body(bytes(given, "body").unwrap_or_default())
}

/// Bytes as text under a plain name, or as Base64 under the name with `_base64`.
pub(super) fn bytes(given: &Value, name: &str) -> Option<Vec<u8>> {
    let text = given[name].as_str().map(|text| text.as_bytes().to_vec());
    text.or_else(|| given[format!("{name}_base64")].as_str().map(|text| STANDARD.decode(text).unwrap()))
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The strings of a list.
pub(super) fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap())
}

/// The pairs of a query.
pub(super) fn pairs(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.as_array().into_iter().flatten().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

/// A text by its name; empty where there is none.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

pub(super) fn utf8(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| Error::new(crate::error::Code::OpenFailed, "not UTF-8"))
}

fn hex(text: &str) -> Vec<u8> {
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    text.as_bytes().chunks(2).map(byte).collect()
}

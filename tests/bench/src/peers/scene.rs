//! What every contestant works with: one merchant's keys, one request, one answer.

use crate::fixture::{
    GATEWAY_KEY, GATEWAY_KEY_ID, GATEWAY_PUBLIC_KEY, MERCHANT_KEY, ORDER, Shop, answer_at, files_body, moment,
};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::MerchantCertificate;
use fapiao::pay::FapiaoFiles;
use serde_json::{Map, Value, json};

pub(crate) const MCHID: &str = "1900000100";
const SERIAL_NO: &str = "5157F09EFDC096DE15EBE81A47057A7200000100";
const CERTIFICATE: &[u8] = include_bytes!("../../../keys/partner.cert.pem");
/// Bytes of the answer that is read.
const ANSWER: usize = 700;

/// The setup of a program that is the merchant.
pub(super) fn merchant() -> Result<Value> {
    let shop = Shop::open(MCHID)?;
    let pending = shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?;
    let request = pending.sign_with(&shop.key)?;
    let target = request.uri().path_and_query().context("the request has no target")?.as_str();
    Ok(json!({
        "mchid": MCHID,
        "serial_no": SERIAL_NO,
        "private_key": text(MERCHANT_KEY)?,
        "certificate": text(CERTIFICATE)?,
        "key_id": GATEWAY_KEY_ID,
        "public_key": text(GATEWAY_PUBLIC_KEY)?,
        "sub_mchid": "1900000109",
        "order": ORDER,
        "host": "https://api.mch.weixin.qq.com",
        "target": target,
        "bare_message": text(pending.message()?)?,
        "answer": answer()?,
    }))
}

/// The setup of a program that is the gateway: it signs with the gateway's key, and knows the merchant's public key.
pub(crate) fn gateway() -> Result<Value> {
    let mut setup = merchant()?;
    let members = setup.as_object_mut().context("the setup is an object")?;
    members.insert("private_key".to_owned(), text(GATEWAY_KEY)?.into());
    members.insert("public_key".to_owned(), merchant_public_key()?.into());
    Ok(setup)
}

/// An answer signed now, as the gateway signs. Contestants look at their clocks, so it is made afresh for every group.
pub(super) fn answer() -> Result<Value> {
    let response = answer_at(fapiao_test_support::client::moment()?.now(), files_body())?;
    ensure!(response.body().len() == ANSWER, "the answer must have {ANSWER} bytes");
    let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| -> Result<(String, Value)> {
        Ok((documented(name.as_str()), value.to_str()?.into()))
    };
    let headers: Map<String, Value> = response.headers().iter().map(header).collect::<Result<_>>()?;
    Ok(json!({ "status": response.status().as_u16(), "headers": headers, "body": text(response.body())? }))
}

/// Whether a request's header is what the gateway accepts: a signature over exactly that request.
pub(super) fn check_authorization(authorization: &str, setup: &Value) -> Result<()> {
    let (scheme, parts) = authorization.split_once(' ').context("there is no scheme")?;
    ensure!(scheme == "WECHATPAY2-SHA256-RSA2048", "the scheme is {scheme}");
    let part = |name: &str| {
        let value = parts.split(',').find_map(|part| part.trim().strip_prefix(&format!("{name}=\"")));
        value.and_then(|value| value.strip_suffix('"')).with_context(|| format!("there is no {name}"))
    };
    ensure!(part("mchid")? == MCHID && part("serial_no")? == SERIAL_NO, "it is another merchant's");
    let target = setup.get("target").and_then(Value::as_str).unwrap_or_default();
    let message = format!("GET\n{target}\n{}\n{}\n\n", part("timestamp")?, part("nonce_str")?);
    let ring = fapiao::KeyRing::new().public_key(MCHID, GATEWAY_KEY_ID, merchant_public_key()?.as_bytes())?;
    let signature = STANDARD.decode(part("signature")?)?;
    ensure!(ring.find(MCHID, GATEWAY_KEY_ID)?.verify(message.as_bytes(), &signature), "its signature is wrong");
    Ok(())
}

fn merchant_public_key() -> Result<String> {
    let base64 = STANDARD.encode(MerchantCertificate::load(CERTIFICATE)?.public_key_der());
    let lines: Vec<_> = base64.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    Ok(format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n")))
}

/// A header's name as the documents write it; one of the SDKs takes no other.
fn documented(name: &str) -> String {
    let upper = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split('-').map(upper).collect::<Vec<_>>().join("-")
}

fn text(bytes: &[u8]) -> Result<&str> {
    Ok(std::str::from_utf8(bytes)?)
}

//! `GET /v3/certificates`: the platform certificates, encrypted under the merchant's `APIv3` key.

use serde_json::{Value, json};

use super::{Callers, Content, PayCall, PayRoute, Serial, aead::Sealed, error::PayError};
use crate::{
    exchange::Answer,
    keys::{CERTIFICATES, PlatformCertificate},
    route::{Door, Route},
    schema::one_of,
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/certificates",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[one_of("algorithm_type", &["RSA", "SM2", "ALL"])],
        content: Content::Nothing,
        handle,
    }),
};

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let offered = call.sandbox.settings().certificates.offered();
    let wants_rsa = call.parameters.get("algorithm_type").is_none_or(|kind| kind != "SM2");
    let active = CERTIFICATES.iter().filter(|certificate| wants_rsa && offered.contains(&certificate.serial));
    let data: Vec<_> = active.map(|certificate| entry(certificate, call.merchant.api_v3_key)).collect();
    if data.is_empty() {
        return Err(PayError::not_exists("无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥"));
    }
    Ok(Answer::json(200, &json!({"data": data})))
}

fn entry(certificate: &PlatformCertificate, key: &str) -> Value {
    json!({
        "serial_no": certificate.serial,
        "effective_time": certificate.effective,
        "expire_time": certificate.expires,
        "encrypt_certificate": Sealed::new(key, "certificate", certificate.pem.as_bytes()).view(),
    })
}

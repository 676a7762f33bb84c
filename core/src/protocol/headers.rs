//! The header names of both systems, spelled once.

use http::HeaderName;

/// Which key signed or sealed.
pub(crate) const SERIAL: HeaderName = HeaderName::from_static("wechatpay-serial");
/// Unix seconds of an answer.
pub(crate) const TIMESTAMP: HeaderName = HeaderName::from_static("wechatpay-timestamp");
/// Nonce of an answer.
pub(crate) const NONCE: HeaderName = HeaderName::from_static("wechatpay-nonce");
/// Signature of an answer, Base64.
pub(crate) const SIGNATURE: HeaderName = HeaderName::from_static("wechatpay-signature");
/// Signature algorithm of an answer; optional.
pub(crate) const SIGNATURE_TYPE: HeaderName = HeaderName::from_static("wechatpay-signature-type");
/// Id of one exchange; its tail is the gateway's internal error code.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
/// SM3 of a downloaded file, hex.
pub(crate) const SM3_DIGEST: HeaderName = HeaderName::from_static("sm3-digest");

/// The one signature algorithm: scheme of the Authorization header and value of the signature type.
pub(crate) const ALGORITHM: &str = "WECHATPAY2-SHA256-RSA2048";
/// Signatures that are wrong on purpose start so.
pub(crate) const PROBE: &str = "WECHATPAY/SIGNTEST/";
/// What every JSON call accepts.
pub(crate) const JSON: &str = "application/json";
/// This library, as it names itself.
pub(crate) const USER_AGENT: &str = concat!("fapiao/", env!("CARGO_PKG_VERSION"));

/// A header's display name, as the documents write it.
pub(crate) fn shown(name: &HeaderName) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.as_str().split('-').map(capital).collect::<Vec<_>>().join("-")
}

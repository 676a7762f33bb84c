//! The header names of both systems, spelled once.

use http::HeaderName;

/// A header's name, as text and as HTTP libraries have it.
pub(crate) struct Header {
    /// Lower case.
    pub(crate) text: &'static str,
    pub(crate) name: HeaderName,
}

impl Header {
    const fn new(text: &'static str) -> Self {
        Self { text, name: HeaderName::from_static(text) }
    }

    /// The name as the documents write it.
    pub(crate) fn shown(&self) -> String {
        let mut starts = true;
        let capital = |character: char| {
            let shown = if starts { character.to_ascii_uppercase() } else { character };
            starts = character == '-';
            shown
        };
        self.text.chars().map(capital).collect()
    }
}

pub(crate) static ACCEPT: Header = Header::new("accept");
pub(crate) static AUTHORIZATION: Header = Header::new("authorization");
pub(crate) static CONTENT_DISPOSITION: Header = Header::new("content-disposition");
pub(crate) static CONTENT_ENCODING: Header = Header::new("content-encoding");
pub(crate) static CONTENT_TYPE: Header = Header::new("content-type");
/// Who answered, in its own words.
pub(crate) static SERVER: Header = Header::new("server");
pub(crate) static USER_AGENT: Header = Header::new("user-agent");
/// Which key signed or encrypted.
pub(crate) static SERIAL: Header = Header::new("wechatpay-serial");
/// Unix seconds of an answer.
pub(crate) static TIMESTAMP: Header = Header::new("wechatpay-timestamp");
/// Nonce of an answer.
pub(crate) static NONCE: Header = Header::new("wechatpay-nonce");
/// Signature of an answer, Base64.
pub(crate) static SIGNATURE: Header = Header::new("wechatpay-signature");
/// Signature algorithm of an answer; optional.
pub(crate) static SIGNATURE_TYPE: Header = Header::new("wechatpay-signature-type");
/// Id of one exchange; its tail is the gateway's internal error code.
pub(crate) static REQUEST_ID: Header = Header::new("request-id");
/// SM3 of a downloaded file, hex.
pub(crate) static SM3_DIGEST: Header = Header::new("sm3-digest");

/// Every header of an answer that is read.
pub(crate) static READ: [&Header; 11] = [
    &SERIAL,
    &TIMESTAMP,
    &NONCE,
    &SIGNATURE,
    &SIGNATURE_TYPE,
    &REQUEST_ID,
    &SM3_DIGEST,
    &CONTENT_TYPE,
    &CONTENT_ENCODING,
    &SERVER,
    &CONTENT_DISPOSITION,
];
/// The one signature algorithm: scheme of the Authorization header and value of the signature type.
pub(crate) const ALGORITHM: &str = "WECHATPAY2-SHA256-RSA2048";
/// Signatures that are wrong on purpose start so.
pub(crate) const PROBE: &str = "WECHATPAY/SIGNTEST/";
/// What every JSON call accepts.
pub(crate) const JSON: &str = "application/json";
/// This library, as it names itself.
pub(crate) const AGENT: &str = concat!("fapiao/", env!("CARGO_PKG_VERSION"));

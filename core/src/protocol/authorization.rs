//! The Authorization header. [Official page](https://pay.weixin.qq.com/wiki/doc/apiv3/wechatpay/wechatpay2_0.shtml)

use super::headers::ALGORITHM;

/// What the header says besides the signature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Authorization<'a> {
    /// The caller's merchant number; a service provider's own, never the sub-merchant's.
    pub(crate) mchid: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) timestamp: i64,
    pub(crate) serial_no: &'a str,
}

impl Authorization<'_> {
    /// The header's value. One space after the scheme, none between the pairs.
    pub(crate) fn header(&self, signature_base64: &str) -> String {
        let Self { mchid, nonce, timestamp, serial_no } = self;
        format!(
            "{ALGORITHM} mchid=\"{mchid}\",nonce_str=\"{nonce}\",signature=\"{signature_base64}\",\
             timestamp=\"{timestamp}\",serial_no=\"{serial_no}\""
        )
    }
}

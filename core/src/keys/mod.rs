//! Keys: loading them from any form, and knowing which belongs to whom. Every key here is a value that clones cheaply and
//! can be shared between threads.
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053053)

mod api_v3_key;
mod certificate;
mod der;
mod loading;
mod merchant_certificate;
#[cfg(feature = "_local-keys")]
mod private_key;
mod ring;
mod serial;
mod wechatpay_key;

pub use crate::crypto::digest;
pub use api_v3_key::ApiV3Key;
pub use certificate::Validity;
#[cfg(test)]
pub(crate) use loading::form;
pub use loading::{private_key_der, public_key_of};
pub use merchant_certificate::{MerchantCertificate, private_key_der_of};
#[cfg(feature = "_local-keys")]
pub use private_key::PrivateKey;
pub use ring::KeyRing;
pub use serial::Serial;
pub use wechatpay_key::{WechatPayKey, WechatPayKeyKind};

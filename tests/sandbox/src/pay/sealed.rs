//! Sealed fields: RSAES-OAEP with SHA-1, Base64.

use base64::{Engine, engine::general_purpose::STANDARD};
use rand::rngs::OsRng;
use rsa::{Oaep, RsaPublicKey};
use sha1::Sha1;

use crate::keys::Keys;

/// Opens a field sealed for WeChat Pay under the key the request names.
pub(crate) fn open(keys: &Keys, serial: Option<&str>, sealed: &str) -> Result<String, String> {
    let serial = serial.ok_or("is sealed, but the request names no Wechatpay-Serial")?;
    let key = keys.platform(serial).ok_or("is sealed under a Wechatpay-Serial the gateway does not hold")?;
    let bytes = STANDARD.decode(sealed).map_err(|_| "is not base64")?;
    let plain = key.decrypt(Oaep::new::<Sha1>(), &bytes).map_err(|_| "cannot be decrypted with the named key")?;
    String::from_utf8(plain).map_err(|_| "does not hold UTF-8".to_owned())
}

/// Seals a field of an answer for the merchant; an overlong one comes back empty.
pub(crate) fn seal(key: &RsaPublicKey, plain: &str) -> String {
    key.encrypt(&mut OsRng, Oaep::new::<Sha1>(), plain.as_bytes())
        .map(|bytes| STANDARD.encode(bytes))
        .unwrap_or_default()
}

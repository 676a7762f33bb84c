//! What is around an event. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)

use crate::base64;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw};
use crate::keys::ApiV3Key;
use zeroize::Zeroizing;

/// The one algorithm; for SM4 a merchant has to be admitted.
const ALGORITHM: &str = "AEAD_AES_256_GCM";

/// A verified callback before its content is decrypted.
pub(super) struct Envelope {
    pub(super) id: String,
    pub(super) event_type: String,
    pub(super) create_time: String,
    /// Left out in the samples of these events, though the table has it.
    pub(super) summary: Option<String>,
    nonce: String,
    associated_data: String,
    ciphertext: Vec<u8>,
}

impl Envelope {
    /// Reads it. `resource_type` and `original_type` are not needed: the samples leave the latter out.
    pub(super) fn read(body: &[u8]) -> Result<Self> {
        let not_json = || Error::new(Code::ParseJson, "the callback is not a JSON object").at("body");
        let object = std::str::from_utf8(body).ok().and_then(Object::parse).ok_or_else(not_json)?;
        let resource = object.value("resource").ok_or_else(|| missing("/resource"))?;
        let resource = resource.object().ok_or_else(|| wrong("/resource", "must be an object"))?;
        let algorithm = required(&resource, "algorithm", "/resource/algorithm")?;
        if algorithm != ALGORITHM {
            let message = format!("the content is encrypted with another algorithm than {ALGORITHM}");
            return Err(Error::new(Code::DecryptAlgorithm, message).at("/resource/algorithm"));
        }
        let ciphertext = required(&resource, "ciphertext", "/resource/ciphertext")?;
        let ciphertext = base64::decode(&ciphertext);
        Ok(Self {
            id: required(&object, "id", "/id")?,
            event_type: required(&object, "event_type", "/event_type")?,
            create_time: required(&object, "create_time", "/create_time")?,
            summary: optional(&object, "summary", "/summary")?,
            nonce: required(&resource, "nonce", "/resource/nonce")?,
            associated_data: optional(&resource, "associated_data", "/resource/associated_data")?.unwrap_or_default(),
            ciphertext: ciphertext.ok_or_else(|| wrong("/resource/ciphertext", "is not Base64"))?,
        })
    }

    /// Opens the content.
    pub(super) fn decrypt(&self, key: &ApiV3Key) -> Result<Zeroizing<Vec<u8>>> {
        let plaintext = key.decrypt(self.nonce.as_bytes(), self.associated_data.as_bytes(), &self.ciphertext);
        plaintext.map_err(|error| match error.code() {
            Code::DecryptNonce => error.at("/resource/nonce"),
            _ => Error::new(Code::DecryptTag, "no APIv3 key that is loaded opens the content").at("api_v3_key"),
        })
    }
}

fn required(object: &Object<'_>, name: &str, field: &str) -> Result<String> {
    let text = optional(object, name, field)?;
    text.filter(|text| !text.is_empty()).ok_or_else(|| missing(field))
}

/// A text; null counts as absent.
fn optional(object: &Object<'_>, name: &str, field: &str) -> Result<Option<String>> {
    let value = object.value(name).filter(|value| value.get() != "null");
    value.map(|value: Raw<'_>| value.owned_text().ok_or_else(|| wrong(field, "must be a string"))).transpose()
}

fn missing(field: &str) -> Error {
    Error::new(Code::ParseMissing, format!("`{field}` is missing from the callback")).at(field)
}

fn wrong(field: &str, why: &str) -> Error {
    Error::new(Code::ParseType, format!("`{field}` of the callback {why}")).at(field)
}

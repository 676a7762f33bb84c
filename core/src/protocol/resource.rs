//! What is encrypted under a merchant's `APIv3` key: the content of a callback, a platform certificate.
//! [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

use crate::base64;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw};
use crate::keys::ApiV3Key;
use zeroize::Zeroizing;

/// The one algorithm; for SM4 a merchant has to be admitted.
const ALGORITHM: &str = "AEAD_AES_256_GCM";

/// An encrypted resource.
pub(crate) struct Resource {
    /// Where it stands, as a JSON pointer.
    place: String,
    nonce: String,
    associated_data: String,
    ciphertext: Vec<u8>,
}

impl Resource {
    /// Reads it; `place` is where it stands.
    pub(crate) fn read(raw: Raw<'_>, place: &str) -> Result<Self> {
        let object = raw.object().ok_or_else(|| wrong(place, "must be an object"))?;
        let at = |name: &str| format!("{place}/{name}");
        let algorithm = required(&object, "algorithm", &at("algorithm"))?;
        if algorithm != ALGORITHM {
            let message = format!("it is encrypted with another algorithm than {ALGORITHM}");
            return Err(Error::new(Code::DecryptAlgorithm, message).at(at("algorithm")));
        }
        let ciphertext = base64::decode(&required(&object, "ciphertext", &at("ciphertext"))?);
        Ok(Self {
            place: place.to_owned(),
            nonce: required(&object, "nonce", &at("nonce"))?,
            associated_data: optional(&object, "associated_data", &at("associated_data"))?.unwrap_or_default(),
            ciphertext: ciphertext.ok_or_else(|| wrong(&at("ciphertext"), "is not Base64"))?,
        })
    }

    /// Opens it with the first of a merchant's keys that fits.
    pub(crate) fn open(&self, keys: &[ApiV3Key]) -> Result<Zeroizing<Vec<u8>>> {
        let mut refusal = Error::new(Code::KeyMissing, "no APIv3 key is loaded").at("api_v3_key");
        for key in keys {
            match self.decrypt(key) {
                Ok(plaintext) => return Ok(plaintext),
                Err(error) => refusal = error,
            }
        }
        Err(refusal)
    }

    fn decrypt(&self, key: &ApiV3Key) -> Result<Zeroizing<Vec<u8>>> {
        let plaintext = key.decrypt(self.nonce.as_bytes(), self.associated_data.as_bytes(), &self.ciphertext);
        plaintext.map_err(|error| match error.code() {
            Code::DecryptNonce => error.at(format!("{}/nonce", self.place)),
            _ => Error::new(Code::DecryptTag, "no APIv3 key that is loaded opens it").at("api_v3_key"),
        })
    }
}

/// A text that has to be there, and not empty; `place` is where, as a JSON pointer.
pub(crate) fn required(object: &Object<'_>, name: &str, place: &str) -> Result<String> {
    let text = optional(object, name, place)?;
    let missing = || Error::new(Code::ParseMissing, format!("`{place}` is missing")).at(place);
    text.filter(|text| !text.is_empty()).ok_or_else(missing)
}

/// A text; null counts as absent.
pub(crate) fn optional(object: &Object<'_>, name: &str, place: &str) -> Result<Option<String>> {
    let value = object.value(name).filter(|value| value.get() != "null");
    value.map(|value: Raw<'_>| value.owned_text().ok_or_else(|| wrong(place, "must be a string"))).transpose()
}

fn wrong(place: &str, why: &str) -> Error {
    Error::new(Code::ParseType, format!("`{place}` {why}")).at(place)
}

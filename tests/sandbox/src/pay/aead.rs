//! What the gateway sends of its own accord is encrypted: AES-256-GCM under the merchant's `APIv3` key.

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::random;

/// The official name of the algorithm.
const ALGORITHM: &str = "AEAD_AES_256_GCM";

/// An encrypted text with all it takes to open it.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    pub(crate) ciphertext: Vec<u8>,
    associated_data: &'static str,
    nonce: String,
}

impl Sealed {
    /// Encrypts a text; a key of another length than 32 bytes gives an empty one.
    pub(crate) fn new(key: &str, associated_data: &'static str, plain: &[u8]) -> Self {
        let nonce = random::alphanumeric(12);
        let payload = Payload { msg: plain, aad: associated_data.as_bytes() };
        let cipher = Aes256Gcm::new_from_slice(key.as_bytes()).ok();
        let sealed = cipher.and_then(|cipher| cipher.encrypt(nonce.as_bytes().into(), payload).ok());
        Self { ciphertext: sealed.unwrap_or_default(), associated_data, nonce }
    }

    /// The four fields of the official tables.
    pub(crate) fn view(&self) -> Value {
        json!({
            "algorithm": ALGORITHM,
            "ciphertext": STANDARD.encode(&self.ciphertext),
            "associated_data": self.associated_data,
            "nonce": self.nonce,
        })
    }
}

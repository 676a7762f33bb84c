//! The symmetric key of callbacks and of downloaded certificates.

use super::loading::{self, Wanted, wrong};
use crate::crypto::decrypt_aes_256_gcm;
use crate::error::{Code, Error, Result};
use core::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

const KEY_BYTES: usize = 32;

/// The `APIv3` key of a merchant, 32 bytes. Redacted in every format, wiped when the last clone goes.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053267)
#[derive(Clone)]
pub struct ApiV3Key(Arc<Zeroizing<[u8; KEY_BYTES]>>);

impl ApiV3Key {
    /// Takes the 32 bytes as they were set in the merchant platform.
    ///
    /// # Errors
    /// `key.length` with what is too much or too little, `key.kind` for a key file.
    pub fn new(key: &[u8]) -> Result<Self> {
        let spaced =
            key.first().is_some_and(u8::is_ascii_whitespace) || key.last().is_some_and(u8::is_ascii_whitespace);
        match <[u8; KEY_BYTES]>::try_from(key) {
            Ok(bytes) if !spaced => Ok(Self(Arc::new(Zeroizing::new(bytes)))),
            _ => Err(diagnose(key)),
        }
    }

    /// Decrypts an `AEAD_AES_256_GCM` ciphertext (its last 16 bytes are the tag) with its 12-byte nonce and associated data.
    ///
    /// # Errors
    /// `decrypt.nonce`, `decrypt.tag`.
    pub fn decrypt(&self, nonce: &[u8], aad: &[u8], ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        decrypt_aes_256_gcm(self.0.as_slice(), nonce, aad, ciphertext)
    }
}

impl fmt::Debug for ApiV3Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiV3Key(…)")
    }
}

fn diagnose(key: &[u8]) -> Error {
    if let Some(kind) = loading::recognise(key) {
        return wrong(kind, Wanted::ApiV3Key);
    }
    let why = match key {
        [] => "it is empty",
        [0xef, 0xbb, 0xbf, ..] => "it starts with a byte order mark",
        [.., b'\n' | b'\r'] => "the last is a newline",
        [.., space] if space.is_ascii_whitespace() => "the last is white space",
        [space, ..] if space.is_ascii_whitespace() => "the first is white space",
        [b'"', .., b'"'] | [b'\'', .., b'\''] => "it is in quotes",
        _ if key.len() == 64 && key.iter().all(u8::is_ascii_hexdigit) => {
            "these are hexadecimal digits of something else"
        }
        _ => "32 are needed",
    };
    Error::new(Code::KeyLength, format!("the APIv3 key has {} bytes: {why}", key.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_explained() {
        let message = |key: &str| ApiV3Key::new(key.as_bytes()).unwrap_err().message().to_owned();
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!(message(&format!("{key}\n")), "the APIv3 key has 33 bytes: the last is a newline");
        assert_eq!(message(&format!("\"{key}\"")), "the APIv3 key has 34 bytes: it is in quotes");
        assert_eq!(message(&format!("\u{feff}{key}")), "the APIv3 key has 35 bytes: it starts with a byte order mark");
        assert_eq!(message("0123456789abcdef0123456789abcde\n"), "the APIv3 key has 32 bytes: the last is a newline");
        assert_eq!(message("short"), "the APIv3 key has 5 bytes: 32 are needed");
        assert_eq!(message(""), "the APIv3 key has 0 bytes: it is empty");
    }

    #[test]
    fn the_key_never_shows() {
        let key = ApiV3Key::new(b"0123456789abcdef0123456789abcdef").unwrap();
        assert_eq!(format!("{key:?}"), "ApiV3Key(…)");
    }
}

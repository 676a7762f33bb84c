//! The key that pushes are encrypted with.

use crate::base64;
use crate::crypto::decrypt_aes_256_cbc;
use crate::error::{Code, Error, Result};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Characters of an `EncodingAESKey`.
const CHARACTERS: usize = 43;
/// Random bytes before the message.
const RANDOM: usize = 16;
/// Largest padding: to blocks of 32 bytes.
const BLOCK: u8 = 32;

/// An `EncodingAESKey` (消息加解密密钥). Redacted, wiped when the last clone goes.
#[derive(Clone)]
pub(super) struct EncodingAesKey(Arc<Zeroizing<[u8; 32]>>);

impl EncodingAesKey {
    /// Takes the 43 characters of the console.
    pub(super) fn new(text: &str) -> Result<Self> {
        let wrong = |why: String| Error::new(Code::KeyLength, why).at("encoding_aes_key");
        if text.trim() != text {
            return Err(wrong("the EncodingAESKey has white space around it, such as a line end".to_owned()));
        }
        let length = text.chars().count();
        if length != CHARACTERS {
            return Err(wrong(format!("the EncodingAESKey has {length} characters, {CHARACTERS} are needed")));
        }
        let decoded = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let decoded = decoded.then(|| base64::decode_trailing_bits(text)).flatten();
        let key = decoded.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
        let key =
            key.ok_or_else(|| wrong("the EncodingAESKey has other characters than letters and digits".to_owned()));
        Ok(Self(Arc::new(Zeroizing::new(key?))))
    }

    /// Decrypts a message that ends with this appid; nothing where anything about it is not as it must be.
    pub(super) fn open(&self, ciphertext: &[u8], appid: &str) -> Option<Zeroizing<Vec<u8>>> {
        let padded = decrypt_aes_256_cbc(&self.0, ciphertext)?;
        let plain = unpadded(&padded)?;
        let (_, sized) = plain.split_at_checked(RANDOM)?;
        let (length, rest) = sized.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (message, owner) = rest.split_at_checked(length)?;
        (owner == appid.as_bytes()).then(|| Zeroizing::new(message.to_vec()))
    }
}

impl std::fmt::Debug for EncodingAesKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EncodingAesKey(…)")
    }
}

/// Takes PKCS#7 padding to 32 bytes off: 1 to 32 bytes that each say how many there are.
fn unpadded(padded: &[u8]) -> Option<&[u8]> {
    let count = *padded.last()?;
    if !(1..=BLOCK).contains(&count) {
        return None;
    }
    let (plain, padding) = padded.split_at_checked(padded.len().checked_sub(usize::from(count))?)?;
    padding.iter().all(|byte| *byte == count).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_named() {
        let message = |text: &str| EncodingAesKey::new(text).unwrap_err().message().to_owned();
        let key = "A".repeat(43);
        assert!(EncodingAesKey::new(&key).is_ok());
        assert!(EncodingAesKey::new(&format!("{}9", "z".repeat(42))).is_ok(), "unused bits in the last character");
        assert_eq!(message(&format!("{key}=")), "the EncodingAESKey has 44 characters, 43 are needed");
        assert_eq!(message(&format!("{key}\n")), "the EncodingAESKey has white space around it, such as a line end");
        assert_eq!(message(&"-".repeat(43)), "the EncodingAESKey has other characters than letters and digits");
        assert_eq!(message(""), "the EncodingAESKey has 0 characters, 43 are needed");
        assert!(!format!("{:?}", EncodingAesKey::new(&key)).contains("AAA"));
    }

    #[test]
    fn padding_is_1_to_32_equal_bytes() {
        let padded = |count: u8, bytes: usize| [vec![9; 64 - bytes], vec![count; bytes]].concat();
        for count in 1..=32 {
            assert_eq!(unpadded(&padded(count, count.into())).map(<[u8]>::len), Some(64 - usize::from(count)));
        }
        assert_eq!(unpadded(&padded(0, 1)), None);
        assert_eq!(unpadded(&padded(33, 33)), None);
        assert_eq!(unpadded(&padded(5, 4)), None, "one of five differs");
        assert_eq!(unpadded(&[3, 3]), None, "more than there is");
        assert_eq!(unpadded(&[]), None);
    }
}

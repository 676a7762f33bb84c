//! AES-256-GCM, as `AEAD_AES_256_GCM` of callbacks and of downloaded certificates.

use crate::error::{Code, Error, Result};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

/// Bytes of a nonce; the official documents know no other.
const NONCE_BYTES: usize = 12;

/// Opens `ciphertext` (followed by its 16-byte tag) with a key of 32 bytes and a nonce of 12.
///
/// # Errors
/// `key.length`, `decrypt.nonce`, `decrypt.tag` for everything else.
pub(crate) fn decrypt_aes_256_gcm(
    key: &[u8],
    nonce: &[u8],
    aad: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>> {
    let cipher = Aes256Gcm::new_from_slice(key)
        .map_err(|_| Error::new(Code::KeyLength, format!("the key has {} bytes, 32 are needed", key.len())))?;
    // Checked here: turning a slice of another length into a nonce would panic.
    if nonce.len() != NONCE_BYTES {
        return Err(Error::new(Code::DecryptNonce, format!("the nonce has {} bytes, 12 are needed", nonce.len())));
    }
    let plaintext = cipher.decrypt(Nonce::from_slice(nonce), Payload { msg: ciphertext, aad });
    plaintext.map(Zeroizing::new).map_err(|_| {
        Error::new(Code::DecryptTag, "the ciphertext does not belong to this key, nonce and associated data")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(key: &[u8], nonce: &[u8], ciphertext: &[u8]) -> Code {
        decrypt_aes_256_gcm(key, nonce, b"", ciphertext).unwrap_err().code()
    }

    #[test]
    fn lengths_are_refused_before_anything_is_opened() {
        assert_eq!(code(&[0; 31], &[0; 12], &[0; 16]), Code::KeyLength);
        assert_eq!(code(&[0; 32], &[0; 11], &[0; 16]), Code::DecryptNonce);
        assert_eq!(code(&[0; 32], &[0; 16], &[0; 16]), Code::DecryptNonce);
    }

    #[test]
    fn a_wrong_or_missing_tag_is_one_error() {
        for bytes in [0, 1, 15, 16, 17, 40] {
            assert_eq!(code(&[0; 32], &[0; 12], &vec![0; bytes]), Code::DecryptTag);
        }
    }
}

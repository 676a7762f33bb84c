//! AES-256-CBC without padding, as pushes to an account's server are encrypted.

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockDecryptMut, KeyIvInit};
use zeroize::Zeroizing;

/// Decrypts with a key of 32 bytes, whose first 16 are the initialisation vector. Nothing for a ciphertext that is no number of
/// whole blocks; the padding stays, since it goes to 32 bytes where libraries know 16.
pub(crate) fn decrypt_aes_256_cbc(key: &[u8; 32], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = Decryptor::<Aes256>::new_from_slices(key, key.first_chunk::<16>()?).ok()?;
    cipher.decrypt_padded_vec_mut::<NoPadding>(ciphertext).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_blocks_are_decrypted_and_nothing_else() {
        for (bytes, is_whole) in [(0, true), (1, false), (15, false), (16, true), (17, false), (48, true)] {
            assert_eq!(decrypt_aes_256_cbc(&[7; 32], &vec![0; bytes]).is_some(), is_whole, "{bytes}");
        }
    }
}

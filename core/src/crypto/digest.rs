//! Digests, and the comparison of secrets.

use sha1::Sha1;
use sha2::{Digest, Sha256};
use sm3::Sm3;
use subtle::ConstantTimeEq;

/// The SHA-256 digest, 32 bytes.
pub fn sha256(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}

/// The SHA-1 digest, 20 bytes: what pushes to an account's server are signed with.
/// [Official page](https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html)
pub fn sha1(data: &[u8]) -> [u8; 20] {
    Sha1::digest(data).into()
}

/// The SM3 digest (GB/T 32905), 32 bytes: what uploads and downloads of invoice files carry.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286040)
pub fn sm3(data: &[u8]) -> [u8; 32] {
    Sm3::digest(data).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// Compares two byte strings in a time that depends on their lengths only.
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sm3_and_sha256_agree_with_their_standards() {
        assert_eq!(hex(&sm3(b"abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(hex(&sha256(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn comparison_sees_length_and_content() {
        assert!(equal(b"same", b"same"));
        assert!(!equal(b"same", b"sane"));
        assert!(!equal(b"same", b"same "));
    }
}

//! The names of keys: serial numbers of certificates and ids of public keys.

use crate::crypto::digest;
use core::cmp::Ordering;
use core::fmt;

/// How the id of a WeChat Pay public key starts.
const PUBLIC_KEY_PREFIX: &str = "PUB_KEY_ID_";

/// The name of a key as `Wechatpay-Serial` and `serial_no` carry it; compared without case and leading zeros, since
/// programs print serial numbers differently. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053249)
#[derive(Clone)]
pub struct Serial(String);

impl Serial {
    /// Takes the name as it was printed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The name as it was printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a public key; otherwise it is the serial number of a certificate.
    pub fn is_public_key(&self) -> bool {
        self.0.get(..PUBLIC_KEY_PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PUBLIC_KEY_PREFIX))
    }

    /// The upper-case hexadecimal digits of a serial number, two for each byte, without leading zero bytes.
    pub(super) fn from_integer(bytes: &[u8]) -> Self {
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        Self(digest::hex(bytes.get(zeros..).unwrap_or_default()).to_ascii_uppercase())
    }

    fn canonical(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.bytes().skip_while(|byte| *byte == b'0').map(|byte| byte.to_ascii_uppercase())
    }
}

impl PartialEq for Serial {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Serial {}

impl PartialOrd for Serial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Serial {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical().cmp(other.canonical())
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Serial").field(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_leading_zeros_do_not_matter() {
        assert_eq!(Serial::new("00ab12"), Serial::new("AB12"));
        assert_eq!(Serial::new("0AB1"), Serial::new("ab1"));
        assert_ne!(Serial::new("AB12"), Serial::new("AB120"));
        assert_ne!(Serial::new("AB12"), Serial::new("AB"));
    }

    #[test]
    fn integers_are_printed_without_sign_byte() {
        assert_eq!(Serial::from_integer(&[0, 0x8a, 0x0b]).as_str(), "8A0B");
        assert_eq!(Serial::from_integer(&[0x0a]).as_str(), "0A");
    }

    #[test]
    fn public_key_ids_are_told_from_serial_numbers() {
        assert!(Serial::new("PUB_KEY_ID_0119").is_public_key());
        assert!(!Serial::new("5157F09EFDC096DE15EBE81A47057A7200000001").is_public_key());
        assert!(!Serial::new("公钥公钥公钥").is_public_key());
    }
}

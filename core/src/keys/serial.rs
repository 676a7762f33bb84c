//! The names of keys: serial numbers of certificates and ids of public keys.

use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use core::cmp::Ordering;
use core::fmt;

/// Most hexadecimal digits of a serial number: 20 bytes (RFC 5280, 4.1.2.2).
const MERCHANT_DIGITS: usize = 40;
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

    /// The serial number of a merchant's API certificate as it is sent: upper-case hexadecimal.
    ///
    /// # Errors
    /// `input.config` saying what it is instead.
    pub(crate) fn of_merchant(text: &str, mchid: &str) -> Result<String> {
        match wrong_serial(text, mchid) {
            None => Ok(text.to_ascii_uppercase()),
            Some(what) => {
                let message = format!(
                    "`serial_no` {what}; it has up to 40 hexadecimal digits, as the merchant platform shows it"
                );
                Err(Error::new(Code::InputConfig, message).at("serial_no"))
            }
        }
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

/// What a text is that is no serial number.
fn wrong_serial(text: &str, mchid: &str) -> Option<&'static str> {
    let has = |wanted: fn(char) -> bool| text.contains(wanted);
    let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    Some(match text {
        "" => "is empty",
        _ if Serial::new(text).is_public_key() => {
            "is the id of WeChat Pay's public key, not the serial number of the merchant's certificate"
        }
        // Numbers of merchants have eight digits and more.
        _ if text == mchid && digits && text.len() >= 8 => "is the merchant number",
        _ if text.starts_with("serial=") => "starts with `serial=`, as openssl prints it",
        _ if text.starts_with("0x") || text.starts_with("0X") => "starts with 0x",
        _ if has(char::is_whitespace) => "has white space in it, such as a line end",
        _ if text.contains(':') => "has colons in it",
        _ if digits && text.len() > MERCHANT_DIGITS => "is a decimal number",
        _ if !hexadecimal && text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'O' | b'o')) => {
            "has the letter O where the digit 0 belongs"
        }
        _ if !hexadecimal => "is not hexadecimal",
        _ if text.len() > MERCHANT_DIGITS => "is too long",
        _ => return None,
    })
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
    fn what_is_no_serial_number_is_named() {
        let serial = "3C0FFEE0A1B2C3D4E5F60718293A4B5C6D7E8F90";
        assert_eq!(Serial::of_merchant(&serial.to_lowercase(), "1900000001").unwrap(), serial);
        for (wrong, word) in [
            (String::new(), "empty"),
            (format!("{serial}\n"), "line end"),
            (format!("serial={serial}"), "serial="),
            (serial.replace("A1", "A1:"), "colons"),
            ("PUB_KEY_ID_0118880000012026010100000000001".to_owned(), "public key"),
            ("342799418473847264823748234723847238472384723847".to_owned(), "decimal"),
            ("1900000001".to_owned(), "merchant number"),
            (serial.replace('0', "O"), "letter O"),
            (format!("0x{serial}"), "0x"),
            (format!("{serial}A"), "too long"),
            ("中".to_owned(), "not hexadecimal"),
        ] {
            let error = Serial::of_merchant(&wrong, "1900000001").unwrap_err();
            assert!(error.message().contains(word) && error.field() == Some("serial_no"), "{wrong}: {error}");
        }
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

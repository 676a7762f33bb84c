//! How pushes are signed and encrypted.

use aes::Aes256;
use base64::{
    Engine,
    alphabet::STANDARD as ALPHABET,
    engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD},
};
use cbc::cipher::{BlockEncryptMut, KeyIvInit, block_padding::NoPadding};
use sha1::{Digest, Sha1};

use crate::random;

/// Padding goes to blocks of this size, twice that of the cipher.
const BLOCK: usize = 32;
const KEY_LENGTH: usize = 43;
/// The last character of a key carries two bits that mean nothing.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// An `EncodingAESKey`.
#[derive(Debug, Clone)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// Reads 43 letters and digits.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let is_key = text.len() == KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let bytes = LENIENT.decode(format!("{text}=")).ok().filter(|_| is_key)?;
        bytes.try_into().ok().map(Self)
    }

    /// A key that nobody knows.
    pub(super) fn of_a_stranger() -> Self {
        let mut bytes = [0; 32];
        let (first, last) = bytes.split_at_mut(16);
        first.copy_from_slice(&random::bytes16());
        last.copy_from_slice(&random::bytes16());
        Self(bytes)
    }

    /// Encrypts what was padded; gives the text of `Encrypt`.
    pub(super) fn encrypt(&self, padded: &[u8]) -> String {
        let (iv, _) = self.0.split_at(16);
        let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&self.0, iv);
        cipher.map(|cipher| STANDARD.encode(cipher.encrypt_padded_vec_mut::<NoPadding>(padded))).unwrap_or_default()
    }
}

/// Random bytes, length, message and appid, padded.
pub(super) fn pad(random: [u8; 16], message: &[u8], appid: &str) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap_or_default().to_be_bytes();
    let mut plain = [&random[..], &length, message, appid.as_bytes()].concat();
    let missing = BLOCK - plain.len() % BLOCK;
    plain.extend(std::iter::repeat_n(u8::try_from(missing).unwrap_or_default(), missing));
    plain
}

/// The same with a padding that is none: its bytes differ, or, of a single one, it is longer than a block.
pub(super) fn spoil(mut padded: Vec<u8>) -> Vec<u8> {
    let count = usize::from(padded.last().copied().unwrap_or_default());
    let place = padded.len() - count;
    match padded.get_mut(place) {
        Some(first) if count > 1 => *first ^= 1,
        Some(only) => *only = 33,
        None => {}
    }
    padded
}

/// The signature over some texts, whatever their order.
pub(super) fn signature(mut texts: Vec<&str>) -> String {
    texts.sort_unstable();
    format!("{:x}", Sha1::digest(texts.concat()))
}

#[cfg(test)]
mod tests {
    use cbc::cipher::BlockDecryptMut;
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_official_example_comes_out_byte_for_byte() {
        let vectors: Value = serde_json::from_str(include_str!("../../../vectors/pushes.json")).unwrap();
        let official = &vectors["cases"][0];
        let receiver = &official["input"]["receiver"];
        let body: Value = serde_json::from_str(official["input"]["body"].as_str().unwrap()).unwrap();
        let published = body["Encrypt"].as_str().unwrap();
        let key = Key::read(receiver["encoding_aes_key"][0].as_str().unwrap()).unwrap();

        let plain = cbc::Decryptor::<Aes256>::new_from_slices(&key.0, &key.0[..16])
            .unwrap()
            .decrypt_padded_vec_mut::<NoPadding>(&STANDARD.decode(published).unwrap())
            .unwrap();
        let message = br#"{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}"#;
        let padded = pad(plain[..16].try_into().unwrap(), message, receiver["appid"].as_str().unwrap());
        assert_eq!(key.encrypt(&padded), published);

        assert_eq!(signature(vec!["AAAAA", "1714112445", "415670741"]), "6c5c811b55cc85e0e1b54100749188c20beb3f5d");
        assert_eq!(
            signature(vec!["AAAAA", "1714112445", "415670741", published]),
            "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
        );
        assert_eq!(signature(vec!["AAAAA", "1714037059", "486452656"]), "899cf89e464efb63f54ddac96b0a0a235f53aa78");
    }

    #[test]
    fn paddings_have_one_to_thirty_two_bytes_and_spoiled_ones_are_none() {
        for length in 0..64 {
            let padded = pad([0; 16], &vec![b'x'; length], "wx1");
            let last = *padded.last().unwrap();
            let ends = |padded: &[u8], count: u8| padded.ends_with(&vec![count; count.into()]);
            assert!((1..=32).contains(&last) && padded.len().is_multiple_of(32) && ends(&padded, last), "{length}");
            let spoiled = spoil(padded);
            let last = *spoiled.last().unwrap();
            assert!(last > 32 || !ends(&spoiled, last), "{length}");
        }
    }

    #[test]
    fn keys_have_43_letters_and_digits_of_which_the_last_may_be_any() {
        assert!(
            Key::read(crate::keys::ACCOUNT_AES_KEY).is_some() && Key::read(crate::keys::COMPONENT_AES_KEY).is_some()
        );
        for text in ["", &"A".repeat(42), &"A".repeat(44), &format!("{}+", "A".repeat(42))] {
            assert!(Key::read(text).is_none(), "{text}");
        }
    }
}

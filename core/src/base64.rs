//! Base64, in this one place.

use zeroize::Zeroizing;

/// Native engines take the fastest crate: what it costs can be told beside a verified signature.
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
mod back_end {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

    pub(super) fn encode(bytes: &[u8]) -> String {
        STANDARD.encode(bytes)
    }

    pub(super) fn decode_unpadded(text: &[u8], into: &mut Vec<u8>) -> Option<()> {
        STANDARD_NO_PAD.decode_vec(text, into).ok()
    }
}

/// Engines that are downloaded take the smallest.
#[cfg(not(any(feature = "aws-lc", feature = "rsa")))]
mod back_end {
    use base64ct::{Base64, Base64Unpadded, Encoding};
    use zeroize::Zeroizing;

    pub(super) fn encode(bytes: &[u8]) -> String {
        Base64::encode_string(bytes)
    }

    pub(super) fn decode_unpadded(text: &[u8], into: &mut Vec<u8>) -> Option<()> {
        into.extend_from_slice(text);
        let length = Base64Unpadded::decode_in_place(into).ok()?.len();
        into.truncate(length);
        // Bits behind the last byte have to be zero.
        Zeroizing::new(encode(into)).as_bytes().starts_with(text).then_some(())
    }
}

/// The text of `bytes`, padded.
pub(crate) fn encode(bytes: &[u8]) -> String {
    back_end::encode(bytes)
}

/// The bytes of `text`; nothing where it is not exactly what [`encode`] writes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    decode_loosely(text.as_bytes()).map(|mut bytes| std::mem::take(&mut *bytes))
}

/// The bytes of a text with all its padding, a part of it, or none.
// All decoding goes through one form: each is a kilobyte of WebAssembly.
#[inline(never)]
pub(crate) fn decode_loosely(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let text = text.get(..text.len().checked_sub(padding)?)?;
    // Reserved at once, so that growing leaves no copy of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    back_end::decode_unpadded(text, &mut bytes)?;
    (padding <= text.len().wrapping_neg() % 4).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::alphabet::STANDARD as ALPHABET;
    use base64::engine::general_purpose::STANDARD;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    use proptest::prelude::*;

    const LOOSE: GeneralPurpose = GeneralPurpose::new(
        &ALPHABET,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn bytes_are_written_as_the_crate_base64_writes_them(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(encode(&bytes), STANDARD.encode(&bytes));
        }

        #[test]
        fn texts_are_read_as_the_crate_base64_reads_them(text in "[A-D/+=]{0,12}|[A-Za-z0-9+/]{0,40}={0,3}|\\PC{0,8}") {
            prop_assert_eq!(decode(&text), STANDARD.decode(&text).ok());
            prop_assert_eq!(decode_loosely(text.as_bytes()).map(|bytes| bytes.to_vec()), LOOSE.decode(&text).ok());
        }
    }
}

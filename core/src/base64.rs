//! Base64, in this one place.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// Takes a text with all its padding, a part of it, or none.
const INDIFFERENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Takes a text without padding whose last character has unused bits.
const TRAILING_BITS: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The text of `bytes`, padded.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of `text`; nothing where it is not exactly what [`encode`] writes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The bytes of a text with all its padding, a part of it, or none.
pub(crate) fn decode_unpadded(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // Reserved at once, so that growing leaves no copy of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    INDIFFERENT.decode_vec(text, &mut bytes).ok()?;
    Some(bytes)
}

/// The bytes of a text without padding, whatever the unused bits of its last character are.
pub(crate) fn decode_trailing_bits(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    TRAILING_BITS.decode(text).ok().map(Zeroizing::new)
}

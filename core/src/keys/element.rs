//! DER, element by element, strict where DER is: definite lengths in their shortest form.
//!
//! Keys and certificates need eight types and no schema. A crate for all of ASN.1 makes the downloaded engine three
//! kilobytes larger; here it tells the tests what is right.

use super::asn1::damaged;
use crate::error::Result;
use zeroize::Zeroizing;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
/// The tag `[0]` around further elements.
pub(super) const CONTEXT_0: u8 = 0xa0;

/// More elements than any key or certificate has at one level.
const MAX_ELEMENTS: usize = 16;
/// Bits of the first byte that say that the tag goes on in the next one: in nothing that is read here.
const LONG_TAG: u8 = 0x1f;
/// From here on the first byte of a length tells how many bytes the length has.
const LONG_LENGTH: usize = 0x80;

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// Tag, length and content.
    pub(super) whole: &'a [u8],
}

/// How an element begins.
pub(super) struct Header<'a> {
    pub(super) tag: u8,
    /// Bytes of content it should have.
    pub(super) length: usize,
    /// What follows, which can be shorter.
    pub(super) rest: &'a [u8],
}

impl<'a> Element<'a> {
    /// The first element of `input`, and what follows it.
    pub(super) fn first(input: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let Header { tag, length, rest } = Header::read(input)?;
        let (content, rest) = rest.split_at_checked(length)?;
        let whole = input.get(..input.len().checked_sub(rest.len())?)?;
        Some((Self { tag, content, whole }, rest))
    }

    /// The content when the tag is this one.
    pub(super) fn content_of(self, tag: u8) -> Option<&'a [u8]> {
        (self.tag == tag).then_some(self.content)
    }

    /// The bytes of an integer that is not negative, without a sign byte.
    pub(super) fn unsigned(self) -> Option<&'a [u8]> {
        match self.content_of(INTEGER)? {
            [0] => Some(self.content),
            [0, magnitude @ ..] if magnitude.first()? & 0x80 != 0 => Some(magnitude),
            [0, ..] => None,
            content => (content.first()? & 0x80 == 0).then_some(content),
        }
    }
}

impl<'a> Header<'a> {
    pub(super) fn read(input: &'a [u8]) -> Option<Self> {
        let [tag, first, rest @ ..] = input else { return None };
        if tag & LONG_TAG == LONG_TAG {
            return None;
        }
        let short = usize::from(*first);
        if short < LONG_LENGTH {
            return Some(Self { tag: *tag, length: short, rest });
        }
        let (digits, rest) = rest.split_at_checked(short & 0x7f)?;
        if digits.len() > 4 || *digits.first()? == 0 {
            return None;
        }
        let length = digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit));
        (length >= LONG_LENGTH).then_some(Self { tag: *tag, length, rest })
    }
}

/// The elements that follow each other in `content`.
pub(super) fn elements(mut content: &[u8]) -> Result<Vec<Element<'_>>> {
    let mut found = Vec::new();
    while !content.is_empty() {
        let (element, rest) = Element::first(content).filter(|_| found.len() < MAX_ELEMENTS).ok_or_else(damaged)?;
        found.push(element);
        content = rest;
    }
    Ok(found)
}

/// An element around `parts`.
pub(super) fn element(tag: u8, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let length = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
    let digits = length.to_be_bytes();
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    let digits = digits.get(zeros..).unwrap_or_default();
    // Reserved at once, so that growing leaves no copy of a secret behind.
    let mut der = Zeroizing::new(Vec::with_capacity(length.saturating_add(2).saturating_add(digits.len())));
    der.push(tag);
    if length >= LONG_LENGTH || digits.is_empty() {
        // Of nothing, the length has no digits, and is written 0.
        der.push(u8::try_from(digits.len()).unwrap_or_default() | if digits.is_empty() { 0 } else { 0x80 });
    }
    der.extend_from_slice(digits);
    for part in parts {
        der.extend_from_slice(part);
    }
    der
}

#[cfg(test)]
mod tests {
    use super::*;
    use der::asn1::{AnyRef, UintRef};
    use der::{Decode, Encode, Tagged};
    use proptest::prelude::*;

    /// Headers of all forms before a few bytes, so that much of it is DER.
    fn input() -> impl Strategy<Value = Vec<u8>> {
        let tags = prop_oneof![Just(INTEGER), Just(SEQUENCE), Just(OCTET_STRING), any::<u8>()];
        let lengths = prop_oneof![
            (0_u8..8).prop_map(|short| vec![short]),
            prop::collection::vec(any::<u8>(), 0..6),
            Just(vec![0x81, 0x80]),
            Just(vec![0x82, 0x01, 0x00]),
        ];
        let content = prop::collection::vec(any::<u8>(), 0..300);
        (tags, lengths, content).prop_map(|(tag, length, content)| [vec![tag], length, content].concat())
    }

    proptest! {
        #[test]
        fn elements_are_read_as_der_reads_them(input in input()) {
            let (ours, rest) = match Element::first(&input) {
                Some((element, rest)) => (Some(element), rest.len()),
                None => (None, 0),
            };
            match AnyRef::from_der(input.get(..input.len().saturating_sub(rest)).unwrap_or_default()) {
                Ok(theirs) => {
                    let ours = ours.expect("der reads it");
                    prop_assert_eq!((ours.tag, ours.content), (theirs.tag().octet(), theirs.value()));
                    let number = theirs.decode_as::<UintRef<'_>>().ok();
                    prop_assert_eq!(ours.unsigned(), number.as_ref().map(UintRef::as_bytes));
                }
                // A tag that the crate has no name for is left to who asks for the tag.
                Err(error) => prop_assert!(ours.is_none() || matches!(error.kind(), der::ErrorKind::TagUnknown { .. }), "{error}"),
            }
        }

        #[test]
        fn elements_are_written_as_der_writes_them(content in prop::collection::vec(any::<u8>(), 0..70_000)) {
            let theirs = AnyRef::new(der::Tag::OctetString, &content).and_then(|any| any.to_der());
            prop_assert_eq!(element(OCTET_STRING, &[&content]).to_vec(), theirs.expect("it is short"));
        }
    }
}

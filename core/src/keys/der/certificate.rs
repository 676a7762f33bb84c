//! What is needed of an X.509 certificate, as it stands there.

use super::damaged;
use super::outline::whole;
use crate::error::Result;
use der::asn1::{AnyRef, GeneralizedTime, ObjectIdentifier, UtcTime};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};

/// The object identifier `commonName`.
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// The object identifier `basicConstraints`.
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
/// The tag around the extensions.
const EXTENSIONS: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N3 };
/// TRUE in DER.
const TRUE: [u8; 3] = [0x01, 0x01, 0xff];
/// The tag around the version, which is only written when it is not 1.
const VERSION: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };

/// The parts of a certificate that are read.
pub(in crate::keys) struct Parts<'a> {
    /// The serial number's bytes.
    pub(in crate::keys) serial: &'a [u8],
    /// First and last second, Unix time.
    pub(in crate::keys) validity: [i64; 2],
    /// The subject's common name.
    pub(in crate::keys) common_name: Option<&'a str>,
    /// The `SubjectPublicKeyInfo`, DER.
    pub(in crate::keys) key: &'a [u8],
    /// Whether it says of itself that it issues certificates.
    pub(in crate::keys) is_authority: bool,
}

/// Takes a certificate apart.
pub(in crate::keys) fn parts(der: &[u8]) -> Result<Parts<'_>> {
    let read = |der| {
        let mut reader = SliceReader::new(der)?;
        reader.sequence(|certificate| {
            let parts = certificate.sequence(to_be_signed)?;
            rest(certificate)?;
            Ok(parts)
        })
    };
    read(whole(der)?).map_err(|_: der::Error| damaged())
}

fn to_be_signed<'a, R: Reader<'a>>(reader: &mut R) -> der::Result<Parts<'a>> {
    if reader.peek_tag()? == VERSION {
        AnyRef::decode(reader)?;
    }
    let serial = AnyRef::decode(reader)?.value();
    let (_algorithm, _issuer) = (AnyRef::decode(reader)?, AnyRef::decode(reader)?);
    let validity = reader.sequence(|validity| Ok([time(validity)?, time(validity)?]))?;
    let common_name = reader.sequence(common_name)?;
    let key = reader.tlv_bytes()?;
    let is_authority = is_authority(reader)?;
    Ok(Parts { serial, validity, common_name, key, is_authority })
}

/// Whether the extensions, the last of what follows, have basic constraints (RFC 5280, 4.2.1.9) that begin with TRUE.
fn is_authority<'a, R: Reader<'a>>(reader: &mut R) -> der::Result<bool> {
    let mut found = false;
    while !reader.is_finished() {
        let field = AnyRef::decode(reader)?;
        if field.tag() != EXTENSIONS {
            continue;
        }
        let mut list = SliceReader::new(field.value())?;
        let mut extensions = SliceReader::new(AnyRef::decode(&mut list)?.value())?;
        while !extensions.is_finished() {
            let mut extension = SliceReader::new(AnyRef::decode(&mut extensions)?.value())?;
            let kind = ObjectIdentifier::decode(&mut extension)?;
            let mut value = AnyRef::decode(&mut extension)?;
            if value.tag() == Tag::Boolean {
                value = AnyRef::decode(&mut extension)?;
            }
            let constraints = AnyRef::from_der(value.value()).map(AnyRef::value);
            found |= kind == BASIC_CONSTRAINTS && constraints.is_ok_and(|inside| inside.starts_with(&TRUE));
        }
    }
    Ok(found)
}

/// Passes over what follows.
fn rest<'a, R: Reader<'a>>(reader: &mut R) -> der::Result<()> {
    reader.read_slice(reader.remaining_len()).map(|_| ())
}

fn time<'a, R: Reader<'a>>(reader: &mut R) -> der::Result<i64> {
    let since_1970 = if reader.peek_tag()? == Tag::UtcTime {
        UtcTime::decode(reader)?.to_unix_duration()
    } else {
        GeneralizedTime::decode(reader)?.to_unix_duration()
    };
    i64::try_from(since_1970.as_secs()).map_err(|_| Tag::GeneralizedTime.value_error())
}

/// The first common name among the sets of attributes that a name is.
fn common_name<'a, R: Reader<'a>>(name: &mut R) -> der::Result<Option<&'a str>> {
    let mut found = None;
    while !name.is_finished() {
        let set = AnyRef::decode(name)?;
        let mut attributes = SliceReader::new(set.value())?;
        while !attributes.is_finished() {
            let (kind, value) = attributes
                .sequence(|attribute| Ok((ObjectIdentifier::decode(attribute)?, AnyRef::decode(attribute)?)))?;
            if kind == COMMON_NAME && found.is_none() {
                found = core::str::from_utf8(value.value()).ok();
            }
        }
    }
    Ok(found)
}

//! The little ASN.1 that keys need: reading elements, and writing RSA keys in the one form used here.

use crate::error::{Code, Error, Result};
use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, UintRef};
use der::{Decode, Encode, Header, Length, Reader, SliceReader, Tag, Tagged};
use zeroize::Zeroizing;

pub(super) const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `AlgorithmIdentifier { rsaEncryption, NULL }`.
const RSA_ALGORITHM: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// The protocol's name ends in RSA2048; below it, keys are not safe.
const MIN_BITS: usize = 2048;
/// What every back end can work with.
const MAX_BITS: usize = 4096;
/// More elements than any key or certificate has at one level.
const MAX_ELEMENTS: usize = 16;

/// The elements of the one sequence that `der` is.
pub(super) fn children(der: &[u8]) -> Result<Vec<AnyRef<'_>>> {
    split(der).and_then(|(content, _)| elements(content))
}

/// The elements that follow each other in `content`.
pub(super) fn elements(content: &[u8]) -> Result<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(content).map_err(|_| damaged())?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        if found.len() == MAX_ELEMENTS {
            return Err(damaged());
        }
        found.push(AnyRef::decode(&mut reader).map_err(|_| damaged())?);
    }
    Ok(found)
}

/// The object identifier an `AlgorithmIdentifier` starts with.
pub(super) fn oid(algorithm: AnyRef<'_>) -> Option<ObjectIdentifier> {
    let mut reader = SliceReader::new(algorithm.value()).ok()?;
    ObjectIdentifier::decode(&mut reader).ok()
}

/// PKCS#8 around the PKCS#1 private key in `pkcs1`.
pub(super) fn pkcs8(pkcs1: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let (_, pkcs1) = split(pkcs1)?;
    let key = tlv(Tag::OctetString, &[pkcs1])?;
    tlv(Tag::Sequence, &[&[0x02, 0x01, 0x00], &RSA_ALGORITHM, &key])
}

/// `SubjectPublicKeyInfo` around the PKCS#1 public key in `pkcs1`, after a look at its size.
pub(super) fn spki(pkcs1: &[u8]) -> Result<Vec<u8>> {
    let [modulus, exponent] = children(pkcs1)?.try_into().map_err(|_| damaged())?;
    spki_of(modulus, exponent)
}

/// The PKCS#1 key inside a `SubjectPublicKeyInfo`.
pub(super) fn spki_content(spki: &[u8]) -> Result<&[u8]> {
    let [_, key] = children(spki)?.try_into().map_err(|_| damaged())?;
    key.decode_as::<BitStringRef<'_>>().ok().and_then(|bits| bits.as_bytes()).ok_or_else(damaged)
}

/// Bytes of the modulus in a `SubjectPublicKeyInfo`.
pub(super) fn modulus_bytes(spki: &[u8]) -> Result<usize> {
    let [modulus, _] = children(spki_content(spki)?)?.try_into().map_err(|_| damaged())?;
    uint(modulus).map(|n| n.as_bytes().len())
}

/// The `SubjectPublicKeyInfo` that belongs to the PKCS#1 private key in `pkcs1`, after a look at its size and shape.
pub(super) fn public_of_private(pkcs1: &[u8]) -> Result<Vec<u8>> {
    let elements = children(pkcs1)?;
    if elements.len() != 9 || elements.iter().any(|element| uint(*element).is_err()) {
        return Err(damaged());
    }
    match elements.as_slice() {
        [version, modulus, exponent, ..] if version.value() == [0] => spki_of(*modulus, *exponent),
        _ => Err(Error::new(Code::KeyFormat, "a key of two primes is needed")),
    }
}

/// Whether `element` has the tag.
pub(super) fn has_tag(element: AnyRef<'_>, tag: Tag) -> bool {
    element.tag() == tag
}

pub(super) fn damaged() -> Error {
    Error::new(Code::KeyFormat, "the key is damaged: its DER cannot be read")
}

/// The content of the one sequence that `der` is, and the bytes of all of it.
fn split(der: &[u8]) -> Result<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(der).map_err(|_| damaged())?;
    let header = Header::decode(&mut reader).map_err(|_| damaged())?;
    if header.tag != Tag::Sequence {
        return Err(damaged());
    }
    let content = usize::try_from(header.length).map_err(|_| damaged())?;
    let present = usize::try_from(reader.remaining_len()).map_err(|_| damaged())?;
    if content > present {
        let missing = content.saturating_sub(present);
        return Err(Error::new(Code::KeyFormat, format!("the key is cut short: its last {missing} bytes are missing")));
    }
    let inner = reader.read_slice(header.length).map_err(|_| damaged())?;
    let rest = reader.read_slice(reader.remaining_len()).map_err(|_| damaged())?;
    // A line end behind DER comes from editors and from `echo`.
    if !rest.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(Code::KeyFormat, format!("{} bytes follow the end of the key", rest.len())));
    }
    let whole = der.len().checked_sub(rest.len()).and_then(|end| der.get(..end)).ok_or_else(damaged)?;
    Ok((inner, whole))
}

fn spki_of(modulus: AnyRef<'_>, exponent: AnyRef<'_>) -> Result<Vec<u8>> {
    let (n, e) = (uint(modulus)?, uint(exponent)?);
    check_size(n.as_bytes())?;
    check_exponent(e.as_bytes())?;
    let parts = [modulus.to_der().map_err(|_| damaged())?, exponent.to_der().map_err(|_| damaged())?];
    let key = tlv(Tag::Sequence, &[&parts[0], &parts[1]])?;
    let bits = tlv(Tag::BitString, &[&[0], &key])?;
    tlv(Tag::Sequence, &[&RSA_ALGORITHM, &bits]).map(|der| der.to_vec())
}

fn uint(element: AnyRef<'_>) -> Result<UintRef<'_>> {
    element.decode_as::<UintRef<'_>>().map_err(|_| damaged())
}

fn check_size(modulus: &[u8]) -> Result<()> {
    let leading = modulus.first().map_or(0, |byte| byte.leading_zeros());
    let bits = modulus.len().saturating_mul(8).saturating_sub(usize::try_from(leading).unwrap_or(0));
    if !(MIN_BITS..=MAX_BITS).contains(&bits) {
        let message = format!("the RSA key has {bits} bits, {MIN_BITS} to {MAX_BITS} are needed");
        return Err(Error::new(Code::KeyLength, message));
    }
    if modulus.last().is_none_or(|byte| byte % 2 == 0) {
        return Err(damaged());
    }
    Ok(())
}

// Odd, at least 3, at most 33 bits: the range that all back ends share.
fn check_exponent(exponent: &[u8]) -> Result<()> {
    let fits = match exponent {
        [1] | [] => false,
        [head, _, _, _, _] => *head == 1,
        bytes => bytes.len() < 5,
    };
    if !fits || exponent.last().is_none_or(|byte| byte % 2 == 0) {
        return Err(Error::new(Code::KeyFormat, "the RSA key has an impossible exponent"));
    }
    Ok(())
}

fn tlv(tag: Tag, parts: &[&[u8]]) -> Result<Zeroizing<Vec<u8>>> {
    let length = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
    let header = Length::try_from(length)
        .and_then(|length| Header::new(tag, length))
        .and_then(|header| header.to_der())
        .map_err(|_| damaged())?;
    // Reserved at once, so that growing leaves no copy of a secret behind.
    let mut der = Zeroizing::new(Vec::with_capacity(header.len().saturating_add(length)));
    der.extend_from_slice(&header);
    for part in parts {
        der.extend_from_slice(part);
    }
    Ok(der)
}

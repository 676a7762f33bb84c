//! The little ASN.1 that keys need: reading and writing RSA keys in the one form used here.

use super::element::{
    BIT_STRING, Element, Header, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, element, elements,
};
use crate::error::{Code, Error, Result};
use zeroize::Zeroizing;

/// The content of the object identifier `rsaEncryption`, 1.2.840.113549.1.1.1.
pub(super) const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// The protocol's name ends in RSA2048; below it, keys are not safe.
const MIN_BITS: usize = 2048;
/// What every back end can work with.
const MAX_BITS: usize = 4096;

/// The elements of the one sequence that `der` is.
pub(super) fn children(der: &[u8]) -> Result<Vec<Element<'_>>> {
    sequence(der).and_then(|sequence| elements(sequence.content))
}

/// The content of the object identifier an `AlgorithmIdentifier` starts with.
pub(super) fn oid(algorithm: Element<'_>) -> Option<&[u8]> {
    Element::first(algorithm.content)?.0.content_of(OBJECT_IDENTIFIER)
}

/// PKCS#8 around the PKCS#1 private key in `pkcs1`.
pub(super) fn pkcs8(pkcs1: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let key = element(OCTET_STRING, &[sequence(pkcs1)?.whole]);
    Ok(element(SEQUENCE, &[&[INTEGER, 1, 0], &rsa_algorithm(), &key]))
}

/// `SubjectPublicKeyInfo` around the PKCS#1 public key in `pkcs1`, after a look at its size.
pub(super) fn spki(pkcs1: &[u8]) -> Result<Vec<u8>> {
    let [modulus, exponent] = pair(pkcs1)?;
    spki_of(modulus, exponent)
}

/// The PKCS#1 key inside a `SubjectPublicKeyInfo`.
pub(super) fn spki_content(spki: &[u8]) -> Result<&[u8]> {
    let [_, key] = pair(spki)?;
    // The first byte says how many bits of the last one do not count.
    key.content_of(BIT_STRING).and_then(|bits| bits.strip_prefix(&[0])).ok_or_else(damaged)
}

/// Bytes of the modulus in a `SubjectPublicKeyInfo`.
pub(super) fn modulus_bytes(spki: &[u8]) -> Result<usize> {
    let [modulus, _] = pair(spki_content(spki)?)?;
    uint(modulus).map(<[u8]>::len)
}

/// The `SubjectPublicKeyInfo` that belongs to the PKCS#1 private key in `pkcs1`, after a look at its size and shape.
pub(super) fn public_of_private(pkcs1: &[u8]) -> Result<Vec<u8>> {
    let elements = children(pkcs1)?;
    if elements.len() != 9 || elements.iter().any(|element| element.unsigned().is_none()) {
        return Err(damaged());
    }
    match elements.as_slice() {
        [version, modulus, exponent, ..] if version.content == [0] => spki_of(*modulus, *exponent),
        _ => Err(Error::new(Code::KeyFormat, "a key of two primes is needed")),
    }
}

pub(super) fn damaged() -> Error {
    Error::new(Code::KeyFormat, "the key is damaged: its DER cannot be read")
}

/// `AlgorithmIdentifier { rsaEncryption, NULL }`.
fn rsa_algorithm() -> Zeroizing<Vec<u8>> {
    element(SEQUENCE, &[&element(OBJECT_IDENTIFIER, &[RSA_ENCRYPTION]), &[NULL, 0]])
}

/// The one sequence that `der` is.
fn sequence(der: &[u8]) -> Result<Element<'_>> {
    let Header { tag: SEQUENCE, length, rest } = Header::read(der).ok_or_else(damaged)? else { return Err(damaged()) };
    let missing = length.saturating_sub(rest.len());
    if missing > 0 {
        return Err(Error::new(Code::KeyFormat, format!("the key is cut short: its last {missing} bytes are missing")));
    }
    let (sequence, rest) = Element::first(der).ok_or_else(damaged)?;
    // A line end behind DER comes from editors and from `echo`.
    if !rest.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(Code::KeyFormat, format!("{} bytes follow the end of the key", rest.len())));
    }
    Ok(sequence)
}

/// The elements of a sequence of two.
fn pair(der: &[u8]) -> Result<[Element<'_>; 2]> {
    children(der)?.try_into().map_err(|_| damaged())
}

fn spki_of(modulus: Element<'_>, exponent: Element<'_>) -> Result<Vec<u8>> {
    check_size(uint(modulus)?)?;
    check_exponent(uint(exponent)?)?;
    let key = element(SEQUENCE, &[modulus.whole, exponent.whole]);
    let bits = element(BIT_STRING, &[&[0], &key]);
    Ok(element(SEQUENCE, &[&rsa_algorithm(), &bits]).to_vec())
}

fn uint(element: Element<'_>) -> Result<&[u8]> {
    element.unsigned().ok_or_else(damaged)
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

//! RSA keys: read from PKCS#1, PKCS#8 and `SubjectPublicKeyInfo`, and written in the one form used here.

use super::damaged;
use super::outline::whole;
use crate::error::{Code, Error, Result};
use der::asn1::{BitStringRef, UintRef};
use der::{Decode, Encode};
use pkcs1::{ALGORITHM_ID, RsaPrivateKey, RsaPublicKey};
use pkcs8::PrivateKeyInfo;
use spki::SubjectPublicKeyInfoRef;
use zeroize::Zeroizing;

/// The protocol's name ends in RSA2048; below it, keys are not safe.
const MIN_BITS: usize = 2048;
/// What every back end can work with.
const MAX_BITS: usize = 4096;

/// PKCS#8 around the PKCS#1 private key in `pkcs1`.
pub(in crate::keys) fn pkcs8(pkcs1: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    PrivateKeyInfo::new(ALGORITHM_ID, whole(pkcs1)?).to_der().map(Zeroizing::new).map_err(|_| damaged())
}

/// The PKCS#1 private key inside PKCS#8.
pub(in crate::keys) fn pkcs8_content(pkcs8: &[u8]) -> Result<&[u8]> {
    PrivateKeyInfo::from_der(whole(pkcs8)?).map(|info| info.private_key).map_err(|_| damaged())
}

/// `SubjectPublicKeyInfo` around the PKCS#1 public key in `pkcs1`, after a look at its size.
pub(in crate::keys) fn spki(pkcs1: &[u8]) -> Result<Vec<u8>> {
    spki_of(RsaPublicKey::from_der(whole(pkcs1)?).map_err(|_| damaged())?)
}

/// The PKCS#1 key inside a `SubjectPublicKeyInfo`.
pub(in crate::keys) fn spki_content(spki: &[u8]) -> Result<&[u8]> {
    let info = SubjectPublicKeyInfoRef::from_der(whole(spki)?).map_err(|_| damaged())?;
    info.subject_public_key.as_bytes().ok_or_else(damaged)
}

/// Bytes of the modulus in a `SubjectPublicKeyInfo`.
pub(in crate::keys) fn modulus_bytes(spki: &[u8]) -> Result<usize> {
    let key = RsaPublicKey::from_der(spki_content(spki)?).map_err(|_| damaged())?;
    Ok(key.modulus.as_bytes().len())
}

/// The `SubjectPublicKeyInfo` that belongs to the PKCS#1 private key in `pkcs1`, after a look at its size and shape.
pub(in crate::keys) fn public_of_private(pkcs1: &[u8]) -> Result<Vec<u8>> {
    let key = RsaPrivateKey::from_der(whole(pkcs1)?).map_err(|_| damaged())?;
    if key.other_prime_infos.is_some() {
        return Err(Error::new(Code::KeyFormat, "a key of two primes is needed"));
    }
    spki_of(key.public_key())
}

fn spki_of(key: RsaPublicKey<'_>) -> Result<Vec<u8>> {
    check_size(key.modulus)?;
    check_exponent(key.public_exponent)?;
    let write = || {
        let key = key.to_der()?;
        let subject_public_key = BitStringRef::from_bytes(&key)?;
        SubjectPublicKeyInfoRef { algorithm: ALGORITHM_ID, subject_public_key }.to_der()
    };
    write().map_err(|_: der::Error| damaged())
}

fn check_size(modulus: UintRef<'_>) -> Result<()> {
    let bytes = modulus.as_bytes();
    let leading = bytes.first().map_or(0, |byte| byte.leading_zeros());
    let bits = bytes.len().saturating_mul(8).saturating_sub(usize::try_from(leading).unwrap_or(0));
    if !(MIN_BITS..=MAX_BITS).contains(&bits) {
        let message = format!("the RSA key has {bits} bits, {MIN_BITS} to {MAX_BITS} are needed");
        return Err(Error::new(Code::KeyLength, message));
    }
    if bytes.last().is_none_or(|byte| byte % 2 == 0) {
        return Err(damaged());
    }
    Ok(())
}

// Odd, at least 3, at most 33 bits: the range that all back ends share.
fn check_exponent(exponent: UintRef<'_>) -> Result<()> {
    let exponent = exponent.as_bytes();
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

//! One loader for every form a key comes in, which says what it got when it got something else.

mod armour;
mod format;

pub(super) use format::{Format, Wanted, classify, wrong};

use super::der::{self, damaged};
use crate::error::{Code, Error, Result};
use armour::{Block, blocks};
use zeroize::Zeroizing;

/// Reads a merchant's private key from any usual form and returns PKCS#8 DER, for WebCrypto or a key service.
///
/// Accepts PKCS#8 and PKCS#1, PEM and DER, Base64 without armour, `\n` written out, quotes and byte order mark; at most
/// 64 KiB. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4013053053)
///
/// # Errors
/// `key.kind` for a certificate, public key or the like; `key.format` for damaged input; `key.length` outside 2048 to
/// 4096 bits.
pub fn private_key_der(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    private_key(bytes).map(|(pkcs8, _)| pkcs8)
}

/// The public key, `SubjectPublicKeyInfo` DER, of a private key in any of these forms: what tells, without a crypto
/// feature too, whether the key belongs to a [`MerchantCertificate`](super::MerchantCertificate).
///
/// # Errors
/// As [`private_key_der`].
pub fn public_key_of(private_key: &[u8]) -> Result<Vec<u8>> {
    self::private_key(private_key).map(|(_, spki)| spki)
}

/// PKCS#8 and the `SubjectPublicKeyInfo` that belongs to it.
pub(super) fn private_key(bytes: &[u8]) -> Result<(Zeroizing<Vec<u8>>, Vec<u8>)> {
    let (format, document) = pick(bytes, Wanted::PrivateKey)?;
    let pkcs1 = if format == Format::Pkcs8Private { der::pkcs8_content(&document)? } else { document.as_slice() };
    let spki = der::public_of_private(pkcs1)?;
    Ok((der::pkcs8(pkcs1)?, spki))
}

/// The `SubjectPublicKeyInfo` of a public key in any form.
pub(super) fn public_key(bytes: &[u8]) -> Result<Vec<u8>> {
    let (format, document) = pick(bytes, Wanted::PublicKey)?;
    der::spki(if format == Format::Spki { der::spki_content(&document)? } else { document.as_slice() })
}

/// The DER of a certificate in any form.
pub(super) fn certificate(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    pick(bytes, Wanted::Certificate).map(|(_, der)| der)
}

/// The DER of every certificate in a file; at least one.
pub(super) fn certificates(bytes: &[u8]) -> Result<Vec<Zeroizing<Vec<u8>>>> {
    // The error for a file without one.
    certificate(bytes)?;
    let certificates = blocks(bytes, Wanted::Certificate)?.into_iter().filter_map(|block| match block {
        Block::Der(der) => classify(&der).is_ok_and(|kind| Wanted::Certificate.accepts(kind)).then_some(der),
        Block::Wrong(_) => None,
    });
    Ok(certificates.collect())
}

/// What `bytes` holds, if it holds anything recognisable.
pub(super) fn recognise(bytes: &[u8]) -> Option<Format> {
    match blocks(bytes, Wanted::ApiV3Key).ok()?.first()? {
        Block::Der(der) => classify(der).ok(),
        Block::Wrong(kind) => Some(*kind),
    }
}

/// The first block of the kind that is needed, else what the first recognisable block is.
fn pick(bytes: &[u8], wanted: Wanted) -> Result<(Format, Zeroizing<Vec<u8>>)> {
    let mut first: Option<Error> = None;
    for block in blocks(bytes, wanted)? {
        let error = match block {
            Block::Wrong(kind) => wrong(kind, wanted),
            Block::Der(der) => match classify(&der) {
                Ok(kind) if wanted.accepts(kind) => return Ok((kind, der)),
                Ok(kind) => wrong(kind, wanted),
                Err(error) => error,
            },
        };
        if first.as_ref().is_none_or(|first| first.code() != Code::KeyKind) {
            first = Some(error);
        }
    }
    Err(first.unwrap_or_else(damaged))
}

/// In which form a key came, as the test vectors call it.
#[cfg(test)]
pub(crate) fn form(bytes: &[u8], want: &str) -> Result<&'static str> {
    let wanted = match want {
        "private_key" => Wanted::PrivateKey,
        "public_key" => Wanted::PublicKey,
        _ => Wanted::Certificate,
    };
    Ok(match pick(bytes, wanted)?.0 {
        Format::Pkcs8Private => "pkcs8",
        Format::Pkcs1Private | Format::Pkcs1Public => "pkcs1",
        Format::Spki => "spki",
        _ => "x509",
    })
}

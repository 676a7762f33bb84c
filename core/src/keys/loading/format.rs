//! What a DER document is, told by its outline, and how to say that another was needed.

use crate::error::{Code, Error, Result};
use crate::keys::der::{children, contents};
use der::Tag::{self, BitString, Integer, ObjectIdentifier, OctetString, Sequence};
use der::asn1::{AnyRef, ObjectIdentifier as Oid};
use der::{Decode, SliceReader, TagNumber, Tagged};
use pkcs1::ALGORITHM_OID as RSA_ENCRYPTION;

/// The object identifier `ecPublicKey`.
const EC_PUBLIC_KEY: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
/// The object identifier `RSASSA-PSS`.
const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
/// The tag `[0]` around further elements.
const CONTEXT_0: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };

/// What was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::keys) enum Format {
    Pkcs8Private,
    Pkcs1Private,
    Spki,
    Pkcs1Public,
    Certificate,
    Request,
    RevocationList,
    EncryptedPrivate,
    EcPrivate,
    EcPublic,
    PssKey,
    DsaPrivate,
    OtherKey,
    OpenSshPrivate,
    Pkcs12,
    Pkcs7,
    ApiKeyText,
    KeyId,
    SerialNumber,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Format::Pkcs8Private | Format::Pkcs1Private => "a private key",
            Format::Spki | Format::Pkcs1Public => "a public key",
            Format::Certificate => "a certificate",
            Format::Request => "a certificate signing request",
            Format::RevocationList => "a certificate revocation list",
            Format::EncryptedPrivate => "a private key encrypted with a password",
            Format::EcPrivate => "an EC private key",
            Format::EcPublic => "an EC public key",
            Format::PssKey => "a key restricted to RSA-PSS",
            Format::DsaPrivate => "a DSA private key",
            Format::OtherKey => "a key of an algorithm other than RSA",
            Format::OpenSshPrivate => "a private key in OpenSSH's own format",
            Format::Pkcs12 => "a PKCS#12 file (.p12)",
            Format::Pkcs7 => "a PKCS#7 bundle",
            Format::ApiKeyText => "an APIv2 or APIv3 key (32 characters)",
            Format::KeyId => "the id of a WeChat Pay public key",
            Format::SerialNumber => "a serial number",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Format::Pkcs12 => "; apiclient_key.pem lies beside it",
            Format::EncryptedPrivate => "; decrypt it first",
            _ => "",
        }
    }
}

/// What is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::keys) enum Wanted {
    PrivateKey,
    PublicKey,
    Certificate,
    ApiV3Key,
}

impl Wanted {
    pub(in crate::keys) fn name(self) -> &'static str {
        match self {
            Wanted::PrivateKey => "a private key",
            Wanted::PublicKey => "a public key",
            Wanted::Certificate => "a certificate",
            Wanted::ApiV3Key => "the APIv3 key",
        }
    }

    pub(in crate::keys) fn accepts(self, kind: Format) -> bool {
        match self {
            Wanted::PrivateKey => matches!(kind, Format::Pkcs8Private | Format::Pkcs1Private),
            Wanted::PublicKey => matches!(kind, Format::Spki | Format::Pkcs1Public),
            Wanted::Certificate => kind == Format::Certificate,
            Wanted::ApiV3Key => false,
        }
    }
}

/// The error for one thing passed in place of another.
pub(in crate::keys) fn wrong(kind: Format, wanted: Wanted) -> Error {
    let an_rsa_key =
        matches!(kind, Format::EcPrivate | Format::EcPublic | Format::DsaPrivate | Format::PssKey | Format::OtherKey);
    let needed = match wanted {
        Wanted::PrivateKey if an_rsa_key => "an RSA private key",
        Wanted::PublicKey if an_rsa_key => "an RSA public key",
        _ => wanted.name(),
    };
    Error::new(Code::KeyKind, format!("this is {}, {needed} is needed{}", kind.name(), kind.hint()))
}

/// Tells what a document is from the tags of its first elements.
pub(in crate::keys) fn classify(der: &[u8]) -> Result<Format> {
    // PKCS#12 files come with indefinite lengths, which are not DER.
    if der.starts_with(&[0x30, 0x80, 0x02, 0x01, 0x03]) {
        return Ok(Format::Pkcs12);
    }
    let elements = children(der)?;
    let kind = match (tags(&elements).as_slice(), elements.as_slice()) {
        ([Integer, Sequence, OctetString, ..], [_, algorithm, ..]) => algorithm_kind(*algorithm, Format::Pkcs8Private),
        ([Integer, Sequence, ..], [version, ..]) if version.value() == [3] => Some(Format::Pkcs12),
        ([Integer, OctetString, ..], _) => Some(Format::EcPrivate),
        ([Integer, Integer], _) => Some(Format::Pkcs1Public),
        (tags, _) if tags.iter().all(|tag| *tag == Integer) => match tags.len() {
            9 => Some(Format::Pkcs1Private),
            6 => Some(Format::DsaPrivate),
            _ => None,
        },
        ([Sequence, BitString], [algorithm, _]) => algorithm_kind(*algorithm, Format::Spki),
        ([Sequence, OctetString], _) => Some(Format::EncryptedPrivate),
        ([Sequence, Sequence, BitString], [inner, ..]) => signed_kind(*inner),
        ([ObjectIdentifier, CONTEXT_0], _) => Some(Format::Pkcs7),
        _ => None,
    };
    kind.ok_or_else(|| Error::new(Code::KeyFormat, "this is DER, but neither a key nor a certificate"))
}

fn tags(elements: &[AnyRef<'_>]) -> Vec<Tag> {
    elements.iter().map(Tagged::tag).collect()
}

/// What a key of that algorithm is, when an RSA key in its place is `rsa`.
fn algorithm_kind(algorithm: AnyRef<'_>, rsa: Format) -> Option<Format> {
    let oid = Oid::decode(&mut SliceReader::new(algorithm.value()).ok()?).ok()?;
    Some(match oid {
        RSA_ENCRYPTION => rsa,
        EC_PUBLIC_KEY if rsa == Format::Spki => Format::EcPublic,
        EC_PUBLIC_KEY => Format::EcPrivate,
        RSA_PSS => Format::PssKey,
        _ => Format::OtherKey,
    })
}

fn signed_kind(inner: AnyRef<'_>) -> Option<Format> {
    match tags(&contents(inner).ok()?).as_slice() {
        [CONTEXT_0, Integer, Sequence, ..] | [Integer, Sequence, Sequence, Sequence, Sequence, ..] => {
            Some(Format::Certificate)
        }
        [Integer, Sequence, Sequence] | [Integer, Sequence, Sequence, CONTEXT_0] => Some(Format::Request),
        tags if tags.contains(&Tag::UtcTime) || tags.contains(&Tag::GeneralizedTime) => Some(Format::RevocationList),
        _ => None,
    }
}

//! What a DER document is, told by its outline, and how to say that another was needed.

use super::asn1::{RSA_ENCRYPTION, children, oid};
use super::element::{
    BIT_STRING, CONTEXT_0, Element, GENERALIZED_TIME, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, UTC_TIME,
    elements,
};
use crate::error::{Code, Error, Result};

/// The object identifier `ecPublicKey`, 1.2.840.10045.2.1.
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// The object identifier `RSASSA-PSS`, 1.2.840.113549.1.1.10.
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];

/// What was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Pkcs8Private | Kind::Pkcs1Private => "a private key",
            Kind::Spki | Kind::Pkcs1Public => "a public key",
            Kind::Certificate => "a certificate",
            Kind::Request => "a certificate signing request",
            Kind::RevocationList => "a certificate revocation list",
            Kind::EncryptedPrivate => "a private key encrypted with a password",
            Kind::EcPrivate => "an EC private key",
            Kind::EcPublic => "an EC public key",
            Kind::PssKey => "a key restricted to RSA-PSS",
            Kind::DsaPrivate => "a DSA private key",
            Kind::OtherKey => "a key of an algorithm other than RSA",
            Kind::OpenSshPrivate => "a private key in OpenSSH's own format",
            Kind::Pkcs12 => "a PKCS#12 file (.p12)",
            Kind::Pkcs7 => "a PKCS#7 bundle",
            Kind::ApiKeyText => "an APIv2 or APIv3 key (32 characters)",
            Kind::KeyId => "the id of a WeChat Pay public key",
            Kind::SerialNumber => "a serial number",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Kind::Pkcs12 => "; apiclient_key.pem lies beside it",
            Kind::EncryptedPrivate => "; decrypt it first",
            _ => "",
        }
    }
}

/// What is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    PrivateKey,
    PublicKey,
    Certificate,
    ApiV3Key,
}

impl Wanted {
    pub(super) fn name(self) -> &'static str {
        match self {
            Wanted::PrivateKey => "a private key",
            Wanted::PublicKey => "a public key",
            Wanted::Certificate => "a certificate",
            Wanted::ApiV3Key => "the APIv3 key",
        }
    }

    pub(super) fn accepts(self, kind: Kind) -> bool {
        match self {
            Wanted::PrivateKey => matches!(kind, Kind::Pkcs8Private | Kind::Pkcs1Private),
            Wanted::PublicKey => matches!(kind, Kind::Spki | Kind::Pkcs1Public),
            Wanted::Certificate => kind == Kind::Certificate,
            Wanted::ApiV3Key => false,
        }
    }
}

/// The error for one thing passed in place of another.
pub(super) fn wrong(kind: Kind, wanted: Wanted) -> Error {
    let an_rsa_key =
        matches!(kind, Kind::EcPrivate | Kind::EcPublic | Kind::DsaPrivate | Kind::PssKey | Kind::OtherKey);
    let needed = match wanted {
        Wanted::PrivateKey if an_rsa_key => "an RSA private key",
        Wanted::PublicKey if an_rsa_key => "an RSA public key",
        _ => wanted.name(),
    };
    Error::new(Code::KeyKind, format!("this is {}, {needed} is needed{}", kind.name(), kind.hint()))
}

/// Tells what a document is from the tags of its first elements.
pub(super) fn classify(der: &[u8]) -> Result<Kind> {
    // PKCS#12 files come with indefinite lengths, which are not DER.
    if der.starts_with(&[0x30, 0x80, 0x02, 0x01, 0x03]) {
        return Ok(Kind::Pkcs12);
    }
    let elements = children(der)?;
    let kind = match (tags(&elements).as_slice(), elements.as_slice()) {
        ([INTEGER, SEQUENCE, OCTET_STRING, ..], [_, algorithm, ..]) => algorithm_kind(*algorithm, Kind::Pkcs8Private),
        ([INTEGER, SEQUENCE, ..], [version, ..]) if version.content == [3] => Some(Kind::Pkcs12),
        ([INTEGER, OCTET_STRING, ..], _) => Some(Kind::EcPrivate),
        ([INTEGER, INTEGER], _) => Some(Kind::Pkcs1Public),
        (tags, _) if tags.iter().all(|tag| *tag == INTEGER) => match tags.len() {
            9 => Some(Kind::Pkcs1Private),
            6 => Some(Kind::DsaPrivate),
            _ => None,
        },
        ([SEQUENCE, BIT_STRING], [algorithm, _]) => algorithm_kind(*algorithm, Kind::Spki),
        ([SEQUENCE, OCTET_STRING], _) => Some(Kind::EncryptedPrivate),
        ([SEQUENCE, SEQUENCE, BIT_STRING], [inner, ..]) => signed_kind(*inner),
        ([OBJECT_IDENTIFIER, CONTEXT_0], _) => Some(Kind::Pkcs7),
        _ => None,
    };
    kind.ok_or_else(|| Error::new(Code::KeyFormat, "this is DER, but neither a key nor a certificate"))
}

fn tags(elements: &[Element<'_>]) -> Vec<u8> {
    elements.iter().map(|element| element.tag).collect()
}

/// What a key of that algorithm is, when an RSA key in its place is `rsa`.
fn algorithm_kind(algorithm: Element<'_>, rsa: Kind) -> Option<Kind> {
    Some(match oid(algorithm)? {
        RSA_ENCRYPTION => rsa,
        EC_PUBLIC_KEY if rsa == Kind::Spki => Kind::EcPublic,
        EC_PUBLIC_KEY => Kind::EcPrivate,
        RSA_PSS => Kind::PssKey,
        _ => Kind::OtherKey,
    })
}

fn signed_kind(inner: Element<'_>) -> Option<Kind> {
    match tags(&elements(inner.content).ok()?).as_slice() {
        [CONTEXT_0, INTEGER, SEQUENCE, ..] | [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, ..] => {
            Some(Kind::Certificate)
        }
        [INTEGER, SEQUENCE, SEQUENCE] | [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0] => Some(Kind::Request),
        tags if tags.contains(&UTC_TIME) || tags.contains(&GENERALIZED_TIME) => Some(Kind::RevocationList),
        _ => None,
    }
}

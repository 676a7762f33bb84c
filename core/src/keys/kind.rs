//! What a DER document is, told by its outline, and how to say that another was needed.

use super::asn1::{RSA_ENCRYPTION, children, oid};
use crate::error::{Code, Error, Result};
use der::Tag;
use der::asn1::{AnyRef, ObjectIdentifier};

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

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
    let tags: Vec<Tag> = elements.iter().map(|element| tag(*element)).collect();
    let kind = match (elements.as_slice(), tags.as_slice()) {
        ([_, algorithm, ..], [Tag::Integer, Tag::Sequence, Tag::OctetString, ..]) => private_kind(*algorithm),
        ([version, ..], [Tag::Integer, Tag::Sequence, ..]) if version.value() == [3] => Some(Kind::Pkcs12),
        (_, [Tag::Integer, Tag::OctetString, ..]) => Some(Kind::EcPrivate),
        (_, [Tag::Integer, Tag::Integer]) => Some(Kind::Pkcs1Public),
        (_, tags) if tags.iter().all(|tag| *tag == Tag::Integer) => match tags.len() {
            9 => Some(Kind::Pkcs1Private),
            6 => Some(Kind::DsaPrivate),
            _ => None,
        },
        ([algorithm, _], [Tag::Sequence, Tag::BitString]) => public_kind(*algorithm),
        (_, [Tag::Sequence, Tag::OctetString]) => Some(Kind::EncryptedPrivate),
        ([inner, ..], [Tag::Sequence, Tag::Sequence, Tag::BitString]) => signed_kind(*inner),
        (_, [Tag::ObjectIdentifier, Tag::ContextSpecific { .. }]) => Some(Kind::Pkcs7),
        _ => None,
    };
    kind.ok_or_else(|| Error::new(Code::KeyFormat, "this is DER, but neither a key nor a certificate"))
}

fn tag(element: AnyRef<'_>) -> Tag {
    der::Tagged::tag(&element)
}

fn private_kind(algorithm: AnyRef<'_>) -> Option<Kind> {
    Some(match oid(algorithm)? {
        RSA_ENCRYPTION => Kind::Pkcs8Private,
        EC_PUBLIC_KEY => Kind::EcPrivate,
        RSA_PSS => Kind::PssKey,
        _ => Kind::OtherKey,
    })
}

fn public_kind(algorithm: AnyRef<'_>) -> Option<Kind> {
    Some(match oid(algorithm)? {
        RSA_ENCRYPTION => Kind::Spki,
        EC_PUBLIC_KEY => Kind::EcPublic,
        RSA_PSS => Kind::PssKey,
        _ => Kind::OtherKey,
    })
}

fn signed_kind(inner: AnyRef<'_>) -> Option<Kind> {
    let elements = super::asn1::elements(inner.value()).ok()?;
    let tags: Vec<Tag> = elements.iter().map(|element| tag(*element)).collect();
    match tags.as_slice() {
        [Tag::ContextSpecific { .. }, Tag::Integer, Tag::Sequence, ..]
        | [Tag::Integer, Tag::Sequence, Tag::Sequence, Tag::Sequence, Tag::Sequence, ..] => Some(Kind::Certificate),
        [Tag::Integer, Tag::Sequence, Tag::Sequence]
        | [Tag::Integer, Tag::Sequence, Tag::Sequence, Tag::ContextSpecific { .. }] => Some(Kind::Request),
        tags if tags.contains(&Tag::UtcTime) || tags.contains(&Tag::GeneralizedTime) => Some(Kind::RevocationList),
        _ => None,
    }
}

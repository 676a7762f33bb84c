//! How calls differ: system, caller, replay class, form and answer.

use super::{Generations, Table};

/// The two systems, with rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum System {
    /// WeChat Pay v3: signed both ways.
    Pay,
    /// Official Accounts and mini programs: access tokens, `errcode`.
    Account,
}

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallerKind {
    /// A merchant that signs for itself (普通商户).
    Direct,
    /// A service provider (服务商) for itself.
    Partner,
    /// A service provider on a sub-merchant's behalf (特约商户).
    SubMerchant,
    /// An Official Account or mini program.
    Account,
}

impl CallerKind {
    /// The system it calls.
    pub const fn system(self) -> System {
        match self {
            CallerKind::Account => System::Account,
            CallerKind::Direct | CallerKind::Partner | CallerKind::SubMerchant => System::Pay,
        }
    }

    /// The caller's name in the wire doors.
    pub const fn as_str(self) -> &'static str {
        match self {
            CallerKind::Direct => "direct",
            CallerKind::Partner => "partner",
            CallerKind::SubMerchant => "sub_merchant",
            CallerKind::Account => "account",
        }
    }

    /// The generations such a caller can be in.
    pub const fn generations(self) -> Generations {
        match self {
            CallerKind::Direct => Generations::G1,
            CallerKind::Partner | CallerKind::SubMerchant => Generations::G2_G3,
            CallerKind::Account => Generations::ALL,
        }
    }
}

/// What repeating a call does when it is unknown whether the first one took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replay {
    /// Nothing: repeat at will.
    Safe,
    /// The gateway recognises the same ids; the named call tells whether the first one took effect.
    SameIds {
        /// The call that tells.
        query: &'static str,
    },
    /// A second effect: never repeat by itself; the named call, where there is one, tells what happened.
    Never {
        /// The call that tells, if any.
        query: Option<&'static str>,
    },
}

impl Replay {
    /// The class as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Replay::Safe => "safe",
            Replay::SameIds { .. } => "same_ids",
            Replay::Never { .. } => "never",
        }
    }
}

/// How a request is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Path, query and a JSON body where a field goes there.
    Json,
    /// A multipart upload.
    Upload {
        /// The part that holds the file.
        part: &'static str,
        /// Most bytes of the file; 0 where no document says.
        max_bytes: usize,
    },
    /// A plain request to the URL that an earlier answer gave: no signature either way.
    Download,
}

/// What is answered.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// A JSON object.
    Json(&'static Table),
    /// Accepted (202, empty): the result comes later.
    Accepted,
    /// A file.
    File {
        /// Whether its SM3 digest comes in a header.
        digest: FileDigest,
    },
}

/// Whether a file comes with its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileDigest {
    /// The `SM3-Digest` header is required.
    Sm3,
    /// No digest is documented.
    None,
}

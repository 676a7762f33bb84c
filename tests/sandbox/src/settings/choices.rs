//! The words settings are made of.

use serde::{Deserialize, Serialize};

use crate::keys::{PLATFORM_1, PLATFORM_2};

/// How something that was accepted ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ending {
    Success,
    Failure,
}

/// What becomes of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CardResult {
    Inserted,
    Stuck,
    Lost,
    None,
}

/// The card template of a merchant that has made none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Template {
    Made,
    Missing,
}

/// The form of callbacks, where the tables and the samples differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Envelope {
    Bare,
    Full,
}

/// Platform certificates in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Certificates {
    Both,
    Old,
    New,
    None,
}

impl Certificates {
    /// Their serials, the one with the latest start last.
    pub(crate) const fn offered(self) -> &'static [&'static str] {
        match self {
            Self::Both => &[PLATFORM_1, PLATFORM_2],
            Self::Old => &[PLATFORM_1],
            Self::New => &[PLATFORM_2],
            Self::None => &[],
        }
    }
}

/// Whether something is taken or turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Policy {
    Accept,
    Refuse,
}

/// The clock behind signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SignatureClock {
    /// The one the control API moves.
    Virtual,
    /// The machine's, for clients that cannot follow the virtual one.
    Wall,
}

/// The life of a download link inside its 30 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Links {
    /// Any number of downloads: the official text names no limit.
    Many,
    /// One download.
    Once,
}

/// What becomes of a refresh token that was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RefreshTokens {
    /// Another one takes its place.
    Rotate,
    /// It is given out again.
    Keep,
}

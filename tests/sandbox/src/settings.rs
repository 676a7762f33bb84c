//! What can be changed while the sandbox runs.

use serde::{Deserialize, Serialize};

/// The gateway's ways where the official text leaves them open, or where tests want another pace.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Settings {
    /// Virtual seconds from acceptance to ISSUED.
    pub(crate) issue_seconds: i64,
    /// A repeated issue with the same two ids.
    pub(crate) duplicates: Policy,
    /// A nonce used again by the same merchant inside the clock window.
    pub(crate) nonce_reuse: Policy,
    /// Which clock request and answer timestamps are compared with.
    pub(crate) signature_clock: SignatureClock,
    /// How often one download link works.
    pub(crate) download_links: Links,
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

/// A change of some settings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    issue_seconds: Option<u32>,
    duplicates: Option<Policy>,
    nonce_reuse: Option<Policy>,
    signature_clock: Option<SignatureClock>,
    download_links: Option<Links>,
}

impl Settings {
    /// The settings a sandbox starts with.
    pub(crate) fn new(issue_seconds: u32) -> Self {
        Self {
            issue_seconds: issue_seconds.into(),
            duplicates: Policy::Refuse,
            nonce_reuse: Policy::Refuse,
            signature_clock: SignatureClock::Virtual,
            download_links: Links::Many,
        }
    }

    /// Takes over what a change names.
    pub(crate) fn apply(&mut self, change: &Change) {
        self.issue_seconds = change.issue_seconds.map_or(self.issue_seconds, i64::from);
        self.duplicates = change.duplicates.unwrap_or(self.duplicates);
        self.nonce_reuse = change.nonce_reuse.unwrap_or(self.nonce_reuse);
        self.signature_clock = change.signature_clock.unwrap_or(self.signature_clock);
        self.download_links = change.download_links.unwrap_or(self.download_links);
    }
}

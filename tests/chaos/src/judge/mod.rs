//! The judgement on a story. Its evidence is the sandbox's ledger; what core concluded is what is judged.

mod effects;
mod flow;
mod proof;
mod repeats;
mod waits;

use crate::story::Story;
use std::fmt;

pub(crate) use effects::{Truth, truths};

/// A rule that holds whatever goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// No answer is accepted that was forged, tampered with or not an answer.
    Forged,
    /// A good answer is accepted.
    Refused,
    /// The decision says what the ledger says.
    Effect,
    /// "No" is said on proof only, even where it happens to be true.
    Proof,
    /// "Unknown" is said only where nobody could know, and names who can tell and when.
    Unknown,
    /// One application never carries a second invoice id.
    SecondId,
    /// Nothing that counts takes effect twice.
    Doubled,
    /// Requests are repeated only as the class of the call and the doubts about it allow.
    Repeat,
    /// The host changes only when it cannot be reached.
    Host,
    /// Waits stand where they must, and grow.
    Wait,
    /// Each request is told as what it was.
    Attempt,
    /// A file is the one the gateway serves.
    File,
    /// Following the decisions leads to the truth.
    Truth,
    /// The gateway has nothing to remark.
    Notes,
    /// Each request arrives as often as it was sent.
    Arrival,
}

/// A broken rule.
#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) rule: Rule,
    pub(crate) why: String,
    /// The story it is in.
    pub(crate) evidence: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}{}", self.rule, self.why, self.evidence)
    }
}

/// Every rule a story breaks.
pub(crate) fn judge(story: &Story) -> Vec<(Rule, String)> {
    let mut broken: Vec<(Rule, String)> = Vec::new();
    for trail in &story.trails {
        broken.extend(flow::judge(trail));
        broken.extend(repeats::judge(trail));
        broken.extend(waits::judge(trail));
    }
    broken.extend(effects::judge(&story.trails));
    broken.extend(proof::judge(&story.trails));
    broken
}

//! Rules broken on purpose, in the driver, to see that the judge notices.

use super::judge::Rule;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Sabotage {
    /// Every signature that is to be checked elsewhere is called valid, unseen
    Verify,
    /// After an unknown outcome the invoice is issued again under a new `fapiao_id`
    Ids,
    /// An unknown outcome is taken for "did not happen"
    Decision,
    /// A file is accepted without the check of its digest
    Digest,
}

impl Sabotage {
    pub(super) const ALL: [Self; 4] = [Self::Verify, Self::Ids, Self::Decision, Self::Digest];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Ids => "ids",
            Self::Decision => "decision",
            Self::Digest => "digest",
        }
    }

    /// The rules that must catch it; a run that breaks only others has not.
    pub(super) fn caught_by(self) -> &'static [Rule] {
        match self {
            Self::Verify => &[Rule::Forged],
            Self::Ids => &[Rule::SecondId],
            Self::Decision => &[Rule::Effect],
            Self::Digest => &[Rule::Forged, Rule::File],
        }
    }
}

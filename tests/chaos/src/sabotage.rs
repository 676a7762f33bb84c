//! Rules broken on purpose, in the driver, to see that the judge notices.

use crate::judge::Rule;
use crate::world::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Sabotage {
    /// Every signature that is to be checked elsewhere is called valid, unseen
    Verify,
    /// After an unknown outcome the invoice is issued again under a new `fapiao_id`
    Ids,
    /// An unknown outcome is taken for "did not happen"
    Decision,
    /// A file is accepted without the check of its digest
    Digest,
    /// The first "not there" of a query is taken for "did not happen"
    Lag,
    /// Any answer of 400 to 499 is taken for "did not happen"
    Proof,
    /// A reversal is taken for accepted because its invoice is there
    Evidence,
    /// A call in doubt is made again without its doubt
    Resume,
}

impl Sabotage {
    pub(crate) const ALL: [Self; 8] =
        [Self::Verify, Self::Ids, Self::Decision, Self::Digest, Self::Lag, Self::Proof, Self::Evidence, Self::Resume];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Ids => "ids",
            Self::Decision => "decision",
            Self::Digest => "digest",
            Self::Lag => "lag",
            Self::Proof => "proof",
            Self::Evidence => "evidence",
            Self::Resume => "resume",
        }
    }

    /// The worlds in which it does harm; none where it does everywhere.
    pub(crate) fn worlds(self) -> Vec<World> {
        match self {
            Self::Verify | Self::Ids | Self::Decision | Self::Digest => Vec::new(),
            Self::Lag => vec![World::Lag],
            Self::Proof => vec![World::Proxy],
            Self::Evidence => vec![World::Reversal],
            Self::Resume => vec![World::Refusal, World::Crash],
        }
    }

    /// The rules that must catch it; a run that breaks only others has not.
    pub(crate) fn caught_by(self) -> &'static [Rule] {
        match self {
            Self::Verify => &[Rule::Forged],
            Self::Ids => &[Rule::SecondId],
            Self::Decision | Self::Lag | Self::Proof | Self::Evidence | Self::Resume => &[Rule::Effect],
            Self::Digest => &[Rule::Forged, Rule::File],
        }
    }
}

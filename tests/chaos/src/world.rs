//! The worlds a story can take place in: what goes wrong beyond single answers.

use crate::rng::Rng;
use std::collections::BTreeSet;
use std::fmt;

/// One of them. What a hit is says how often it really came to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum World {
    /// Queries show an older state; hit: one that does not show what has taken effect
    Lag,
    /// A request arrives long after its connection was cut; hit: one carried out or refused then
    Late,
    /// The client sends the same bytes twice without being asked, and hands on the second answer; hit: both arrived
    Repeat,
    /// Something between client and gateway answers, before or after the effect; hit: such an answer
    Proxy,
    /// The gateway refuses, in listed and unlisted ways; hit: such a refusal
    Refusal,
    /// Two workers at one call, over one store; hit: a worker that met the other one there
    Workers,
    /// The process ends between any two steps, and another one goes on; hit: an end with a request on its way
    Crash,
    /// An invoice is reversed, and the query is old; hit: one that still says ISSUED of what was reversed
    Reversal,
    /// Somebody keeps a signed empty answer and gives it to other calls; hit: one given
    Replay,
}

/// Of these, a story has none, one or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Worlds(BTreeSet<World>);

impl World {
    pub(crate) const ALL: [Self; 9] = [
        Self::Lag,
        Self::Late,
        Self::Repeat,
        Self::Proxy,
        Self::Refusal,
        Self::Workers,
        Self::Crash,
        Self::Reversal,
        Self::Replay,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lag => "lag",
            Self::Late => "late",
            Self::Repeat => "repeat",
            Self::Proxy => "proxy",
            Self::Refusal => "refusal",
            Self::Workers => "workers",
            Self::Crash => "crash",
            Self::Reversal => "reversal",
            Self::Replay => "replay",
        }
    }
}

impl Worlds {
    /// The ordered ones; else none, one or several by chance.
    pub(crate) fn draw(ordered: &[World], rng: &mut Rng, hits: impl Fn(World) -> u64) -> Self {
        if !ordered.is_empty() {
            return Self(ordered.iter().copied().collect());
        }
        let count = match rng.below(100) {
            0..12 => 0,
            12..65 => 1,
            65..88 => 2,
            _ => 3,
        };
        Self((0..count).filter_map(|_| rng.rare(&World::ALL, &hits)).collect())
    }

    pub(crate) fn has(&self, world: World) -> bool {
        self.0.contains(&world)
    }

    /// Their names, or `honest` where there is none.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        if self.0.is_empty() { vec![HONEST] } else { self.0.iter().map(|world| world.name()).collect() }
    }
}

/// Where nothing goes wrong beyond single answers.
pub(crate) const HONEST: &str = "honest";

impl fmt::Display for Worlds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().join(" + "))
    }
}

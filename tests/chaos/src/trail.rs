//! What is known of one flow once it is over: what the driver saw, and what the sandbox's ledger says arrived.

use crate::faults::{Draw, Kind, MAIN_DOWN, Means, Variant};
use crate::ledger::Arrival;
use fapiao::flow::{Attempt, Decision, Effect};
use std::collections::BTreeSet;

/// How often a call may be sent, as its official page has it. The judge's own table: core's is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// As often as one likes.
    Safe,
    /// Again under the same ids, once it is known that the first was not taken.
    SameIds,
    /// Never again unless it certainly was not taken.
    Never,
}

/// Who can tell what became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Nobody.
    Never,
    /// The query, by an entry of each id.
    ByEntry,
    /// The query, by the status of each id.
    ByStatus(&'static [&'static str]),
}

/// One call as the judge knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) class: Class,
    pub(crate) shown: Shown,
}

/// The ids of an issue or a reversal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ids {
    pub(crate) apply: String,
    pub(crate) fapiao: Vec<String>,
}

/// What came of one request, as the driver saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    Answer,
    /// The answer of another request, given again.
    Replayed,
    Nothing,
    /// It never left.
    NotSent,
}

/// One request of a flow.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) number: u64,
    /// Whether it asks what became of the call.
    pub(crate) asks: bool,
    pub(crate) origin: String,
    pub(crate) came: Came,
    /// When it left.
    pub(crate) at: i64,
    /// The timestamp it was signed with.
    pub(crate) signed_at: Option<i64>,
    /// The waits just before it, milliseconds.
    pub(crate) waited: Vec<u64>,
    /// Of a question: whether the body that came shows the effect on every id.
    pub(crate) shows: bool,
    /// What the ledger says of it: one entry, two where the client repeated it.
    pub(crate) arrivals: Vec<Arrival>,
    /// Their carrying out, where they were held up.
    pub(crate) late: Vec<Arrival>,
}

/// What the ledger makes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It took no effect, in a way the client can trust.
    Refused,
    /// The same, unless the client repeats requests by itself.
    RefusedIfSentOnce,
    /// A good answer, whole and genuine.
    Success,
    /// The gateway's own "not there".
    NotThere,
    /// The gateway's own "there already".
    Exists,
    /// What came back, if anything, says nothing.
    Hidden,
}

/// How a flow ended.
#[derive(Debug)]
pub(crate) enum End {
    /// With an outcome.
    Outcome {
        accepted: bool,
        /// The code of its error, or `ok`.
        code: &'static str,
        decision: Decision,
        /// Whether there was a text to keep.
        text: bool,
    },
    /// The program concluded this by itself.
    Concluded(Effect),
    /// The process ended.
    Crashed,
}

/// What is particular about a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// It was told that an earlier attempt is in doubt.
    HandedIn,
    /// It found that in the store.
    Found,
    /// It found there that the call was done.
    FoundDone,
    /// It found there that the call took no effect.
    FoundNot,
    /// Another worker was at the same call.
    Race,
    /// Another worker was quicker at the store.
    LostRace,
    /// Its store could not be reached.
    StoreDown,
    /// It was to send one request and no more.
    Once,
    /// Its client was declared to repeat requests by itself.
    Repeats,
}

/// One flow.
#[derive(Debug)]
pub(crate) struct Trail {
    pub(crate) called: Called,
    pub(crate) ids: Option<Ids>,
    pub(crate) marks: BTreeSet<Mark>,
    pub(crate) plan: Vec<Draw>,
    pub(crate) sent: Vec<Sent>,
    /// How many requests it had sent when another worker was quicker at the store.
    pub(crate) stopped: Option<usize>,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) end: End,
    /// The numbers of the latest request of all when it began, and when it was last given anything.
    pub(crate) began_at: u64,
    pub(crate) ended_at: u64,
    /// The latest entry of the ledger then.
    pub(crate) seen: u64,
}

impl End {
    /// What it says of the effect, unless the process ended.
    pub(crate) fn effect(&self) -> Option<Effect> {
        match self {
            Self::Outcome { decision, .. } => Some(decision.effect),
            Self::Concluded(effect) => Some(*effect),
            Self::Crashed => None,
        }
    }
}

impl Sent {
    /// The variants of a flow's faults that struck it; of one that was sent twice, those that struck what was handed on.
    pub(crate) fn struck<'a>(&'a self, plan: &'a [Draw]) -> impl Iterator<Item = (usize, &'static Variant)> + 'a {
        let names = self.arrivals.last().map(|arrival| arrival.fault.as_slice()).unwrap_or_default();
        let planned = plan.iter().filter_map(|draw| Some((draw.variant, draw.variant()?)));
        planned.filter(move |(_, variant)| match self.came {
            Came::NotSent => variant.fault == MAIN_DOWN,
            Came::Answer | Came::Nothing | Came::Replayed => names.iter().any(|name| name == variant.fault),
        })
    }

    /// Every entry of the ledger about it.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Arrival> {
        self.arrivals.iter().chain(&self.late)
    }

    /// Whether it took effect, however late.
    pub(crate) fn counts(&self) -> bool {
        self.entries().any(Arrival::counts)
    }
}

impl Trail {
    pub(crate) fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// The requests of the call itself.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &Sent> {
        self.sent.iter().filter(|sent| !sent.asks)
    }

    pub(crate) fn fate(&self, sent: &Sent) -> Fate {
        match sent.came {
            Came::NotSent => return Fate::RefusedIfSentOnce,
            Came::Replayed | Came::Nothing => return Fate::Hidden,
            Came::Answer => {}
        }
        let Some(arrival) = sent.arrivals.last() else { return Fate::Hidden };
        let means: Vec<_> = sent.struck(&self.plan).map(|(_, variant)| variant.means).collect();
        for (meant, fate) in [
            (Means::Hidden, Fate::Hidden),
            (Means::RefusedIfSentOnce, Fate::RefusedIfSentOnce),
            (Means::Refused, Fate::Refused),
        ] {
            if means.contains(&meant) {
                return fate;
            }
        }
        match (arrival.outcome.status, arrival.outcome.code.as_deref()) {
            (None, _) => Fate::Hidden,
            (Some(200..=299), None) => Fate::Success,
            (_, Some("RESOURCE_ALREADY_EXISTS")) => Fate::Exists,
            (Some(404), Some("RESOURCE_NOT_EXISTS")) if sent.asks => Fate::NotThere,
            (Some(400), Some("PARAM_ERROR")) | (Some(403), Some("NO_AUTH")) => Fate::Refused,
            (Some(_), _) => Fate::RefusedIfSentOnce,
        }
    }

    /// Whether nobody can know, from this request of the call alone, if it took effect.
    pub(crate) fn leaves_doubt(&self, sent: &Sent) -> bool {
        match self.fate(sent) {
            Fate::Hidden | Fate::Exists => true,
            Fate::RefusedIfSentOnce => self.is(Mark::Repeats),
            Fate::Refused | Fate::Success | Fate::NotThere => false,
        }
    }
}

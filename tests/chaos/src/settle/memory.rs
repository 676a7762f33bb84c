//! What a program keeps of a call in doubt from one flow to the next.

use super::together;
use crate::drive::Job;
use crate::driver::{Driver, Ended};
use crate::trail::{Mark, Shown};
use crate::world::World;
use anyhow::Result;
use fapiao::Accepted;
use fapiao::flow::Effect;

/// Longer than a request is taken and a query is behind, seconds: for those who were told no time.
const LONG: i64 = 400;

/// How it keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// The text that flows give.
    Text,
    /// In a store that flows ask for.
    Store,
    /// The time of its end.
    Time,
    /// No flow is told; the user asks the query when its answer is final.
    ByHand,
}

#[derive(Debug)]
pub(super) struct Memory {
    pub(super) keeping: Keeping,
    text: Option<String>,
    doubt: Option<Doubt>,
}

#[derive(Clone, Copy, Debug)]
struct Doubt {
    since: i64,
    ask_after: i64,
}

impl Keeping {
    pub(super) fn draw(driver: &mut Driver<'_>, shown: Shown) -> Self {
        if driver.story.worlds.has(World::Workers) {
            return Self::Store;
        }
        match driver.rng.below(100) {
            0..40 => Self::Text,
            40..70 => Self::Store,
            70..90 => Self::Time,
            _ if shown == Shown::Never => Self::Time,
            _ => Self::ByHand,
        }
    }
}

impl Memory {
    pub(super) fn new(keeping: Keeping) -> Self {
        Self { keeping, text: None, doubt: None }
    }

    pub(super) fn clear(&mut self) {
        (self.text, self.doubt) = (None, None);
    }

    /// When the answer of the query is final, while the call is in doubt.
    pub(super) fn ask_after(&self) -> Option<i64> {
        self.doubt.map(|doubt| doubt.ask_after)
    }

    /// Tells a flow what was kept; gives whether that was a doubt.
    pub(super) fn hand_in(&self, job: &mut Job<Accepted>) -> Result<bool> {
        let in_doubt = match (self.keeping, &self.text, self.doubt) {
            (Keeping::Text, Some(text), _) => {
                job.flow.resume(text)?;
                true
            }
            (Keeping::Time, _, Some(doubt)) => {
                job.flow.assume_in_doubt(doubt.since);
                true
            }
            (Keeping::Store, ..) => {
                // It is the store that tells.
                job.flow.keep_doubt();
                return Ok(false);
            }
            _ => false,
        };
        if in_doubt {
            job.marks.insert(Mark::HandedIn);
        }
        Ok(in_doubt)
    }

    /// Keeps what the ends of flows leave; gives what they come to.
    pub(super) fn note(&mut self, ends: Vec<Ended<Accepted>>, now: i64) -> Effect {
        let effect = together(&ends);
        if effect != Effect::Unknown {
            self.clear();
            return effect;
        }
        let told = ends.iter().filter_map(|ended| ended.decision?.ask_after).max();
        self.doubt = Some(Doubt { since: now, ask_after: told.unwrap_or(now + LONG) });
        self.text = ends.into_iter().find_map(|ended| ended.text).or_else(|| self.text.take());
        effect
    }
}

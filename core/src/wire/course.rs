//! A flow, and what became of it.

use super::{Incoming, Outgoing, WireAnswer, report};
use crate::error::Result;
use crate::flow::{Attempt, Decision, Flow, Given, Step};
use crate::moment::Moment;

/// A flow that keeps what became of it, to tell when it is asked: a success needs none of that.
#[derive(Debug)]
pub struct Course {
    flow: Flow<WireAnswer>,
    over: Option<(Decision, Vec<Attempt>)>,
}

impl Course {
    /// [`Flow::once`].
    pub fn once(&mut self) {
        self.flow.once();
    }

    /// Goes on.
    ///
    /// # Errors
    /// As [`Flow::step`].
    pub fn step(&mut self, moment: &Moment) -> Result<Step<WireAnswer, Outgoing>> {
        let mut step = self.flow.step_plain(moment)?;
        if let Step::Done(done) = &mut step {
            self.over = Some((done.decision, std::mem::take(&mut done.attempts)));
        }
        Ok(step)
    }

    /// Gives the result of a need back.
    ///
    /// # Errors
    /// As [`Flow::give`].
    pub fn give(&mut self, id: u32, given: Given<Incoming>) -> Result<()> {
        self.flow.give_plain(id, given)
    }

    /// Decision and attempts as JSON, once it is over.
    pub fn report(&self) -> Option<String> {
        self.over.as_ref().map(|(decision, attempts)| report::course(*decision, attempts))
    }
}

impl From<Flow<WireAnswer>> for Course {
    fn from(flow: Flow<WireAnswer>) -> Self {
        Self { flow, over: None }
    }
}

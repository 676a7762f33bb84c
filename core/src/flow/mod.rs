//! The call driver: a state machine that says what it needs and ends with an outcome.
//!
//! A host's send loop: take the needs of each step, do them, give the results back, until the step is `Done`.

mod asking;
mod decision;
mod engine;
mod exchange;
mod need;
mod outcome;

pub use decision::{Decision, Effect, Resend};
pub use need::{Given, Need, Work};
pub use outcome::{Attempt, Outcome};

use crate::error::Result;
use crate::moment::Moment;
use crate::operation::Reply;
use crate::protocol::Draft;
use engine::{Conclusion, Engine, Turn};
use std::marker::PhantomData;

/// One operation on its way: signed, sent, verified and, where that is right, repeated.
pub struct Flow<A> {
    engine: Engine,
    call: &'static str,
    answer: PhantomData<fn() -> A>,
}

/// What a flow does next.
#[derive(Debug)]
pub enum Step<A> {
    /// Do all of these, give their results back, then step again.
    Need(Vec<Need>),
    /// It is over.
    Done(Outcome<A>),
}

impl<A: Reply> Flow<A> {
    pub(crate) fn new(draft: Draft) -> Self {
        Self { call: draft.call.name, engine: Engine::new(draft), answer: PhantomData }
    }

    /// The same call without its repetitions: it ends with the answer to its one request, for hosts that decide themselves.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.engine.stop_after_one();
        self
    }

    /// Goes on. Each step takes a fresh moment.
    ///
    /// # Errors
    /// `input.state` while needs are not answered, and once the flow is over.
    pub fn step(&mut self, moment: &Moment) -> Result<Step<A>> {
        let ending = match self.engine.step(moment)? {
            Turn::Need(needs) => return Ok(Step::Need(needs)),
            Turn::Over(ending) => ending,
        };
        let attempts = std::mem::take(&mut self.engine.attempts);
        let (result, clock_offset) = match ending.result {
            Ok(Conclusion::Answered(verified)) => {
                let offset = verified.draft().is_signed().then(|| verified.clock_offset());
                (A::read(&verified.retype()), offset)
            }
            Ok(Conclusion::TakenByQuery) => (A::taken(), None),
            Err(error) => (Err(error), None),
        };
        Ok(Step::Done(Outcome { result, decision: ending.decision, attempts, clock_offset }))
    }

    /// Gives the result of a need back.
    ///
    /// # Errors
    /// `input.state` for an id that is not open, or a result of another kind than was asked for: nothing is taken then.
    pub fn give(&mut self, id: u32, given: Given) -> Result<()> {
        self.engine.give(id, given)
    }
}

impl<A> std::fmt::Debug for Flow<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Flow")
            .field("call", &self.call)
            .field("attempts", &self.engine.attempts.len())
            .finish_non_exhaustive()
    }
}

//! The call driver: a state machine that says what it needs and ends with an outcome.
//!
//! A host's send loop: take the needs of each step, do them, give the results back, until the step is `Done`.

mod asking;
mod decision;
mod engine;
mod exchange;
mod need;
mod outcome;
mod outstanding;
#[cfg(all(test, any(feature = "aws-lc", feature = "rsa")))]
mod tests;

pub use decision::{Decision, Effect, Resend};
pub use need::{Given, Need, Work};
pub use outcome::{Attempt, Outcome};

use crate::error::Result;
use crate::moment::Moment;
use crate::operation::Reply;
use crate::protocol::{Draft, Incoming, Outgoing};
use engine::{Engine, Turn};
use http::Request;
use outcome::Conclusion;
use std::marker::PhantomData;

/// One operation on its way: signed, sent, verified and, where that is right, repeated.
pub struct Flow<A> {
    engine: Engine,
    call: &'static str,
    answer: PhantomData<fn() -> A>,
}

/// What a flow does next.
#[derive(Debug)]
pub enum Step<A, R = Request<Vec<u8>>> {
    /// Do all of these, give their results back, then step again.
    Need(Vec<Need<R>>),
    /// It is over.
    Done(Outcome<A>),
}

impl<A: Reply> Flow<A> {
    pub(crate) fn new(draft: Draft) -> Self {
        Self { call: draft.call.name, engine: Engine::new(draft), answer: PhantomData }
    }

    /// Does without repetitions: the flow ends with its first request, for programs that decide for themselves what comes next.
    pub fn once(&mut self) {
        self.engine.stop_after_one();
    }

    /// Goes on. Each step takes a fresh moment.
    ///
    /// # Errors
    /// `input.state` while needs are not answered, and once the flow is over.
    pub fn step(&mut self, moment: &Moment) -> Result<Step<A>> {
        Ok(match self.step_plain(moment)? {
            Step::Need(needs) => Step::Need(needs.into_iter().map(Need::into_http).collect::<Result<_>>()?),
            Step::Done(outcome) => Step::Done(outcome),
        })
    }

    /// [`step`](Self::step) for doors to other languages: requests without the `http` crate's types.
    ///
    /// # Errors
    /// As [`step`](Self::step).
    pub fn step_plain(&mut self, moment: &Moment) -> Result<Step<A, Outgoing>> {
        let ending = match self.engine.step(moment)? {
            Turn::Need(needs) => return Ok(Step::Need(needs)),
            Turn::Over(ending) => ending,
        };
        let mut attempts = std::mem::take(&mut self.engine.attempts);
        let result = match ending.result {
            Ok(Conclusion::Answered(verified)) => {
                let result = A::read(&verified.retype());
                if let (Err(error), Some(attempt)) = (&result, attempts.last_mut()) {
                    attempt.error = Some(error.code());
                }
                result
            }
            Ok(Conclusion::TakenByQuery) => A::taken(),
            Err(error) => Err(error),
        };
        Ok(Step::Done(Outcome { result, decision: ending.decision, attempts }))
    }

    /// Gives the result of a need back.
    ///
    /// # Errors
    /// `input.state` for an id that is not open, or a result of another kind than was asked for: nothing is taken then.
    pub fn give(&mut self, id: u32, given: Given) -> Result<()> {
        self.give_plain(id, given.into())
    }

    /// [`give`](Self::give) for doors to other languages: answers without the `http` crate's types.
    ///
    /// # Errors
    /// As [`give`](Self::give).
    pub fn give_plain(&mut self, id: u32, given: Given<Incoming>) -> Result<()> {
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

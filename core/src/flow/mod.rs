//! The call driver: a state machine that says what it needs and ends with an outcome.
//!
//! A host's send loop: take the needs of each step, do them, give the results back, until the step is `Done`.

mod asking;
mod attempt;
mod budget;
mod decision;
mod effect;
mod engine;
mod exchange;
mod in_doubt;
mod journal;
mod need;
mod outcome;
mod plain;
mod reconcile;
mod results;
mod rules;
mod seen;
mod slots;
mod step;
#[cfg(all(test, feature = "_local-keys"))]
mod tests;
pub(crate) mod token;

pub use attempt::Attempt;
pub use decision::{Decision, History, effect, resend};
pub use effect::{Effect, Resend};
pub use in_doubt::FINAL_AFTER;
pub use need::{Need, NeedKind, NeedResult};
pub use outcome::Outcome;
pub use rules::{Heard, Proof};
pub use seen::SeenAnswers;
pub use step::Step;

use crate::error::Result;
use crate::moment::Moment;
use crate::protocol::{Draft, Incoming, Outgoing, Reply};
use engine::Engine;
use outcome::Conclusion;
use std::marker::PhantomData;

/// One operation on its way: signed, sent, verified and, where that is right, repeated.
pub struct Flow<A> {
    engine: Engine,
    call: &'static str,
    answer: PhantomData<fn() -> A>,
}

impl<A: Reply> Flow<A> {
    pub(crate) fn new(draft: Draft) -> Self {
        Self { call: draft.call.name, engine: Engine::new(draft), answer: PhantomData }
    }

    /// Does without repetitions: the flow ends with its first request, for programs that decide for themselves what comes next.
    pub fn once(&mut self) {
        self.engine.once();
    }

    /// Takes into account that the client is known to repeat requests by itself: what it says of one request may be about the
    /// second, so less of it proves that there was no effect.
    pub fn client_repeats(&mut self) {
        self.engine.client_repeats();
    }

    /// Believes each empty answer once, as far as this memory reaches; share it among the flows of one client.
    pub fn remember_in(&mut self, seen: &SeenAnswers) {
        self.engine.remember_in(seen.clone());
    }

    /// Lets what is in doubt surface as needs to be kept, before the first byte leaves: [`NeedKind::Load`] and
    /// [`NeedKind::Store`], over a store that compares and swaps.
    pub fn keep_doubt(&mut self) {
        self.engine.keep_doubt();
    }

    /// Gets the access token of an account that has its `AppSecret` and no token: [`NeedKind::Load`] and [`NeedKind::Store`]
    /// surface for it, over a store that compares and swaps, shared by all who call for this account. Not together with
    /// [`once`](Self::once), since it takes a request of its own.
    pub fn keep_tokens(&mut self) {
        self.engine.keep_tokens();
    }

    /// Hands in what an earlier attempt of this call left in doubt: [`Outcome::in_doubt`], or [`Flow::in_doubt`] of a flow that was
    /// given up. The query is then asked before anything is sent.
    ///
    /// # Errors
    /// `input.in_doubt` for a damaged text, and for one of another call or another content.
    pub fn resume(&mut self, in_doubt: &str) -> Result<()> {
        self.engine.resume(in_doubt)
    }

    /// For programs that kept nothing: an earlier attempt of this call may have been sent, at this time (Unix seconds) at the latest.
    pub fn assume_in_doubt(&mut self, last_send: i64) {
        self.engine.assume_in_doubt(last_send);
    }

    /// What is in doubt while a request is on its way, or after an end that leaves it unknown: one JSON text to keep. Nothing in it is
    /// secret or personal.
    pub fn in_doubt(&self) -> Option<String> {
        self.engine.in_doubt()
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

    /// [`step`](Self::step) without the types of the `http` crate.
    pub(crate) fn step_plain(&mut self, moment: &Moment) -> Result<Step<A, Outgoing>> {
        let outcome = match self.engine.step(moment)? {
            Step::Need(needs) => return Ok(Step::Need(needs)),
            Step::Done(outcome) => outcome,
        };
        let Outcome { result, decision, in_doubt, mut attempts, mut warnings } = outcome;
        let result = match result {
            Ok(Conclusion::Answered(verified)) => {
                let verified = verified.retype();
                warnings.extend(verified.warnings());
                let result = A::read(&verified);
                if let (Err(error), Some(attempt)) = (&result, attempts.last_mut()) {
                    attempt.error = Some(error.code());
                }
                result
            }
            Ok(Conclusion::ConfirmedByQuery) => A::on_confirmed(),
            Err(error) => Err(error),
        };
        Ok(Step::Done(Outcome { result, decision, in_doubt, attempts, warnings }))
    }

    /// Gives the result of a need back.
    ///
    /// # Errors
    /// `input.state` for an id that is not open, or a result of another kind than was asked for: nothing is taken then.
    pub fn give(&mut self, id: u32, result: NeedResult) -> Result<()> {
        self.give_plain(id, result.into())
    }

    /// [`give`](Self::give) without the types of the `http` crate.
    pub(crate) fn give_plain(&mut self, id: u32, result: NeedResult<Incoming>) -> Result<()> {
        self.engine.give(id, result)
    }
}

impl<A> std::fmt::Debug for Flow<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Flow")
            .field("call", &self.call)
            .field("attempts", &self.engine.attempts())
            .finish_non_exhaustive()
    }
}

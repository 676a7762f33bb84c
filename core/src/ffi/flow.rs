//! A flow, and what became of it.

use super::response::Response;
use super::{Incoming, Outgoing, report};
use crate::error::Result;
use crate::flow::{self, NeedResult, SeenAnswers, Step};
use crate::moment::Moment;

/// A flow that keeps what became of it, to tell when it is asked: a success needs none of that.
#[derive(Debug)]
pub struct Flow {
    flow: flow::Flow<Response>,
    report: Option<report::Ending>,
}

impl Flow {
    pub(super) fn new(flow: flow::Flow<Response>) -> Self {
        Self { flow, report: None }
    }

    /// [`flow::Flow::once`].
    pub fn once(&mut self) {
        self.flow.once();
    }

    /// [`flow::Flow::client_repeats`].
    pub fn client_repeats(&mut self) {
        self.flow.client_repeats();
    }

    /// [`flow::Flow::remember_in`], in place of the caller's own memory.
    pub fn remember_in(&mut self, seen: &SeenAnswers) {
        self.flow.remember_in(seen);
    }

    /// [`flow::Flow::keep_doubt`].
    pub fn keep_doubt(&mut self) {
        self.flow.keep_doubt();
    }

    /// [`flow::Flow::resume`].
    ///
    /// # Errors
    /// `input.in_doubt`.
    pub fn resume(&mut self, in_doubt: &str) -> Result<()> {
        self.flow.resume(in_doubt)
    }

    /// [`flow::Flow::assume_in_doubt`].
    pub fn assume_in_doubt(&mut self, last_send: i64) {
        self.flow.assume_in_doubt(last_send);
    }

    /// [`flow::Flow::in_doubt`].
    pub fn in_doubt(&self) -> Option<String> {
        self.flow.in_doubt()
    }

    /// Goes on.
    ///
    /// # Errors
    /// As [`flow::Flow::step`].
    pub fn step(&mut self, moment: &Moment) -> Result<Step<Response, Outgoing>> {
        let mut step = self.flow.step_plain(moment)?;
        if let Step::Done(outcome) = &mut step {
            self.report = Some(report::Ending::of(outcome));
        }
        Ok(step)
    }

    /// Gives the result of a need back.
    ///
    /// # Errors
    /// As [`flow::Flow::give`].
    pub fn give(&mut self, id: u32, result: NeedResult<Incoming>) -> Result<()> {
        self.flow.give_plain(id, result)
    }

    /// Decision, attempts, warnings and what is in doubt as JSON, once it is over.
    pub fn report(&self) -> Option<String> {
        self.report.as_ref().map(report::Ending::to_json)
    }

    /// The warnings alone, where there are any: a success is asked for no more.
    pub fn warnings(&self) -> Option<String> {
        self.report.as_ref().and_then(report::Ending::warnings_json)
    }
}

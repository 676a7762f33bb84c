//! Flows of any answer, driven alike.

use fapiao::flow::{Decision, Effect, Need, NeedResult};
use fapiao::{Code, Flow, Moment, Reply, SeenAnswers, Step};

/// A flow whose answer's type does not matter.
pub(crate) trait Running {
    fn step(&mut self, moment: &Moment) -> Going;
    fn give(&mut self, id: u32, result: NeedResult);
    fn in_doubt(&self) -> Option<String>;
    fn resume(&mut self, text: &str);
    fn assume_in_doubt(&mut self, last_send: i64);
    fn keep_doubt(&mut self);
    fn client_repeats(&mut self);
    fn remember_in(&mut self, seen: &SeenAnswers);
}

/// A step of it.
pub(crate) enum Going {
    Needs(Vec<Need>),
    Over(Ended),
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// What went wrong.
    pub(crate) error: Option<Code>,
    pub(crate) decision: Decision,
    pub(crate) in_doubt: Option<String>,
}

impl Ended {
    pub(crate) fn effect(&self) -> Effect {
        self.decision.effect
    }
}

pub(crate) fn running<A: Reply + 'static>(flow: Flow<A>) -> Box<dyn Running> {
    Box::new(flow)
}

impl<A: Reply> Running for Flow<A> {
    fn step(&mut self, moment: &Moment) -> Going {
        match Flow::step(self, moment).unwrap() {
            Step::Need(needs) => Going::Needs(needs),
            Step::Done(outcome) => Going::Over(Ended {
                error: outcome.result.err().map(|error| error.code()),
                decision: outcome.decision,
                in_doubt: outcome.in_doubt,
            }),
        }
    }

    fn give(&mut self, id: u32, result: NeedResult) {
        Flow::give(self, id, result).unwrap();
    }

    fn in_doubt(&self) -> Option<String> {
        Flow::in_doubt(self)
    }

    fn resume(&mut self, text: &str) {
        Flow::resume(self, text).unwrap();
    }

    fn assume_in_doubt(&mut self, last_send: i64) {
        Flow::assume_in_doubt(self, last_send);
    }

    fn keep_doubt(&mut self) {
        Flow::keep_doubt(self);
    }

    fn client_repeats(&mut self) {
        Flow::client_repeats(self);
    }

    fn remember_in(&mut self, seen: &SeenAnswers) {
        Flow::remember_in(self, seen);
    }
}

//! What a store is asked: what an earlier attempt left there, that the doubt is kept before the request leaves, and what became of it.

use super::{Engine, Next, State};
use crate::error::{Code, Error, Result};
use crate::flow::decision::Decision;
use crate::flow::effect::Effect;
use crate::flow::exchange::Exchange;
use crate::flow::outcome::{Conclusion, Outcome};
use crate::flow::plain::{NeedKind, NeedResult};
use crate::moment::Moment;

impl Engine {
    pub(super) fn begin(&mut self, call: Box<Exchange>, moment: &Moment) -> Next {
        let Some(load) = self.journal.load() else { return self.begin_call(call, moment) };
        self.state = State::ExpectKept(call);
        Next::Need(vec![load])
    }

    pub(super) fn kept(&mut self, call: Box<Exchange>, results: Vec<NeedResult>, moment: &Moment) -> Next {
        match self.journal.loaded(results.into_iter().next()) {
            Ok(in_doubt) => {
                self.history.in_doubt = in_doubt.unwrap_or(self.history.in_doubt);
                self.begin_call(call, moment)
            }
            Err(error) => {
                // What cannot be read there may tell of a request that left.
                self.assume_in_doubt(moment.now());
                self.unsent(error)
            }
        }
    }

    pub(super) fn stored(&mut self, call: Box<Exchange>, send: Vec<NeedKind>, results: Vec<NeedResult>) -> Next {
        let Err(error) = self.journal.stored(results.into_iter().next()) else {
            self.state = State::ExpectCall(call);
            return Next::Need(send);
        };
        // Nothing of this attempt left.
        self.attempts.pop();
        self.overtaken(Err(error.clone()), &error)
    }

    /// Ends, once the store was asked to keep what became of the call; a "no" that it did not keep is none.
    pub(super) fn settled(&mut self, outcome: Outcome<Conclusion>, results: Vec<NeedResult>) -> Next {
        match self.journal.stored(results.into_iter().next()) {
            Err(error) if outcome.decision.effect == Effect::No => {
                self.attempts = outcome.attempts;
                let taken = error.code() == Code::SendTaken;
                self.overtaken(if taken { Err(error.clone()) } else { outcome.result }, &error)
            }
            _ => Next::Done(outcome),
        }
    }

    /// Ends where the store did not take what was to be kept: what another worker sent meanwhile is not known here.
    fn overtaken(&mut self, result: Result<Conclusion>, error: &Error) -> Next {
        self.history.in_doubt = true;
        if error.code() == Code::SendTaken {
            self.journal.leave();
        } else {
            self.journal.reopen();
        }
        let decision = Decision::unsent(self.draft.call, self.draft.replay, self.history);
        let decision = self.with_ask_after(decision);
        Next::Done(self.outcome(result, decision))
    }
}

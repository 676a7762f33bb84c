//! What happens while nobody knows whether a call took effect: the call that tells is asked, and its answer decides.

use super::{Engine, MAX_SENDS, Turn};
use crate::catalogue::Replay;
use crate::error::{Error, Result};
use crate::flow::asking;
use crate::flow::decision::{self, Decision, Effect, History, Resend};
use crate::flow::exchange::{Exchange, Untyped};
use crate::flow::outcome::Conclusion;
use crate::moment::Moment;
use crate::protocol::Verified;

/// Most requests that ask what became of it.
const MAX_QUERIES: u32 = 4;

/// The exchange in doubt, and what put it in doubt.
pub(super) struct Doubt {
    exchange: Box<Exchange>,
    error: Error,
    decision: Decision,
}

impl Engine {
    /// Asks what became of it, while asking is left.
    pub(super) fn ask(&mut self, query: &'static str, error: Error, decision: Decision) -> Option<Turn> {
        let exchange =
            (!self.once && self.queries < MAX_QUERIES).then(|| asking::ask(&self.exchange.draft, query)).flatten();
        let Some(mut exchange) = exchange.map(Box::new) else {
            let unknown = Decision { effect: Effect::Unknown, first: Some(query), ..decision };
            return Some(self.end(Err(error), unknown));
        };
        let host = self.exchange.host;
        exchange.restart(if decision.resend == Resend::OtherHost { host.other() } else { host });
        let exchange = std::mem::replace(&mut self.exchange, exchange);
        self.doubt = Some(Doubt { exchange, error, decision });
        None
    }

    pub(super) fn conclude_query(
        &mut self,
        doubt: Doubt,
        result: Result<Box<Verified<Untyped>>>,
        moment: &Moment,
    ) -> Option<Turn> {
        let unknown =
            Decision { effect: Effect::Unknown, resend: Resend::No, first: Some(self.exchange.draft.call.name) };
        let error = match result {
            Ok(answer) => {
                self.record(None, Some(Decision::DONE));
                return match asking::is_there(&answer) {
                    Some(true) => Some(self.end(Ok(Conclusion::TakenByQuery), Decision::DONE)),
                    Some(false) => self.not_there(doubt, moment),
                    None => Some(self.end(Err(doubt.error), unknown)),
                };
            }
            Err(error) => error,
        };
        let history = History { unsent: !self.exchange.sent, ..History::default() };
        let decision = Decision::of(self.exchange.draft.call, Replay::Safe, &error, history);
        self.record(Some(error.code()), Some(decision));
        if decision::not_there(&error) {
            return self.not_there(doubt, moment);
        }
        if decision.resend == Resend::No || self.queries >= MAX_QUERIES {
            return Some(self.end(Err(doubt.error), unknown));
        }
        self.doubt = Some(doubt);
        self.again(decision.resend, moment)
    }

    /// The call that tells does not know it: the same ids go out again, while sends are left.
    fn not_there(&mut self, doubt: Doubt, moment: &Moment) -> Option<Turn> {
        let Doubt { exchange, error, decision } = doubt;
        if decision::already_there(&error) {
            // One call says it is there, the other that it is not.
            let unknown = Decision { effect: Effect::Unknown, first: Some(self.exchange.draft.call.name), ..decision };
            return Some(self.end(Err(error), unknown));
        }
        let host = std::mem::replace(&mut self.exchange, exchange).host;
        self.history = History { in_doubt: false, was_in_doubt: true, ..self.history };
        if decision.effect == Effect::No {
            return Some(self.end(Err(error), decision));
        }
        if self.sends >= MAX_SENDS {
            return Some(self.end(Err(error), Decision { effect: Effect::No, resend: Resend::Later, first: None }));
        }
        // Where the answer came from can be reached; what was overloaded is given time.
        self.exchange.host = host;
        self.again(if decision.resend == Resend::Later { Resend::Later } else { Resend::Now }, moment)
    }
}

//! A call in doubt, and the query that tells what became of it.

use super::decision::{Decision, History};
use super::effect::Resend;
use super::exchange::Exchange;
use super::plain::Untyped;
use super::reconcile::{self, Finding};
use super::rules::{hear, not_there};
use crate::error::{Error, Result};
use crate::protocol::Verified;
use crate::schema::Replay;

/// A call in doubt while its query is on its way.
pub(super) struct Asking {
    pub(super) query: Exchange,
    pub(super) call: Box<Exchange>,
    /// What put it in doubt.
    pub(super) error: Error,
    pub(super) decision: Decision,
    /// When the question left: its answer shows nothing later.
    pub(super) asked_at: i64,
}

/// What an answer of the query means for the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It took effect.
    Confirmed,
    /// It is not shown (yet).
    NotThere,
    /// The query failed in passing, or shows a part.
    AskAgain,
    /// The query is refused: asking again is of no use.
    GiveUp,
}

impl Asking {
    /// Asks where the call's request went.
    pub(super) fn new(mut query: Exchange, call: Box<Exchange>, error: Error, decision: Decision) -> Self {
        query.restart(call.host);
        Self { query, call, error, decision, asked_at: 0 }
    }

    /// What an ending of the query means for the query itself.
    pub(super) fn decision_on(&self, result: &Result<Box<Verified<Untyped>>>) -> Decision {
        match result {
            Ok(_) => Decision::DONE,
            Err(error) => Decision::of(self.query.draft.call, Replay::Safe, error, History::default()),
        }
    }

    /// What it means for the call; the query is made ready to be asked again.
    pub(super) fn verdict(&mut self, result: Result<Box<Verified<Untyped>>>) -> Verdict {
        let host = self.query.host;
        self.query.restart(host);
        let error = match result {
            Ok(answer) => return self.found(&answer),
            Err(error) => error,
        };
        if not_there(&error) {
            return Verdict::NotThere;
        }
        let heard = hear(&error);
        if heard.comes_again() {
            return Verdict::GiveUp;
        }
        if heard.resend() == Resend::OtherHost {
            self.query.restart(host.other());
        }
        Verdict::AskAgain
    }

    fn found(&mut self, answer: &Verified<Untyped>) -> Verdict {
        let Some(subject) = &self.call.draft.subject else { return Verdict::GiveUp };
        match reconcile::confirmed(subject, answer) {
            Finding::All => Verdict::Confirmed,
            Finding::None => Verdict::NotThere,
            Finding::Without(missing) => {
                self.error = self.error.clone().with("missing", missing.join(" "));
                Verdict::AskAgain
            }
            Finding::Unclear => Verdict::AskAgain,
        }
    }
}

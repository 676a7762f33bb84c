//! What happens while nobody knows whether a call took effect: the query is asked, and its answer decides.

use super::{Engine, Next, State};
use crate::error::Error;
use crate::flow::asking::{Asking, Verdict};
use crate::flow::attempt::Attempt;
use crate::flow::decision::Decision;
use crate::flow::effect::{Effect, Resend};
use crate::flow::exchange::{Exchange, Progress};
use crate::flow::outcome::Conclusion;
use crate::flow::plain::NeedKind;
use crate::flow::reconcile;
use crate::flow::rules::{Heard, hear};
use crate::moment::Moment;
use crate::schema::Replay;

impl Engine {
    /// Asks what became of the call; without a query, or once enough was asked, it ends unknown.
    pub(super) fn ask(&mut self, call: Box<Exchange>, error: Error, decision: Decision, moment: &Moment) -> Next {
        let query = if self.budget.may_ask() { reconcile::query(&self.draft) } else { None };
        let Some(query) = query else { return self.unknown(error, decision) };
        let asking = Box::new(Asking::new(query, call, error, decision));
        // "Already there" is asked about at once: what it speaks of arrived before.
        if matches!(hear(&asking.error), Heard::AlreadyExists | Heard::ErrcodeExists) {
            self.budget.asked();
            self.state = State::ExpectQuery(asking);
            return Next::Again;
        }
        self.ask_later(asking, moment)
    }

    /// Asks after a wait, while questions are left.
    pub(super) fn ask_later(&mut self, asking: Box<Asking>, moment: &Moment) -> Next {
        let since = moment.now().saturating_sub(self.journal.last_send());
        let Some(milliseconds) = self.budget.wait_to_ask(moment, since) else {
            return self.unknown(asking.error, asking.decision);
        };
        self.state = State::ExpectQuery(asking);
        if milliseconds == 0 { Next::Again } else { Next::Need(vec![NeedKind::Wait { milliseconds }]) }
    }

    pub(super) fn on_query(&mut self, mut asking: Box<Asking>, progress: Progress, moment: &Moment) -> Next {
        let result = match progress {
            Progress::Need(kinds) => {
                if let [NeedKind::Send { host, .. }] = kinds.as_slice() {
                    self.attempts.push(Attempt::new(asking.query.draft.call.name, self.attempts.len(), *host));
                    asking.asked_at = moment.now();
                }
                self.state = State::ExpectQuery(asking);
                return Next::Need(kinds);
            }
            Progress::Unsent(error) => return self.unknown(error, asking.decision),
            Progress::Done(result) => result,
        };
        if let (Ok(verified), Some(attempt)) = (&result, self.attempts.last_mut()) {
            attempt.clock_offset = verified.clock_offset();
        }
        self.note(result.as_ref().err().map(Error::code), asking.decision_on(&result));
        match asking.verdict(result) {
            Verdict::Confirmed => self.end(Ok(Conclusion::ConfirmedByQuery), Decision::DONE),
            Verdict::NotThere => self.not_there(asking, moment),
            Verdict::AskAgain => self.ask_later(asking, moment),
            Verdict::GiveUp => self.unknown(asking.error, asking.decision),
        }
    }

    /// The query does not show the call. That is final once no earlier request can arrive any more; before, it permits sending
    /// the same ids again, nothing more.
    pub(super) fn not_there(&mut self, asking: Box<Asking>, moment: &Moment) -> Next {
        let heard = hear(&asking.error);
        // A flow is shorter than that: where it sent something itself and so much time has passed, a clock was set.
        let is_final = !self.budget.has_sent() && self.journal.ask_after().is_some_and(|time| time <= asking.asked_at);
        self.history.in_doubt &= !is_final;
        let same_ids = matches!(self.draft.replay, Replay::SameIds(_));
        let refused = self.journal.was_refused();
        let permits = !refused && heard.permits_same_ids() && (same_ids || is_final);
        if permits && self.budget.may_send() {
            let Asking { query, mut call, .. } = *asking;
            // Where the query was answered can be reached.
            call.restart(query.host);
            self.state = State::ExpectCall(call);
            return Next::Again;
        }
        if is_final {
            let resend = match heard.resend() {
                _ if permits => Resend::Later,
                _ if refused => Resend::No,
                resend => resend,
            };
            return self.end(Err(asking.error), Decision { effect: Effect::No, resend, first: None, ask_after: None });
        }
        self.ask_later(asking, moment)
    }

    pub(super) fn unknown(&mut self, error: Error, decision: Decision) -> Next {
        let first = self.draft.replay.evidence().map(|evidence| evidence.query.name);
        let decision = self.with_ask_after(Decision { effect: Effect::Unknown, first, ..decision });
        self.end(Err(error), decision)
    }

    pub(super) fn with_ask_after(&self, decision: Decision) -> Decision {
        let asked = decision.effect == Effect::Unknown && decision.first.is_some();
        Decision { ask_after: self.journal.ask_after().filter(|_| asked), ..decision }
    }
}

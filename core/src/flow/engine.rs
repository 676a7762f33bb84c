//! What happens between exchanges: repeat, change host, ask what became of it, keep what is in doubt, or stop.

mod doubt;
mod kept;
mod token;

use super::asking::Asking;
use super::attempt::Attempt;
use super::budget::Budget;
use super::decision::{Decision, History};
use super::effect::{Effect, Resend};
use super::exchange::{Exchange, Progress};
use super::journal::Journal;
use super::outcome::{Conclusion, Outcome};
use super::plain::{NeedKind, NeedResult, Untyped};
use super::rules::{Heard, hear, token_is_bad};
use super::seen::SeenAnswers;
use super::slots::Slots;
use super::step::Step;
use super::token::TokenFetch;
use crate::error::{Code, Error, Result};
use crate::moment::Moment;
use crate::protocol::{Draft, Outgoing, Verified};
use crate::schema::Replay;
use std::sync::Arc;
use token::{ToKeep, Tokens};

pub(super) struct Engine {
    state: State,
    draft: Arc<Draft>,
    history: History,
    journal: Journal,
    budget: Budget,
    seen: Option<SeenAnswers>,
    tokens: Tokens,
    slots: Slots,
    attempts: Vec<Attempt>,
}

/// What the engine waits for.
enum State {
    Ready(Box<Exchange>),
    /// The access token.
    ExpectToken(Box<TokenFetch>, Box<Exchange>),
    /// What a store kept of an earlier attempt.
    ExpectKept(Box<Exchange>),
    /// The call's own exchange.
    ExpectCall(Box<Exchange>),
    /// That the doubt is kept; then this is sent.
    ExpectStored(Box<Exchange>, Vec<NeedKind>),
    /// The query's exchange.
    ExpectQuery(Box<Asking>),
    /// That what became of it is kept.
    ExpectSettled(Box<Outcome<Conclusion>>),
    /// What is kept under the key of the token that the answer grants.
    ExpectGrantLoaded(ToKeep, Box<Outcome<Conclusion>>),
    /// That the token which the answer grants is kept.
    ExpectGrantStored(ToKeep, Box<Outcome<Conclusion>>),
    Done,
}

enum Next {
    Need(Vec<NeedKind>),
    Again,
    Done(Outcome<Conclusion>),
}

impl Engine {
    pub(super) fn new(draft: Draft) -> Self {
        let draft = Arc::new(draft);
        Self {
            state: State::Ready(Box::new(Exchange::new(Arc::clone(&draft)))),
            journal: Journal::of(&draft),
            draft,
            history: History::default(),
            budget: Budget::new(),
            seen: None,
            tokens: Tokens::default(),
            slots: Slots::new(),
            attempts: Vec::new(),
        }
    }

    /// Ends with the first request: nothing is repeated, and nobody is asked what became of it.
    pub(super) fn once(&mut self) {
        self.budget = Budget::once();
        self.tokens = Tokens::default();
    }

    pub(super) fn client_repeats(&mut self) {
        self.history.client_repeats = true;
    }

    pub(super) fn remember_in(&mut self, seen: SeenAnswers) {
        self.seen = Some(seen);
    }

    pub(super) fn keep_doubt(&mut self) {
        self.journal.keep();
    }

    /// Takes in what an earlier attempt left in doubt.
    pub(super) fn resume(&mut self, text: &str) -> Result<()> {
        self.history.in_doubt = self.journal.resume(text)?;
        Ok(())
    }

    /// Takes it that an earlier attempt was sent at this time at the latest.
    pub(super) fn assume_in_doubt(&mut self, last_send: i64) {
        self.history.in_doubt = self.journal.has_effect();
        self.journal.assume_sent(last_send);
    }

    /// What is in doubt while a request is on its way, or after an end that leaves it unknown.
    pub(super) fn in_doubt(&self) -> Option<String> {
        self.journal.text(self.history.in_doubt)
    }

    pub(super) fn give(&mut self, id: u32, result: NeedResult) -> Result<()> {
        self.slots.give(id, result)
    }

    pub(super) fn attempts(&self) -> usize {
        self.attempts.len()
    }

    pub(super) fn step(&mut self, moment: &Moment) -> Result<Step<Conclusion, Outgoing>> {
        if matches!(self.state, State::Done) {
            return Err(over());
        }
        let mut results = self.slots.take()?;
        loop {
            let next = self.turn(std::mem::take(&mut results), moment);
            match self.keep_grant_first(next) {
                Next::Need(kinds) => {
                    return Ok(Step::Need(kinds.into_iter().map(|kind| self.slots.hand_out(kind)).collect()));
                }
                Next::Again => {}
                Next::Done(outcome) => return Ok(Step::Done(outcome)),
            }
        }
    }

    fn turn(&mut self, results: Vec<NeedResult>, moment: &Moment) -> Next {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Ready(call) => self.first_token(call, moment),
            State::ExpectToken(fetch, call) => self.on_token(fetch, call, results, moment),
            State::ExpectKept(call) => self.kept(call, results, moment),
            State::ExpectCall(mut call) => {
                let progress = call.advance(results, moment, self.attempts.last_mut());
                self.on_call(call, progress, moment)
            }
            State::ExpectStored(call, send) => self.stored(call, send, results),
            State::ExpectQuery(mut asking) => {
                let progress = asking.query.advance(results, moment, self.attempts.last_mut());
                self.on_query(asking, progress, moment)
            }
            State::ExpectSettled(outcome) => self.settled(*outcome, results),
            State::ExpectGrantLoaded(keep, outcome) => self.grant_loaded(keep, outcome, results),
            State::ExpectGrantStored(keep, outcome) => self.grant_stored(keep, *outcome, results),
            State::Done => Next::Done(self.outcome(Err(over()), Decision::DONE)),
        }
    }

    /// Sends the call, or first asks about an earlier attempt of it.
    fn begin_call(&mut self, call: Box<Exchange>, moment: &Moment) -> Next {
        if self.journal.is_done() {
            return Next::Done(self.outcome(Ok(Conclusion::ConfirmedByQuery), Decision::DONE));
        }
        let repeatable = !matches!(self.draft.replay, Replay::Never(_));
        if self.history.in_doubt && (self.budget.may_ask() || !repeatable) {
            let decision = Decision::on(self.draft.call, self.draft.replay, Heard::Lost, self.history);
            let error = Error::new(Code::SendLost, "an earlier attempt of this call is in doubt");
            return self.ask(call, error, decision, moment);
        }
        self.state = State::ExpectCall(call);
        Next::Again
    }

    fn on_call(&mut self, call: Box<Exchange>, progress: Progress, moment: &Moment) -> Next {
        match progress {
            Progress::Need(kinds) => self.hand_out(call, kinds, moment),
            Progress::Unsent(error) => self.unsent(error),
            Progress::Done(Ok(verified)) => self.believe(call, verified, moment),
            Progress::Done(Err(error)) => self.failed(call, error, moment),
        }
    }

    /// Hands needs of the call out; before its request leaves, the doubt is kept.
    fn hand_out(&mut self, call: Box<Exchange>, kinds: Vec<NeedKind>, moment: &Moment) -> Next {
        if let [NeedKind::Send { host, .. }] = kinds.as_slice() {
            let host = *host;
            self.budget.sent();
            self.attempts.push(Attempt::new(call.draft.call.name, self.attempts.len(), host));
            if let Some(store) = self.journal.sending(moment.now()) {
                self.state = State::ExpectStored(call, kinds);
                return Next::Need(vec![store]);
            }
        }
        self.state = State::ExpectCall(call);
        Next::Need(kinds)
    }

    /// A verified answer; one that is empty fits any call, and counts once.
    fn believe(&mut self, call: Box<Exchange>, verified: Box<Verified<Untyped>>, moment: &Moment) -> Next {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.clock_offset = verified.clock_offset();
        }
        let mark = verified.mark().filter(|_| self.journal.has_effect());
        if let (Some(seen), Some(mark)) = (&self.seen, mark)
            && !seen.believe(mark, call.request_mark())
        {
            let error = Error::new(Code::VerifyReplayed, "this answer was given to another request before");
            return self.failed(call, error, moment);
        }
        self.note_grant(&verified, moment);
        self.end(Ok(Conclusion::Answered(verified)), Decision::DONE)
    }

    fn failed(&mut self, call: Box<Exchange>, error: Error, moment: &Moment) -> Next {
        let decision = Decision::of(self.draft.call, self.draft.replay, &error, self.history);
        self.note(Some(error.code()), decision);
        let unknown = decision.effect == Effect::Unknown;
        self.history.in_doubt |= unknown;
        if unknown {
            self.journal.refused(hear(&error).comes_again());
            return self.ask(call, error, decision, moment);
        }
        if token_is_bad(&error)
            && let Some(refused) = self.renewable_token()
        {
            return self.renew_token(refused, call, moment);
        }
        if decision.resend == Resend::No || decision.first.is_some() || !self.budget.may_send() {
            return self.end(Err(error), decision);
        }
        self.again(call, decision.resend, moment)
    }

    fn unsent(&mut self, error: Error) -> Next {
        let decision = Decision::unsent(self.draft.call, self.draft.replay, self.history);
        let decision = self.with_ask_after(decision);
        self.end(Err(error), decision)
    }

    /// Begins the call's exchange again, after a wait where one is due.
    fn again(&mut self, mut call: Box<Exchange>, resend: Resend, moment: &Moment) -> Next {
        let host = call.host;
        call.restart(if resend == Resend::OtherHost { host.other() } else { host });
        self.state = State::ExpectCall(call);
        if resend != Resend::Later {
            return Next::Again;
        }
        Next::Need(vec![NeedKind::Wait { milliseconds: self.budget.wait_to_send(moment) }])
    }

    fn note(&mut self, error: Option<Code>, decision: Decision) {
        if let Some(attempt) = self.attempts.last_mut() {
            (attempt.error, attempt.decision) = (error, Some(decision));
        }
    }

    /// Ends; what became of a call whose doubt was kept is kept as well.
    fn end(&mut self, result: Result<Conclusion>, decision: Decision) -> Next {
        if result.is_ok() {
            self.note(None, decision);
        }
        let store = self.journal.settle(decision.effect);
        let outcome = self.outcome(result, decision);
        let Some(store) = store else { return Next::Done(outcome) };
        self.state = State::ExpectSettled(Box::new(outcome));
        Next::Need(vec![store])
    }

    fn outcome(&mut self, result: Result<Conclusion>, decision: Decision) -> Outcome<Conclusion> {
        Outcome {
            result,
            decision,
            in_doubt: self.in_doubt().filter(|_| decision.effect == Effect::Unknown),
            attempts: std::mem::take(&mut self.attempts),
            warnings: self.draft.warnings.clone(),
        }
    }
}

fn over() -> Error {
    Error::new(Code::InputState, "this flow is over")
}

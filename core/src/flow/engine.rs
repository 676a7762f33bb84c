//! What happens between exchanges: repeat, change host, ask what became of it, keep what is in doubt, or stop.

use super::asking::{Asking, Verdict};
use super::budget::Budget;
use super::decision::{Decision, Effect, History, Resend};
use super::exchange::{Exchange, NeedKind, NeedResult, Progress, Untyped};
use super::in_doubt::{CallId, InDoubt, Settled};
use super::outcome::{Attempt, Conclusion, Outcome};
use super::reconcile;
use super::rules::{Heard, hear};
use super::seen::SeenAnswers;
use super::slots::Slots;
use super::step::Step;
use crate::error::{Code, Error, Result};
use crate::moment::Moment;
use crate::protocol::{Draft, Outgoing, Verified};
use crate::schema::Replay;
use std::sync::Arc;

pub(super) struct Engine {
    state: State,
    draft: Arc<Draft>,
    history: History,
    /// Which call it is, and when it was last sent; none of a call that may be repeated at will.
    record: Option<InDoubt>,
    budget: Budget,
    seen: Option<SeenAnswers>,
    store: Store,
    slots: Slots,
    attempts: Vec<Attempt>,
}

/// What the engine waits for.
enum State {
    Ready(Box<Exchange>),
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
    Done,
}

/// Where doubts are kept.
enum Store {
    None,
    /// The version of what is there.
    Versioned(Option<String>),
}

enum Next {
    Need(Vec<NeedKind>),
    Again,
    Done(Outcome<Conclusion>),
}

impl Engine {
    pub(super) fn new(draft: Draft) -> Self {
        let draft = Arc::new(draft);
        let effectful = !matches!(draft.replay, Replay::Safe);
        let record =
            effectful.then(|| InDoubt { subject: CallId::of(&draft), last_send: 0, attempts: 0, settled: None });
        Self {
            state: State::Ready(Box::new(Exchange::new(Arc::clone(&draft)))),
            draft,
            history: History::default(),
            record,
            budget: Budget::new(),
            seen: None,
            store: Store::None,
            slots: Slots::new(),
            attempts: Vec::new(),
        }
    }

    /// Ends with the first request: nothing is repeated, and nobody is asked what became of it.
    pub(super) fn once(&mut self) {
        self.budget = Budget::once();
    }

    pub(super) fn client_repeats(&mut self) {
        self.history.client_repeats = true;
    }

    pub(super) fn remember_in(&mut self, seen: SeenAnswers) {
        self.seen = Some(seen);
    }

    pub(super) fn keep_doubt(&mut self) {
        self.store = Store::Versioned(None);
    }

    /// Takes in what an earlier attempt left in doubt.
    pub(super) fn resume(&mut self, text: &str) -> Result<()> {
        let Some(record) = &self.record else { return Ok(()) };
        let kept = InDoubt::parse(text, record.subject.clone())?;
        self.history.in_doubt = kept.settled != Some(Settled::No);
        self.record = Some(kept);
        Ok(())
    }

    /// Takes it that an earlier attempt was sent at this time at the latest.
    pub(super) fn assume_in_doubt(&mut self, last_send: i64) {
        if let Some(record) = &mut self.record {
            self.history.in_doubt = true;
            record.last_send = last_send;
        }
    }

    /// What is in doubt while a request is on its way, or after an end that leaves it unknown.
    pub(super) fn in_doubt(&self) -> Option<String> {
        let record = self.record.as_ref()?;
        let open = record.settled.is_none() && (record.attempts > 0 || self.history.in_doubt);
        open.then(|| record.to_text())
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
            match self.turn(std::mem::take(&mut results), moment) {
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
            State::Ready(call) => self.begin(call, moment),
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
            State::ExpectSettled(outcome) => Next::Done(*outcome),
            State::Done => Next::Done(self.outcome(Err(over()), Decision::DONE)),
        }
    }

    fn begin(&mut self, call: Box<Exchange>, moment: &Moment) -> Next {
        if let (Store::Versioned(_), Some(record)) = (&self.store, &self.record) {
            let key = record.subject.key();
            self.state = State::ExpectKept(call);
            return Next::Need(vec![NeedKind::Load { key }]);
        }
        self.begin_call(call, moment)
    }

    fn kept(&mut self, call: Box<Exchange>, results: Vec<NeedResult>, moment: &Moment) -> Next {
        let (text, version) = match results.into_iter().next() {
            Some(NeedResult::Loaded { text, version }) => (text, version),
            _ => return self.unsent(store_failed()),
        };
        self.store = Store::Versioned(version);
        match text.map_or(Ok(()), |text| self.resume(&text)) {
            Ok(()) => self.begin_call(call, moment),
            Err(error) => self.unsent(error),
        }
    }

    /// Sends the call, or first asks about an earlier attempt of it.
    fn begin_call(&mut self, call: Box<Exchange>, moment: &Moment) -> Next {
        if self.record.as_ref().is_some_and(|record| record.settled == Some(Settled::Yes)) {
            return Next::Done(self.outcome(Ok(Conclusion::ConfirmedByQuery), Decision::DONE));
        }
        if self.history.in_doubt && self.budget.may_ask() {
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
        let [NeedKind::Send { host, .. }] = kinds.as_slice() else {
            self.state = State::ExpectCall(call);
            return Next::Need(kinds);
        };
        let host = *host;
        self.budget.sent();
        let record = self.record.as_mut().map(|record| {
            record.last_send = moment.now();
            record.attempts = record.attempts.saturating_add(1);
            record.settled = None;
            &*record
        });
        let text = record.map(|record| (record.subject.key(), record.to_text()));
        self.attempts.push(Attempt::new(call.draft.call.name, self.attempts.len(), host));
        let (Store::Versioned(version), Some((key, text))) = (&self.store, text) else {
            self.state = State::ExpectCall(call);
            return Next::Need(kinds);
        };
        let version = version.clone();
        self.state = State::ExpectStored(call, kinds);
        Next::Need(vec![NeedKind::Store { key, text, version }])
    }

    fn stored(&mut self, call: Box<Exchange>, send: Vec<NeedKind>, results: Vec<NeedResult>) -> Next {
        match results.into_iter().next() {
            Some(NeedResult::Stored { version }) => {
                self.store = Store::Versioned(Some(version));
                self.state = State::ExpectCall(call);
                Next::Need(send)
            }
            result => {
                // Nothing of this attempt left; what another worker sends meanwhile is not known here.
                self.attempts.pop();
                let lost = matches!(result, Some(NeedResult::LostRace));
                let error =
                    if lost { Error::new(Code::SendTaken, "another worker is at this call") } else { store_failed() };
                self.history.in_doubt |= lost;
                let decision = Decision::unsent(self.draft.call, self.draft.replay, self.history);
                let decision = self.with_ask_after(decision);
                Next::Done(self.outcome(Err(error), decision))
            }
        }
    }

    /// A verified answer; one that is empty fits any call, and counts once.
    fn believe(&mut self, call: Box<Exchange>, verified: Box<Verified<Untyped>>, moment: &Moment) -> Next {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.clock_offset = verified.clock_offset();
        }
        let mark = verified.mark().filter(|_| self.record.is_some());
        if let (Some(seen), Some(mark)) = (&self.seen, mark)
            && !seen.believe(mark, call.request_mark())
        {
            let error = Error::new(Code::VerifyReplayed, "this answer was given to another request before");
            return self.failed(call, error, moment);
        }
        self.end(Ok(Conclusion::Answered(verified)), Decision::DONE)
    }

    fn failed(&mut self, call: Box<Exchange>, error: Error, moment: &Moment) -> Next {
        let decision = Decision::of(self.draft.call, self.draft.replay, &error, self.history);
        self.note(Some(error.code()), decision);
        let unknown = decision.effect == Effect::Unknown;
        self.history.in_doubt |= unknown;
        if unknown {
            return self.ask(call, error, decision, moment);
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

    /// Asks what became of the call; without a query, or once enough was asked, it ends unknown.
    fn ask(&mut self, call: Box<Exchange>, error: Error, decision: Decision, moment: &Moment) -> Next {
        let query = if self.budget.may_ask() { reconcile::query(&self.draft) } else { None };
        let Some(query) = query else { return self.unknown(error, decision) };
        let asking = Box::new(Asking::new(query, call, error, decision));
        // "Already there" is asked about at once: what it speaks of arrived before.
        if matches!(hear(&asking.error), Heard::AlreadyExists | Heard::ErrcodeExists) {
            self.state = State::ExpectQuery(asking);
            return Next::Again;
        }
        self.ask_later(asking, moment)
    }

    /// Asks after a wait, while questions are left.
    fn ask_later(&mut self, asking: Box<Asking>, moment: &Moment) -> Next {
        let since = moment.now().saturating_sub(self.record.as_ref().map_or(0, |record| record.last_send));
        let Some(milliseconds) = self.budget.wait_to_ask(moment, since) else {
            return self.unknown(asking.error, asking.decision);
        };
        self.state = State::ExpectQuery(asking);
        if milliseconds == 0 { Next::Again } else { Next::Need(vec![NeedKind::Wait { milliseconds }]) }
    }

    fn on_query(&mut self, mut asking: Box<Asking>, progress: Progress, moment: &Moment) -> Next {
        let result = match progress {
            Progress::Need(kinds) => {
                if let [NeedKind::Send { host, .. }] = kinds.as_slice() {
                    self.attempts.push(Attempt::new(asking.query.draft.call.name, self.attempts.len(), *host));
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
    fn not_there(&mut self, asking: Box<Asking>, moment: &Moment) -> Next {
        let heard = hear(&asking.error);
        let is_final = self.record.as_ref().is_some_and(|record| record.ask_after() <= moment.now());
        self.history.in_doubt &= !is_final;
        let same_ids = matches!(self.draft.replay, Replay::SameIds(_));
        let permits = heard.permits_same_ids() && (same_ids || (is_final && !self.budget.has_sent()));
        if permits && self.budget.may_send() {
            let Asking { query, mut call, .. } = *asking;
            // Where the query was answered can be reached.
            call.restart(query.host);
            self.state = State::ExpectCall(call);
            return Next::Again;
        }
        if is_final {
            let resend = if permits { Resend::Later } else { heard.resend() };
            return self.end(Err(asking.error), Decision { effect: Effect::No, resend, first: None, ask_after: None });
        }
        self.ask_later(asking, moment)
    }

    fn unknown(&mut self, error: Error, decision: Decision) -> Next {
        let first = self.draft.replay.evidence().map(|evidence| evidence.query.name);
        let decision = self.with_ask_after(Decision { effect: Effect::Unknown, first, ..decision });
        self.end(Err(error), decision)
    }

    fn with_ask_after(&self, decision: Decision) -> Decision {
        let asked = self.record.as_ref().filter(|_| decision.effect == Effect::Unknown && decision.first.is_some());
        Decision { ask_after: asked.map(InDoubt::ask_after), ..decision }
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
        let settled = match decision.effect {
            Effect::Yes => Some(Settled::Yes),
            Effect::No => Some(Settled::No),
            Effect::Unknown => None,
        };
        let record = self.record.as_mut().filter(|_| settled.is_some()).map(|record| {
            record.settled = settled;
            (record.subject.key(), record.to_text())
        });
        let outcome = self.outcome(result, decision);
        if let (Store::Versioned(Some(version)), Some((key, text))) = (&self.store, record) {
            let version = Some(version.clone());
            self.state = State::ExpectSettled(Box::new(outcome));
            return Next::Need(vec![NeedKind::Store { key, text, version }]);
        }
        Next::Done(outcome)
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

fn store_failed() -> Error {
    Error::new(Code::SendStore, "what is in doubt could not be kept, so nothing was sent")
}

fn over() -> Error {
    Error::new(Code::InputState, "this flow is over")
}

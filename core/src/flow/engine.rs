//! What happens between exchanges: repeat, change host, ask what became of it, or stop.

mod doubt;

use self::doubt::Doubt;
use super::decision::{Decision, Effect, History, Resend};
use super::exchange::{Exchange, Given, Progress, Untyped, Work};
use super::need;
use super::outcome::{Attempt, Conclusion, Ending};
use super::outstanding::Outstanding;
use crate::callers::Host;
use crate::catalogue::Replay;
use crate::error::{Code, Error, Result};
use crate::moment::Moment;
use crate::protocol::{Draft, Outgoing, Verified, remote};
use crate::wire::object::Object;
use std::sync::Arc;

/// Most requests of one flow, the asking ones not counted.
const MAX_SENDS: u32 = 4;
/// First wait, milliseconds; each further one is twice as long.
const FIRST_WAIT: u64 = 1_000;

type Need = need::Need<Outgoing>;

pub(crate) struct Engine {
    exchange: Box<Exchange>,
    replay: Replay,
    history: History,
    /// While the flow asks what became of it: the exchange in doubt, and what put it in doubt.
    doubt: Option<Doubt>,
    sends: u32,
    queries: u32,
    /// Whether it ends with its first request, whatever comes back.
    once: bool,
    waits: u32,
    outstanding: Outstanding,
    pub(crate) attempts: Vec<Attempt>,
    over: bool,
}

/// What the engine does next.
pub(crate) enum Turn {
    Need(Vec<Need>),
    Over(Ending),
}

impl Engine {
    pub(crate) fn new(draft: Draft) -> Self {
        let replay = replay_of(&draft);
        Self {
            exchange: Box::new(Exchange::new(Arc::new(draft))),
            replay,
            history: History::default(),
            doubt: None,
            sends: 0,
            queries: 0,
            once: false,
            waits: 0,
            outstanding: Outstanding::new(),
            attempts: Vec::new(),
            over: false,
        }
    }

    /// Ends with the first request: nothing is repeated, and nobody is asked what became of it.
    pub(crate) fn stop_after_one(&mut self) {
        self.once = true;
    }

    /// Takes the result of one need.
    pub(crate) fn give(&mut self, id: u32, given: Given) -> Result<()> {
        let answer = match &given {
            Given::Answered { response, milliseconds } => {
                let answer = response.answer();
                Some((answer.status, remote::request_id(&answer), *milliseconds))
            }
            _ => None,
        };
        self.outstanding.give(id, given)?;
        if let (Some((status, request_id, milliseconds)), Some(attempt)) = (answer, self.attempts.last_mut()) {
            (attempt.status, attempt.request_id, attempt.milliseconds) = (Some(status), request_id, Some(milliseconds));
        }
        Ok(())
    }

    pub(crate) fn step(&mut self, moment: &Moment) -> Result<Turn> {
        if self.over {
            return Err(Error::new(Code::InputState, "this flow is over"));
        }
        let mut given = self.outstanding.take()?;
        loop {
            let turn = match self.exchange.advance(std::mem::take(&mut given), moment) {
                Progress::Need(work) => Some(self.need(work)),
                Progress::Over(result) => self.conclude(result, moment),
            };
            if let Some(turn) = turn {
                self.over = matches!(turn, Turn::Over(_));
                return Ok(turn);
            }
        }
    }

    /// Draws the conclusion from one exchange; `None` when the next one begins at once.
    fn conclude(&mut self, result: Result<Box<Verified<Untyped>>>, moment: &Moment) -> Option<Turn> {
        if let (Ok(verified), Some(attempt)) = (&result, self.attempts.last_mut()) {
            attempt.clock_offset = verified.draft().is_signed().then(|| verified.clock_offset());
        }
        match self.doubt.take() {
            None => self.conclude_call(result, moment),
            Some(doubt) => self.conclude_query(doubt, result, moment),
        }
    }

    fn conclude_call(&mut self, result: Result<Box<Verified<Untyped>>>, moment: &Moment) -> Option<Turn> {
        let error = match result {
            Ok(verified) => return Some(self.end(Ok(Conclusion::Answered(verified)), Decision::DONE)),
            Err(error) => error,
        };
        let history = History { unsent: !self.exchange.sent, ..self.history };
        let decision = Decision::of(self.exchange.draft.call, self.replay, &error, history);
        self.record(Some(error.code()), Some(decision));
        self.history.in_doubt |= decision.effect == Effect::Unknown;
        let ends = self.once || decision.resend == Resend::No || self.sends >= MAX_SENDS;
        if let Replay::SameIds { query } = self.replay
            // Before it ends with "no", also what once was in doubt is asked about again.
            && (self.history.in_doubt || (self.history.was_in_doubt && ends))
        {
            return self.ask(query, error, decision);
        }
        if ends || decision.first.is_some() {
            return Some(self.end(Err(error), decision));
        }
        self.again(decision.resend, moment)
    }

    /// Begins the exchange again, after a wait where one is due.
    fn again(&mut self, resend: Resend, moment: &Moment) -> Option<Turn> {
        let host = self.exchange.host;
        self.exchange.restart(if resend == Resend::OtherHost { host.other() } else { host });
        if resend != Resend::Later {
            return None;
        }
        let milliseconds = self.wait(moment);
        Some(self.need(vec![Work::Wait { milliseconds }]))
    }

    /// Doubles each time; between half and the whole of it, so that many callers do not come back together.
    fn wait(&mut self, moment: &Moment) -> u64 {
        let longest = FIRST_WAIT.saturating_mul(1_u64.checked_shl(self.waits.min(6)).unwrap_or(1));
        self.waits = self.waits.saturating_add(1);
        let half = longest.checked_div(2).unwrap_or_default();
        let [first, ..] = moment.seed("wait");
        half.saturating_add(half.saturating_mul(u64::from(first)).checked_div(255).unwrap_or_default())
    }

    fn need(&mut self, work: Vec<Work>) -> Turn {
        let mut needs = Vec::with_capacity(work.len());
        for work in work {
            if let Work::Send { host, .. } = &work {
                self.begin_attempt(*host);
            }
            needs.push(self.outstanding.hand_out(work));
        }
        Turn::Need(needs)
    }

    fn begin_attempt(&mut self, host: Host) {
        let counter = if self.doubt.is_some() { &mut self.queries } else { &mut self.sends };
        *counter = counter.saturating_add(1);
        let number = u32::try_from(self.attempts.len()).unwrap_or(u32::MAX).saturating_add(1);
        let call = self.exchange.draft.call.name;
        self.attempts.push(Attempt {
            call,
            number,
            host,
            status: None,
            request_id: None,
            milliseconds: None,
            clock_offset: None,
            error: None,
            decision: None,
        });
    }

    fn record(&mut self, error: Option<Code>, decision: Option<Decision>) {
        // What fails before it is sent is no attempt.
        if self.exchange.sent
            && let Some(attempt) = self.attempts.last_mut()
        {
            (attempt.error, attempt.decision) = (error, decision);
        }
    }

    fn end(&mut self, result: Result<Conclusion>, decision: Decision) -> Turn {
        if result.is_ok() {
            self.record(None, Some(decision));
        }
        Turn::Over(Ending { result, decision })
    }
}

/// The replay class of this very request.
fn replay_of(draft: &Draft) -> Replay {
    let named = draft.call.never_when.and_then(|name| Object::parse(&draft.payload)?.value(name));
    if named.is_some_and(|raw| raw.get() == "true") { Replay::Never { query: None } } else { draft.call.replay }
}

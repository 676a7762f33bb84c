//! What happens between exchanges: repeat, change host, ask what became of it, or stop.

use super::asking;
use super::decision::{self, Decision, Effect, History, Resend};
use super::exchange::{Exchange, Given, Progress, Untyped, Work};
use super::need;
use super::outcome::{Attempt, Conclusion, Ending};
use crate::callers::Host;
use crate::catalogue::Replay;
use crate::error::{Code, Error, Result};
use crate::moment::Moment;
use crate::protocol::{Draft, Outgoing, Verified, remote};
use crate::wire::object::Object;
use std::sync::Arc;

/// Most requests of one flow, the asking ones not counted.
const MAX_SENDS: u32 = 4;
/// Most requests that ask what became of it.
const MAX_QUERIES: u32 = 4;
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
    next_id: u32,
    outstanding: Vec<Open>,
    waiting: bool,
    pub(crate) attempts: Vec<Attempt>,
    over: bool,
}

/// A need that is out.
struct Open {
    id: u32,
    /// Whether this is what it asked for.
    fits: fn(&Given) -> bool,
    given: Option<Given>,
}

struct Doubt {
    exchange: Box<Exchange>,
    error: Error,
    decision: Decision,
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
            next_id: 1,
            outstanding: Vec::new(),
            waiting: false,
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
        let wrong = |why: &str| Error::new(Code::InputState, format!("need {id} {why}"));
        let open = self.outstanding.iter_mut().find(|open| open.id == id).ok_or_else(|| wrong("is not open"))?;
        if open.given.is_some() {
            return Err(wrong("was answered before"));
        }
        if !(open.fits)(&given) {
            return Err(wrong(&format!("did not ask for `{given:?}`")));
        }
        let answer = match &given {
            Given::Answered { response, milliseconds } => {
                let answer = response.answer();
                Some((answer.status, remote::request_id(&answer), *milliseconds))
            }
            _ => None,
        };
        open.given = Some(given);
        if let (Some((status, request_id, milliseconds)), Some(attempt)) = (answer, self.attempts.last_mut()) {
            (attempt.status, attempt.request_id, attempt.milliseconds) = (Some(status), request_id, Some(milliseconds));
        }
        Ok(())
    }

    pub(crate) fn step(&mut self, moment: &Moment) -> Result<Turn> {
        if self.over {
            return Err(Error::new(Code::InputState, "this flow is over"));
        }
        if let Some(open) = self.outstanding.iter().find(|open| open.given.is_none()) {
            return Err(Error::new(Code::InputState, format!("need {} is not answered yet", open.id)));
        }
        let mut given: Vec<_> =
            std::mem::take(&mut self.outstanding).into_iter().filter_map(|open| open.given).collect();
        if std::mem::take(&mut self.waiting) {
            given.clear();
        }
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

    /// Asks what became of it, while asking is left.
    fn ask(&mut self, query: &'static str, error: Error, decision: Decision) -> Option<Turn> {
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

    fn conclude_query(
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
                    Some(true) => {
                        let taken = Conclusion::TakenByQuery { clock_offset: answer.clock_offset() };
                        Some(self.end(Ok(taken), Decision::DONE))
                    }
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

    /// Begins the exchange again, after a wait where one is due.
    fn again(&mut self, resend: Resend, moment: &Moment) -> Option<Turn> {
        let host = self.exchange.host;
        self.exchange.restart(if resend == Resend::OtherHost { host.other() } else { host });
        if resend != Resend::Later {
            return None;
        }
        self.waiting = true;
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
            self.outstanding.push(Open { id: self.next_id, fits: work.fits(), given: None });
            needs.push(Need { id: self.next_id, work });
            self.next_id = self.next_id.saturating_add(1);
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

//! One flow on its way, turn by turn, so that it can be left between any two and another one goes on in between.

use crate::driver::{Driver, Habit, Purpose};
use crate::faults::Draw;
use crate::sabotage::Sabotage;
use crate::trail::{Called, Came, Class, End, Ids, Mark, Sent, Shown, Trail};
use anyhow::Result;
use fapiao::flow::{Effect, Need, NeedKind, NeedResult};
use fapiao::{Flow, Outcome, Reply, Step};
use http::{Method, Request};
use serde_json::Value;
use std::collections::{BTreeSet, VecDeque};

/// A flow to be driven.
pub(crate) struct Job<A> {
    pub(crate) called: Called,
    pub(crate) ids: Option<Ids>,
    pub(crate) flow: Flow<A>,
    pub(crate) marks: BTreeSet<Mark>,
    /// Turns after which the process ends.
    pub(crate) crash_in: Option<usize>,
}

/// What a turn was.
pub(crate) enum Turn<A> {
    Goes,
    Done(Box<Outcome<A>>),
    /// The program takes it upon itself to conclude this.
    Concluded(Effect),
    Crashed,
}

pub(crate) struct Drive<A> {
    job: Job<A>,
    waiting: VecDeque<Need>,
    given: Option<(u32, NeedResult)>,
    sent: Vec<Sent>,
    stopped: Option<usize>,
    waited: Vec<u64>,
    /// The number of the latest request of all when it began, and when it was last given anything.
    began_at: u64,
    ended_at: u64,
    /// When the latest step was taken.
    at: i64,
    pub(crate) raw: Vec<u8>,
    /// The latest text of what is in doubt, as a program keeps it before it does anything.
    pub(crate) text: Option<String>,
}

impl<A> Job<A> {
    /// A flow that nothing is particular about.
    pub(crate) fn new(called: Called, ids: Option<&Ids>, flow: Flow<A>) -> Self {
        Self { called, ids: ids.cloned(), flow, marks: BTreeSet::new(), crash_in: None }
    }
}

impl<A: Reply> Drive<A> {
    pub(crate) fn new(job: Job<A>, began_at: u64) -> Self {
        let (waiting, given, sent, waited) = (VecDeque::new(), None, Vec::new(), Vec::new());
        let (raw, text, stopped) = (Vec::new(), None, None);
        Self { job, waiting, given, sent, stopped, waited, began_at, ended_at: began_at, at: 0, raw, text }
    }

    /// Takes one turn: steps, does one need, or gives its result back.
    pub(crate) fn turn(&mut self, driver: &mut Driver<'_>) -> Result<Turn<A>> {
        if let Some(left) = &mut self.job.crash_in {
            if *left == 0 {
                return Ok(Turn::Crashed);
            }
            *left -= 1;
        }
        if let Some((id, result)) = self.given.take() {
            self.job.flow.give(id, result)?;
            return Ok(Turn::Goes);
        }
        if let Some(Need { id, kind, .. }) = self.waiting.pop_front() {
            self.text = self.job.flow.in_doubt().or_else(|| self.text.take());
            let result = self.work(driver, kind)?;
            self.ended_at = driver.requests();
            if let Some(effect) = driver.sabotage.and_then(|sabotage| self.concludes(sabotage, &result)) {
                return Ok(Turn::Concluded(effect));
            }
            self.given = Some((id, result));
            return Ok(Turn::Goes);
        }
        let moment = driver.clock.moment()?;
        self.at = moment.now();
        Ok(match self.job.flow.step(&moment)? {
            Step::Need(needs) => {
                self.waiting = needs.into();
                Turn::Goes
            }
            Step::Done(outcome) => Turn::Done(Box::new(outcome)),
        })
    }

    fn work(&mut self, driver: &mut Driver<'_>, kind: NeedKind) -> Result<NeedResult> {
        match kind {
            NeedKind::Send { request, .. } => self.send(driver, request),
            NeedKind::Wait { milliseconds } => {
                self.waited.push(milliseconds);
                driver.clock.wait(milliseconds)?;
                Ok(NeedResult::Waited)
            }
            NeedKind::Load { .. } | NeedKind::Store { .. } => self.keep(driver, &kind),
            kind => driver.operate(kind),
        }
    }

    fn send(&mut self, driver: &mut Driver<'_>, request: Request<Vec<u8>>) -> Result<NeedResult> {
        let asks = self.job.called.class == Class::SameIds && request.method() == Method::GET;
        let origin = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let signed_at = signed_at(&request);
        let habit = if self.job.marks.contains(&Mark::Repeats) { Habit::Repeats } else { Habit::Sends };
        let purpose = match (self.job.called.class, asks) {
            (Class::SameIds, true) => Purpose::Question(habit),
            (Class::SameIds, false) => Purpose::Call(habit),
            (Class::Safe | Class::Never, _) => Purpose::Safe,
        };
        let passed = driver.send(request, purpose)?;
        let shows = asks && passed.came == Came::Answer && self.shows(&passed.raw);
        self.raw = passed.raw;
        self.sent.push(Sent {
            number: passed.number,
            asks,
            origin,
            came: passed.came,
            at: self.at,
            signed_at,
            waited: std::mem::take(&mut self.waited),
            shows,
            arrivals: Vec::new(),
            late: Vec::new(),
        });
        Ok(passed.given)
    }

    /// Does what is asked of the store, and notes what comes of it.
    fn keep(&mut self, driver: &mut Driver<'_>, kind: &NeedKind) -> Result<NeedResult> {
        let result = driver.keep(kind)?;
        let mark = match &result {
            NeedResult::LostRace => {
                self.stopped = Some(self.sent.len());
                Some(Mark::LostRace)
            }
            NeedResult::Loaded { text: Some(text), .. } => found(text),
            NeedResult::Failed => Some(Mark::StoreDown),
            _ => None,
        };
        self.job.marks.extend(mark);
        Ok(result)
    }

    /// Whether a body shows the effect on every id, by what the pages say of it.
    fn shows(&self, body: &[u8]) -> bool {
        let answer: Value = serde_json::from_slice(body).unwrap_or_default();
        let entries = answer.get("fapiao_information").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
        let ids = self.job.ids.iter().flat_map(|ids| &ids.fapiao);
        let shown = |id: &String| {
            let entry = entries.iter().find(|entry| text(entry, "fapiao_id").as_ref() == Some(id));
            entry.is_some_and(|entry| match self.job.called.shown {
                Shown::Never => false,
                Shown::ByEntry => true,
                Shown::ByStatus(listed) => text(entry, "status").is_some_and(|status| listed.contains(&&*status)),
            })
        };
        ids.clone().next().is_some() && ids.clone().all(shown)
    }

    /// What a sabotaged program concludes from an answer.
    fn concludes(&self, sabotage: Sabotage, result: &NeedResult) -> Option<Effect> {
        let NeedResult::Answered { response, .. } = result else { return None };
        let (status, asks) = (response.status().as_u16(), self.sent.last()?.asks);
        let reversal = matches!(self.job.called.shown, Shown::ByStatus(_));
        match sabotage {
            Sabotage::Lag if asks && status == 404 => Some(Effect::No),
            Sabotage::Proof if self.job.called.class == Class::SameIds && !asks && (400..500).contains(&status) => {
                Some(Effect::No)
            }
            Sabotage::Evidence if asks && reversal && status == 200 => Some(Effect::Yes),
            _ => None,
        }
    }

    /// What is left of it once it is over.
    pub(crate) fn trail(self, plan: &[Draw], end: End) -> Trail {
        let Self { job: Job { called, ids, marks, .. }, sent, stopped, began_at, ended_at, .. } = self;
        let plan = plan.to_vec();
        Trail { called, ids, marks, plan, sent, stopped, attempts: Vec::new(), end, began_at, ended_at, seen: 0 }
    }
}

/// What a text in the store says of the call.
fn found(text: &str) -> Option<Mark> {
    let kept: Value = serde_json::from_str(text).ok()?;
    match kept.get("settled").and_then(Value::as_str) {
        None => Some(Mark::Found),
        Some("yes") => Some(Mark::FoundDone),
        Some(_) => Some(Mark::FoundNot),
    }
}

/// The timestamp in the request's signature.
fn signed_at(request: &Request<Vec<u8>>) -> Option<i64> {
    let header = request.headers().get("authorization")?.to_str().ok()?;
    header.split_once("timestamp=\"")?.1.split_once('"')?.0.parse().ok()
}

//! One worker: a sandbox, a clock and a line of its own, so that faults strike in an order the seed alone decides.

mod gateway;
mod needs;

pub(crate) use needs::{Habit, Purpose};

use crate::clock::Clock;
use crate::drive::{Drive, Job, Turn};
use crate::faults::{self, Draw, Kind};
use crate::judge::Rule;
use crate::line::Line;
use crate::rng::Rng;
use crate::sabotage::Sabotage;
use crate::store::Store;
use crate::story::Story;
use crate::tally::Tally;
use crate::trail::{Called, Came, End, Ids, Trail};
use anyhow::{Context, Result};
use fapiao::flow::{Decision, Effect};
use fapiao::{Code, Error, Outcome, Reply, SeenAnswers};
use fapiao_test_support::gateway::Sandbox;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicU64;

/// Most turns of one worker before another one takes its own.
const LONGEST_TURN: usize = 16;

/// Whether anything goes wrong with a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Faulty {
    Yes,
    No,
}

pub(crate) struct Driver<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) rng: Rng,
    pub(crate) clock: Clock<'a>,
    pub(crate) tally: Tally,
    pub(crate) story: Story,
    pub(crate) sabotage: Option<Sabotage>,
    /// The empty answers this program has believed.
    pub(crate) seen_answers: SeenAnswers,
    line: Line,
    store: Store,
    faulty: Faulty,
    progress: &'a AtomicU64,
    /// The latest entry of the ledger that was read.
    seen: u64,
}

/// How a flow ended, for whoever goes on from there.
pub(crate) struct Ended<A> {
    /// None where the process ended, or the program concluded something by itself.
    pub(crate) result: Option<Result<A, Error>>,
    pub(crate) effect: Option<Effect>,
    pub(crate) decision: Option<Decision>,
    /// What is to be kept of it.
    pub(crate) text: Option<String>,
    /// The body of the last answer, as a program that checks nothing would take it.
    pub(crate) raw: Vec<u8>,
}

impl<A> Ended<A> {
    /// The result of a flow that nobody leaves.
    pub(crate) fn result(self) -> Result<Result<A, Error>> {
        self.result.context("the flow was left")
    }
}

impl<'a> Driver<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox, seed: u64, sabotage: Option<Sabotage>, progress: &'a AtomicU64) -> Self {
        Self {
            sandbox,
            rng: Rng::new(seed),
            clock: Clock::new(sandbox, seed),
            tally: Tally::new(),
            story: Story::default(),
            sabotage,
            seen_answers: SeenAnswers::new(),
            line: Line::default(),
            store: Store::default(),
            faulty: Faulty::No,
            progress,
            seen: 0,
        }
    }

    /// How many requests flows have made.
    pub(crate) fn requests(&self) -> u64 {
        self.line.requests
    }

    /// Drives a flow through its faults.
    pub(crate) fn run<A: Reply>(&mut self, job: Job<A>, faulty: Faulty) -> Result<Ended<A>> {
        self.drive(vec![job], faulty)?.pop().context("no flow")
    }

    /// Drives flows through the same faults, now one, now the other.
    pub(crate) fn drive<A: Reply>(&mut self, jobs: Vec<Job<A>>, faulty: Faulty) -> Result<Vec<Ended<A>>> {
        self.faulty = faulty;
        let kind = jobs.first().map_or(Kind::Pay, |job| job.called.kind);
        let plan = if faulty == Faulty::Yes {
            faults::draw(&mut self.rng, kind, &self.story.worlds, &self.tally.hits)
        } else {
            Vec::new()
        };
        let orders = self.order(&plan)?;
        let began_at = self.requests();
        let mut drives: Vec<_> = jobs.into_iter().map(|job| Drive::new(job, began_at)).collect();
        let (mut trails, mut ended) = (Vec::new(), Vec::new());
        let (mut index, mut turns) = (0, 0);
        while !drives.is_empty() {
            if turns == 0 || index >= drives.len() {
                (index, turns) = (self.rng.below(drives.len()), 1 + self.rng.below(LONGEST_TURN));
            }
            turns -= 1;
            let drive = drives.get_mut(index).context("no such flow")?;
            let turn = drive.turn(self)?;
            if matches!(turn, Turn::Goes) {
                continue;
            }
            let (trail, end) = self.finish(drives.swap_remove(index), turn, &plan);
            trails.push(trail);
            ended.push(end);
        }
        self.read_ledger(&mut trails)?;
        self.count_hits(&trails, &plan, &orders)?;
        self.story.tell(trails, self.seen);
        Ok(ended)
    }

    /// Puts down what a user has concluded by himself.
    pub(crate) fn conclude(&mut self, called: Called, ids: &Ids, effect: Effect) {
        let at = self.requests();
        let (marks, plan, sent, attempts) = (BTreeSet::new(), Vec::new(), Vec::new(), Vec::new());
        let (ids, end, stopped) = (Some(ids.clone()), End::Concluded(effect), None);
        let (began_at, ended_at, seen) = (at, at, self.seen);
        let trail = Trail { called, ids, marks, plan, sent, stopped, attempts, end, began_at, ended_at, seen };
        self.story.trails.push(trail);
    }

    /// Ends a story: what was held up arrives, and everything is judged.
    pub(crate) fn close(&mut self) -> Result<()> {
        self.clock.advance(self.story.lateness())?;
        self.read_ledger(&mut [])?;
        let story = std::mem::take(&mut self.story);
        self.tally.note(&story);
        Ok(())
    }

    fn finish<A: Reply>(&mut self, drive: Drive<A>, turn: Turn<A>, plan: &[Draw]) -> (Trail, Ended<A>) {
        let (raw, text) = (drive.raw.clone(), drive.text.clone());
        let left = |effect| Ended { result: None, effect, decision: None, text, raw: raw.clone() };
        match turn {
            Turn::Done(outcome) => self.told(drive, *outcome, plan),
            Turn::Concluded(effect) => (drive.trail(plan, End::Concluded(effect)), left(Some(effect))),
            Turn::Crashed | Turn::Goes => (drive.trail(plan, End::Crashed), left(None)),
        }
    }

    fn told<A: Reply>(&mut self, drive: Drive<A>, outcome: Outcome<A>, plan: &[Draw]) -> (Trail, Ended<A>) {
        let Outcome { result, mut decision, in_doubt, attempts, .. } = outcome;
        if self.sabotage == Some(Sabotage::Decision) && decision.effect == Effect::Unknown {
            decision.effect = Effect::No;
        }
        let end = End::Outcome {
            accepted: result.is_ok() || self.takes_unchecked(&result),
            code: result.as_ref().err().map_or("ok", |error| error.code().as_str()),
            decision,
            text: in_doubt.is_some(),
        };
        let raw = drive.raw.clone();
        let mut trail = drive.trail(plan, end);
        trail.attempts = attempts;
        let own = trail.sent.last().is_some_and(|sent| !sent.asks && sent.came == Came::Answer);
        if result.is_ok() && own && trail.called.kind == Kind::Effect {
            self.line.keep_latest(self.clock.now().unwrap_or_default());
        }
        let ended = Ended {
            result: Some(result),
            effect: Some(decision.effect),
            decision: Some(decision),
            text: in_doubt,
            raw,
        };
        (trail, ended)
    }

    /// Whether the sabotaged program takes a file that core refused.
    pub(crate) fn takes_unchecked<A>(&self, result: &Result<A, Error>) -> bool {
        let refused = result.as_ref().is_err_and(|error| error.code() == Code::DownloadDigest);
        refused && self.sabotage == Some(Sabotage::Digest)
    }

    /// Reports a broken rule that shows in the story, not in a single flow.
    pub(crate) fn report_violation(&mut self, rule: Rule, why: String) {
        self.story.violations.push((rule, why));
    }
}

//! Rounds in which every contestant has its turn, so that what disturbs the machine disturbs all alike.

use super::contestants::{CONTESTANTS, Contestant};
use super::programs::Launch;
use super::results::{Measure, Results};
use super::scene;
use super::worker::Worker;
use crate::measure::Figures;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// What one turn is.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    pub(super) measure: Measure,
    pub(super) op: &'static str,
    pub(super) calls: u32,
    pub(super) in_flight: u32,
    /// `wall`, or `loop`: the time in which an event loop could do nothing else.
    pub(super) clock: &'static str,
}

/// Turns that are measured together.
pub(super) struct Group<'a> {
    pub(super) what: &'a str,
    pub(super) turns: &'a [Turn],
    pub(super) takes_part: fn(&Contestant) -> bool,
}

/// The programs of all contestants, running.
pub(super) struct Field {
    workers: BTreeMap<&'static str, Worker>,
}

impl Field {
    /// Starts every program, and looks at what each signs before anything is measured.
    pub(super) fn start(launches: &BTreeMap<&'static str, Launch>, setup: &Value) -> Result<Self> {
        let mut workers = BTreeMap::new();
        for contestant in CONTESTANTS.iter().filter(|contestant| contestant.is_whole()) {
            let name = contestant.program.name;
            let launch = launches.get(name).with_context(|| format!("{name} is not ready"))?;
            let mut worker = Worker::start(name, launch, setup)?;
            let signed = worker.ask(&json!({ "op": "authorization" }))?;
            let header = signed.get("authorization").and_then(Value::as_str).unwrap_or_default();
            scene::check_authorization(header, setup).with_context(|| format!("what {name} signed"))?;
            workers.insert(name, worker);
        }
        Ok(Self { workers })
    }

    /// Measures a group of turns, after as many calls to warm up as a just-in-time compiler wants.
    pub(super) fn measure(
        &mut self,
        group: &Group<'_>,
        rounds: u32,
        warm_up: u32,
        results: &mut Results,
    ) -> Result<()> {
        println!("── {}: {rounds} rounds", group.what);
        let started = Instant::now();
        self.renew_answer()?;
        let contestants: Vec<_> = CONTESTANTS.iter().filter(|contestant| (group.takes_part)(contestant)).collect();
        let mut seen: BTreeMap<(Measure, &'static str), Vec<f64>> = BTreeMap::new();
        for contestant in &contestants {
            for turn in group.turns {
                self.turn(contestant, Turn { calls: warm_up.max(turn.calls), ..*turn })?;
            }
        }
        for round in 0..usize::try_from(rounds)? {
            let first = round % contestants.len().max(1);
            for contestant in contestants.iter().cycle().skip(first).take(contestants.len()) {
                for turn in group.turns {
                    let took = self.turn(contestant, *turn)?;
                    seen.entry((turn.measure, contestant.name)).or_default().push(took);
                }
            }
        }
        for ((measure, name), values) in seen {
            results.put(measure, name, Figures::of(values));
        }
        println!("   {}: done in {:.1} s", group.what, started.elapsed().as_secs_f64());
        Ok(())
    }

    /// Contestants refuse an old answer.
    fn renew_answer(&mut self) -> Result<()> {
        let answer = json!({ "op": "answer", "answer": scene::answer()? });
        self.workers.values_mut().try_for_each(|worker| worker.ask(&answer).map(drop))
    }

    /// Microseconds a call. Others have had the caches since its last turn, so a few calls come first that do not count.
    fn turn(&mut self, contestant: &Contestant, turn: Turn) -> Result<f64> {
        let worker = self.workers.get_mut(contestant.program.name).context("the program does not run")?;
        let question = |calls: u32| {
            json!({
                "op": turn.op,
                "subject": contestant.subject(),
                "calls": calls,
                "in_flight": turn.in_flight,
                "clock": turn.clock,
            })
        };
        worker.ask(&question(turn.calls / 4))?;
        Ok(worker.nanoseconds(&question(turn.calls))? / 1_000.0 / f64::from(turn.calls))
    }
}

//! A call with an effect, made by a user who does what each decision says, until it is known what became of it.

mod memory;

use crate::drive::Job;
use crate::driver::{Driver, Ended, Faulty};
use crate::judge::Rule;
use crate::sabotage::Sabotage;
use crate::trail::{Called, Ids, Mark, Shown};
use crate::world::World;
use anyhow::Result;
use fapiao::flow::Effect;
use fapiao::{Accepted, Flow};
use memory::{Keeping, Memory};

/// Rounds of a user before faults stop, and before he gives up.
const FAULTY_ROUNDS: u32 = 3;
pub(crate) const ROUNDS: u32 = 6;
/// Most turns before a process ends.
const TURNS: usize = 18;

/// The call, under ids that a sabotaged user changes.
pub(crate) struct Work<'w> {
    pub(crate) called: Called,
    pub(crate) ids: Ids,
    pub(crate) flow: &'w dyn Fn(&Ids) -> Result<Flow<Accepted>>,
    /// What the query shows of the call.
    pub(crate) shown: &'w dyn Fn(&mut Driver<'_>, &Ids) -> Result<bool>,
}

/// Whether anything goes wrong in this round of a user: for some rounds, then not, so that every story has an end.
pub(crate) fn faulty(round: u32) -> Faulty {
    if round < FAULTY_ROUNDS { Faulty::Yes } else { Faulty::No }
}

/// Makes a call until it is known to have taken effect, or not to have and the user has had enough.
pub(crate) fn settle(driver: &mut Driver<'_>, work: &mut Work<'_>) -> Result<Effect> {
    let keeping = Keeping::draw(driver, work.called.shown);
    let mut memory = Memory::new(keeping);
    let mut end = Effect::No;
    for round in 0..ROUNDS {
        end = match wait_and_look(driver, work, &memory, faulty(round))? {
            Some(effect) => {
                memory.clear();
                effect
            }
            None => attempt(driver, work, &mut memory, faulty(round))?,
        };
        if end == Effect::Unknown && faulty(round) == Faulty::No && work.called.shown != Shown::Never {
            let why = format!("{:?} is still unknown after faults stopped and its time to ask passed", work.ids);
            driver.report_violation(Rule::Unknown, why);
        }
        if end == Effect::Unknown && driver.sabotage == Some(Sabotage::Ids) {
            work.ids.fapiao.iter_mut().for_each(|id| id.push('n'));
            memory.clear();
        }
        // Not taken: some users leave it at that, and the ledger must know nothing of it either.
        if end == Effect::Yes || (end == Effect::No && driver.rng.percent(10)) {
            break;
        }
    }
    let open = end == Effect::Unknown && work.called.shown == Shown::Never;
    driver.story.settled.push(if open { "nobody can tell" } else { end.as_str() });
    Ok(end)
}

/// Lets some time pass while a call is in doubt; a user who asks by himself then does so when the answer is final.
fn wait_and_look(driver: &mut Driver<'_>, work: &Work<'_>, memory: &Memory, faulty: Faulty) -> Result<Option<Effect>> {
    let Some(ask_after) = memory.ask_after() else { return Ok(None) };
    if faulty == Faulty::No || memory.keeping == Keeping::ByHand || driver.rng.percent(40) {
        driver.clock.reach(ask_after)?;
    } else {
        let seconds = driver.rng.seconds(20);
        match driver.rng.below(100) {
            // When the answer may be final, though the question is not.
            0..25 => driver.clock.reach(ask_after - seconds)?,
            25..60 => driver.clock.advance(6 * seconds)?,
            _ => {}
        }
    }
    if memory.keeping != Keeping::ByHand {
        return Ok(None);
    }
    let effect = if (work.shown)(driver, &work.ids)? { Effect::Yes } else { Effect::No };
    driver.conclude(work.called, &work.ids, effect);
    Ok(Some(effect))
}

/// Makes the call once, or lets two workers make it, as the story's worlds have it.
fn attempt(driver: &mut Driver<'_>, work: &Work<'_>, memory: &mut Memory, faulty: Faulty) -> Result<Effect> {
    let worlds = driver.story.worlds.clone();
    let troubled = faulty == Faulty::Yes;
    let race = troubled && worlds.has(World::Workers) && memory.keeping == Keeping::Store && driver.rng.percent(70);
    let mut jobs = Vec::new();
    for _ in 0..if race { 2 } else { 1 } {
        let mut job = Job::new(work.called, Some(&work.ids), (work.flow)(&work.ids)?);
        if race {
            job.marks.insert(Mark::Race);
        }
        job.flow.remember_in(&driver.seen_answers);
        let is_fresh = driver.sabotage == Some(Sabotage::Resume) || !memory.hand_in(&mut job)?;
        if troubled && worlds.has(World::Repeat) && driver.rng.percent(70) {
            job.flow.client_repeats();
            job.marks.insert(Mark::Repeats);
        } else if troubled && is_fresh && memory.keeping != Keeping::Store && driver.rng.percent(4) {
            job.flow.once();
            job.marks.insert(Mark::Once);
        }
        if troubled && worlds.has(World::Crash) && driver.rng.percent(60) {
            job.crash_in = Some(1 + driver.rng.below(TURNS));
        }
        jobs.push(job);
    }
    let ends = driver.drive(jobs, faulty)?;
    let now = driver.clock.now()?;
    Ok(memory.note(ends, now))
}

/// What the ends of flows about one call come to together.
fn together(ends: &[Ended<Accepted>]) -> Effect {
    let any = |wanted: Option<Effect>| ends.iter().any(|ended| ended.effect == wanted);
    if any(Some(Effect::Yes)) {
        return Effect::Yes;
    }
    if any(None) || any(Some(Effect::Unknown)) { Effect::Unknown } else { Effect::No }
}

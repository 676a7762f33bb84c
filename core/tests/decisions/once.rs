//! Programs that live long enough: one flow to its end, and, where it ends unknown, another one after `ask_after`.

use crate::book::FINAL_AFTER;
use crate::calls::Job;
use crate::choices::Choices;
use crate::host::Host;
use crate::judge::{self, Judged};
use crate::running::Ended;
use crate::tally::{Fault, Tally};
use crate::told::Told;
use crate::world::{Asked, Meets, Nothing, World, taken, untouched};
use fapiao::flow::Effect;

/// Runs every path of a world.
pub(crate) fn explore(world: &World, job: Job) -> Tally {
    let (sends, questions) = ((world.sends)(job), (world.questions)(job));
    let mut choices = Choices::at_most(world.depth);
    let mut tally = Tally::default();
    loop {
        let mut host = Host::new(world, job, (&sends, &questions), &mut choices);
        let flow = host.flow();
        let ended = host.drive(flow);
        let ends = [judge::judged(&host, ended)];
        finish(&mut tally, host, world, ends);
        if !choices.advance() {
            return tally;
        }
    }
}

/// Counts a path with its ends, and hands in once more what is left unknown by all of them that had an end.
pub(crate) fn finish(tally: &mut Tally, host: Host<'_>, world: &World, ends: impl IntoIterator<Item = Judged>) {
    let ends: Vec<_> = ends.into_iter().collect();
    let unknown = ends.iter().rfind(|end| end.ended.effect() == Effect::Unknown);
    let quiet = if unknown.is_some() { host.choices.pick(QUIET.len()) } else { 0 };
    // The path is the same, whatever comes after it.
    if quiet == 0 {
        tally.path(&host, &ends);
    }
    if let Some(end) = unknown {
        ask_later(tally, host, world, &end.ended, QUIET[quiet]);
    }
}

/// Nothing goes wrong any more; the gateway takes what it is sent, or refuses it.
const QUIET: [&[Meets]; 2] = [&[taken(Told::Success)], &[untouched(Told::Refusal(400, "INVALID_REQUEST"))]];

/// Hands in what is in doubt once `ask_after` has passed: that must end yes or no, where a call can tell.
fn ask_later(tally: &mut Tally, mut host: Host<'_>, world: &World, ended: &Ended, sends: &[Meets]) {
    let questions = [Asked::Shows([world.lag; 2], Nothing::Refused)];
    let asked_about = host.job.can_be_asked_about();
    // When the other of two workers sent is known to their store alone: not before now is sure.
    let of_workers = (!host.alone).then_some(host.now + FINAL_AFTER);
    host.now = of_workers.or(ended.decision.ask_after).unwrap_or(host.now).max(host.now);
    let mut host = host.meeting(sends, &questions);
    let mut flow = host.flow();
    if host.store.is_used() {
        flow.keep_doubt();
    } else {
        flow.resume(ended.in_doubt.as_deref().unwrap());
    }
    let later = host.drive(flow);
    let mut later = judge::judged(&host, later);
    if asked_about && later.ended.effect() == Effect::Unknown {
        later.faults.push(Fault::NeverEnds);
    }
    tally.later(&host, &later);
}

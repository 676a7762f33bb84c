//! Programs that die between any two steps, and start again with what they kept.

use crate::book::Event;
use crate::calls::Job;
use crate::choices::Choices;
use crate::host::Host;
use crate::judge::judged;
use crate::once::finish;
use crate::running::{Ended, Going, Running};
use crate::tally::Tally;
use crate::world::{Keeps, World};
use fapiao::flow::{Need, NeedKind};

/// How often a program dies at most.
const DEATHS: usize = 2;
/// How long it stays dead, seconds: a moment, or until nothing can arrive any more.
const DEAD_FOR: [i64; 2] = [1, 400];

/// Runs every path of a world.
pub(crate) fn explore(world: &World, job: Job, keeps: Keeps) -> Tally {
    let (sends, questions) = ((world.sends)(job), (world.questions)(job));
    let mut choices = Choices::at_most(world.depth);
    let mut tally = Tally::default();
    loop {
        let mut host = Host::new(world, job, (&sends, &questions), &mut choices);
        let ended = live(&mut host, keeps);
        let ends = [judged(&host, ended)];
        finish(&mut tally, host, world, ends);
        if !choices.advance() {
            return tally;
        }
    }
}

fn live(host: &mut Host<'_>, keeps: Keeps) -> Ended {
    let mut kept = None;
    for life in 0..DEATHS {
        if let Some(ended) = live_once(host, keeps, life, &mut kept) {
            return ended;
        }
        host.now += DEAD_FOR[host.choices.pick(2)];
    }
    let flow = start(host, keeps, DEATHS, kept.as_deref());
    host.drive(flow)
}

/// One life; none where it dies before the flow has ended.
fn live_once(host: &mut Host<'_>, keeps: Keeps, life: usize, kept: &mut Option<String>) -> Option<Ended> {
    let mut flow = start(host, keeps, life, kept.as_deref());
    loop {
        let needs = match flow.step(&host.moment()) {
            Going::Over(ended) => return Some(ended),
            Going::Needs(needs) => needs,
        };
        *kept = flow.in_doubt();
        // What is done with keys leaves nothing behind: dying before it or after is the same.
        let deaths = if needs.iter().any(leaves_something) { 3 } else { 2 };
        let death = host.choices.pick(deaths);
        if death == 1 {
            host.book.events.push(Event::Died("before it did what was needed"));
            return None;
        }
        for need in needs {
            let result = host.operate(need.kind);
            flow.give(need.id, result);
        }
        if death == 2 {
            host.book.events.push(Event::Died("after it did what was needed"));
            return None;
        }
    }
}

fn leaves_something(need: &Need) -> bool {
    matches!(need.kind, NeedKind::Send { .. } | NeedKind::Store { .. })
}

fn start(host: &mut Host<'_>, keeps: Keeps, life: usize, kept: Option<&str>) -> Box<dyn Running> {
    let mut flow = host.flow();
    match (keeps, kept) {
        (Keeps::Text, Some(text)) => flow.resume(text),
        (Keeps::Store, _) => flow.keep_doubt(),
        (Keeps::Nothing, _) if life > 0 => flow.assume_in_doubt(host.now),
        (Keeps::Text | Keeps::Nothing | Keeps::NothingAndTellsNobody, _) => {}
    }
    flow
}

//! Two workers at one job over one store, in every order up to some changes of hands.

use crate::book::Event;
use crate::calls::Job;
use crate::choices::Choices;
use crate::host::Host;
use crate::judge::{Judged, judged};
use crate::once::finish;
use crate::running::{Ended, Going, Running};
use crate::tally::Tally;
use crate::world::World;
use fapiao::flow::{Need, NeedKind};

/// How often another worker goes on, at most.
const CHANGES: usize = 3;
/// How long ago an earlier worker died, seconds.
const DIED_BEFORE: [i64; 2] = [5, 400];

struct Worker {
    flow: Box<dyn Running>,
    needs: Vec<Need>,
    over: bool,
}

/// Runs every path of a world.
pub(crate) fn explore(world: &World, job: Job) -> Tally {
    let (sends, questions) = ((world.sends)(job), (world.questions)(job));
    let mut choices = Choices::at_most(world.depth);
    let mut tally = Tally::default();
    loop {
        let mut host = Host::new(world, job, (&sends, &questions), &mut choices);
        if host.choices.pick(2) == 1 {
            die(&mut host);
        }
        let ends = work(&mut host);
        finish(&mut tally, host, world, ends);
        if !choices.advance() {
            return tally;
        }
    }
}

/// An earlier worker sends, and dies before it hears of it.
fn die(host: &mut Host<'_>) {
    let mut worker = Worker::new(host);
    while !worker.over {
        let sends = worker.needs.iter().any(|need| matches!(need.kind, NeedKind::Send { .. }));
        worker.go_on(host);
        if sends {
            break;
        }
    }
    host.book.hand_over();
    host.book.events.push(Event::Died("after it sent"));
    host.now += DIED_BEFORE[host.choices.pick(2)];
}

/// Lets two workers work to their ends.
fn work(host: &mut Host<'_>) -> Vec<Judged> {
    let mut workers = [Worker::new(host), Worker::new(host)];
    let (mut at, mut changes) = (0, 0);
    let mut ends = Vec::new();
    loop {
        let other = 1 - at;
        if workers[at].over {
            if workers[other].over {
                return ends;
            }
            at = other;
        } else if !workers[other].over && changes < CHANGES && host.choices.pick(2) == 1 {
            changes += 1;
            at = other;
        }
        host.worker = at;
        host.book.events.push(Event::Worker(at));
        if let Some(ended) = workers[at].go_on(host) {
            ends.push(judged(host, ended));
        }
    }
}

impl Worker {
    fn new(host: &mut Host<'_>) -> Self {
        let mut flow = host.flow();
        flow.keep_doubt();
        let mut worker = Self { flow, needs: Vec::new(), over: false };
        assert!(worker.step(host).is_none(), "a store is asked first");
        worker
    }

    /// Does what it is at, and everything after it that nobody else sees.
    fn go_on(&mut self, host: &mut Host<'_>) -> Option<Ended> {
        for need in std::mem::take(&mut self.needs) {
            let result = host.operate(need.kind);
            self.flow.give(need.id, result);
        }
        self.step(host)
    }

    /// Steps up to the next need that others see.
    fn step(&mut self, host: &mut Host<'_>) -> Option<Ended> {
        loop {
            let needs = match self.flow.step(&host.moment()) {
                Going::Needs(needs) => needs,
                Going::Over(ended) => {
                    self.over = true;
                    return Some(ended);
                }
            };
            if needs.iter().any(|need| is_seen(&need.kind)) {
                self.needs = needs;
                return None;
            }
            for need in needs {
                let result = host.operate(need.kind);
                self.flow.give(need.id, result);
            }
        }
    }
}

fn is_seen(kind: &NeedKind) -> bool {
    matches!(kind, NeedKind::Load { .. } | NeedKind::Store { .. } | NeedKind::Send { .. } | NeedKind::Wait { .. })
}

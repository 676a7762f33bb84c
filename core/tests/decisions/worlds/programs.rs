//! Programs that die and start again, and workers that get in each other's way.

use super::{INVALID, PLAIN, WITH_EFFECT};
use crate::calls::Job;
use crate::told::Told;
use crate::world::{Asked, Fails, Keeps, Meets, NOW, Nothing, Program, World, late, taken, untouched};

const DIES: World = World {
    jobs: WITH_EFFECT,
    sends: losses,
    questions: |_| vec![NOW, Asked::Shows([60, 60], Nothing::Refused)],
    lag: 60,
    depth: 3,
    ..PLAIN
};

/// The worlds of such programs.
pub(crate) const PROGRAMS: &[World] = &[
    World { name: "dies, and kept the text", program: Program::Dies(Keeps::Text), ..DIES },
    World { name: "dies, and kept nothing", program: Program::Dies(Keeps::Nothing), ..DIES },
    World { name: "dies, and has a store", program: Program::Dies(Keeps::Store), ..DIES },
    World {
        name: "dies, and its store fails",
        program: Program::Dies(Keeps::Store),
        fails: Fails::Store,
        jobs: &[Job::IssueOne, Job::ForcedToken],
        depth: 2,
        ..DIES
    },
    World { name: "two workers", program: Program::Workers, ..DIES },
    World {
        name: "two workers, and keys fail",
        program: Program::Workers,
        fails: Fails::Keys,
        jobs: &[Job::Reverse],
        depth: 2,
        ..DIES
    },
    World {
        name: "two workers, and the store fails",
        program: Program::Workers,
        fails: Fails::Store,
        jobs: &[Job::IssueOne, Job::ForcedToken],
        depth: 2,
        ..DIES
    },
];

fn losses(job: Job) -> Vec<Meets> {
    let mut sends = vec![taken(Told::Success), taken(Told::Lost), untouched(Told::Lost), late(250, Told::Lost)];
    sends.push(untouched(if job.is_signed() { INVALID } else { Told::Errcode(40125) }));
    sends
}

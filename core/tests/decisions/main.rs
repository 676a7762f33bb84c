//! Whether decisions can be believed: every path of choices through worlds in which gateway, network, client and program
//! misbehave, judged by what the gateway really took. `cargo test --package fapiao --test decisions -- --nocapture` prints the
//! table.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod book;
mod calls;
mod choices;
mod dies;
mod gateway;
mod host;
mod judge;
mod network;
mod once;
mod running;
mod store;
mod tally;
mod told;
mod workers;
mod world;
mod worlds;

use calls::Job;
use fapiao::flow::Effect;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tally::Tally;
use world::{Program, World};
use worlds::{BEYOND, PROGRAMS, WORLDS};

#[test]
fn no_decision_is_wrong_in_any_world() {
    // The longest first: two threads end at about the same time.
    let worlds: Vec<_> = PROGRAMS.iter().chain(WORLDS).collect();
    let tallies = explore_all(&worlds);
    let table: String = tallies.iter().map(|(name, tally)| tally.rows(name)).collect();
    let paths: u64 = tallies.iter().map(|(_, tally)| tally.paths).sum();
    show(&format!("\n{}{table}{paths} paths", tally::HEAD));
    let faults: Vec<_> = tallies.iter().flat_map(|(name, tally)| tally.faults_of(name)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_judge_finds_the_faults_of_worlds_beyond_reach() {
    for (world, fault) in BEYOND {
        let mut tally = Tally::default();
        world.jobs.iter().for_each(|job| tally.add(explore(world, *job)));
        show(tally.rows(world.name).trim_end());
        assert!(tally.count(*fault) > 0, "{}: {fault:?} is not among {:?}", world.name, tally.faults_of(world.name));
    }
}

#[test]
fn an_unknown_is_a_shrug_where_the_answer_was_there_or_final() {
    use book::{FINAL_AFTER, Shown};
    let shrugs = |effect: Effect, answer: Option<(Shown, i64)>| {
        let mut choices = choices::Choices::at_most(0);
        let mut host = host::Host::new(&worlds::PLAIN, Job::IssueOne, (&[], &[]), &mut choices);
        (host.book.last_send, host.book.last_answer) = (Some(0), answer);
        judge::shrugs(&host, effect)
    };
    assert!(shrugs(Effect::Unknown, Some((Shown::Everything, 1))));
    assert!(shrugs(Effect::Unknown, Some((Shown::Nothing, FINAL_AFTER))));
    assert!(!shrugs(Effect::Unknown, Some((Shown::Nothing, FINAL_AFTER - 1))));
    assert!(!shrugs(Effect::Unknown, None) && !shrugs(Effect::Yes, Some((Shown::Everything, 1))));
}

/// Every path of every job in these worlds, on every core.
fn explore_all(worlds: &[&'static World]) -> Vec<(&'static str, Tally)> {
    let tasks: Vec<_> = worlds.iter().flat_map(|world| world.jobs.iter().map(move |job| (*world, *job))).collect();
    let mut all: Vec<_> = worlds.iter().map(|world| (world.name, Tally::default())).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(&mut all));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((world, job)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let tally = explore(world, *job);
                    let mut all = done.lock().unwrap();
                    all.iter_mut().find(|(name, _)| *name == world.name).unwrap().1.add(tally);
                }
            });
        }
    });
    all
}

fn explore(world: &World, job: Job) -> Tally {
    match world.program {
        Program::Lives => once::explore(world, job),
        Program::Dies(keeps) => dies::explore(world, job, keeps),
        Program::Workers => workers::explore(world, job),
    }
}

#[expect(clippy::print_stdout, reason = "the table is for whoever runs it with --nocapture")]
fn show(text: &str) {
    println!("{text}");
}

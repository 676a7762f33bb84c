//! Whether a life can be believed: every order of up to seven inputs from a gateway that keeps to the documents, with answers
//! lost and late, events twice and out of order, and people who act elsewhere. `cargo test --package fapiao --test life -- --nocapture`
//! prints the table.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod honest;
mod judge;
mod making;
mod order;
mod own_platform;
mod run;
mod sabotage;
mod world;
mod worlds;

use judge::{Fault, faults};
use run::{Run, World};
use sabotage::Sabotage;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use worlds::{BROKEN, WORLDS};

/// What came of the orders of a world.
#[derive(Default)]
struct Tally {
    orders: u64,
    points: u64,
    ends: u64,
    faults: BTreeMap<Fault, (u64, String)>,
}

#[test]
fn no_order_of_inputs_makes_a_life_say_what_is_not_so() {
    let tallies: Vec<_> = std::thread::scope(|scope| {
        let started: Vec<_> =
            WORLDS.iter().map(|world| (world.name, scope.spawn(|| explored(world, Sabotage::None)))).collect();
        started.into_iter().map(|(name, thread)| (name, thread.join().unwrap())).collect()
    });
    let mut table = String::new();
    for (name, Tally { orders, points, ends, .. }) in &tallies {
        writeln!(table, "{name:34} {orders:>12} orders {points:>8} points {ends:>7} brought to an end").unwrap();
    }
    let orders: u64 = tallies.iter().map(|(_, tally)| tally.orders).sum();
    show(&format!("\n{table}{orders} orders"));
    for (name, tally) in &tallies {
        assert!(tally.faults.is_empty(), "{name}: {:#?}", tally.faults);
    }
}

#[test]
fn the_judge_finds_the_fault_of_each_broken_program() {
    for (sabotage, world, fault) in BROKEN {
        let tally = explored(world, *sabotage);
        show(&format!(
            "{sabotage:?}: {:?}",
            tally.faults.iter().map(|(fault, (times, _))| (fault, times)).collect::<Vec<_>>()
        ));
        assert!(tally.faults.contains_key(fault), "{sabotage:?}: {fault:?} is not among {:?}", tally.faults);
    }
}

fn explored(world: &'static World, sabotage: Sabotage) -> Tally {
    let mut tally = Tally::default();
    let mut seen = HashMap::new();
    let mut ended = HashSet::new();
    tally.orders = explore(&Run::new(world, sabotage), world.depth, &mut seen, &mut ended, &mut tally);
    tally
}

/// Every order from here; returns how many there are. What was looked at before, with as many inputs left, is counted and not
/// looked at again.
fn explore(
    run: &Run,
    left: u8,
    seen: &mut HashMap<(String, u8), u64>,
    ended: &mut HashSet<String>,
    tally: &mut Tally,
) -> u64 {
    let key = (format!("{}{:?}{:?}{}{:?}", run.life.to_text(), run.gateway, run.happened, run.now, run.told), left);
    if let Some(orders) = seen.get(&key) {
        return *orders;
    }
    tally.points += 1;
    for fault in faults(run) {
        tally.faults.entry(fault).or_insert_with(|| (0, run.inputs.join("\n"))).0 += 1;
    }
    if run.sabotage == Sabotage::None && (left > 3 || tally.points.is_multiple_of(64)) && ended.insert(key.0.clone()) {
        tally.ends += 1;
        if let Some((fault, how)) = honest::ends(run) {
            tally.faults.entry(fault).or_insert_with(|| (0, how)).0 += 1;
        }
    }
    let mut orders = 1;
    if left > 0 {
        for choice in run.choices() {
            let mut next = run.clone();
            next.choose(&choice);
            orders += explore(&next, left - 1, seen, ended, tally);
        }
    }
    seen.insert(key, orders);
    orders
}

#[expect(clippy::print_stdout, reason = "the table is for whoever runs it with --nocapture")]
fn show(text: &str) {
    println!("{text}");
}

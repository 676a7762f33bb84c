//! `cargo xtask chaos`: thousands of calls through every fault and world of the sandbox, with its ledger as the judge.

mod account;
mod calls;
mod clock;
mod decisions;
mod drive;
mod driver;
mod faults;
mod hits;
mod judge;
mod ledger;
mod life;
mod line;
mod orders;
mod rng;
mod run;
mod sabotage;
mod settle;
mod shops;
mod store;
mod story;
mod tally;
mod trail;
mod truth;
mod world;

use anyhow::{Result, ensure};
use clap::Parser;
use run::{Found, Wanted, run};
use sabotage::Sabotage;
use std::time::Instant;
use world::World;

/// Violations that are shown in full.
const SHOWN: usize = 8;
/// Calls of a run that is to be caught.
const SABOTAGED_CALLS: u64 = 3_000;

/// Sends thousands of calls through every fault and world of the sandbox and judges them by its ledger.
///
/// Fails when any rule is broken: a forged answer accepted, an invoice issued twice or under a second id, a decision the
/// ledger contradicts, a call left open that could have been told, a request repeated that must not be, a file that is not
/// the one served. No time passes but what the calls take: waits move a clock that only this run and the sandbox go by.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask chaos",
    bin_name = "cargo xtask chaos",
    after_long_help = "Examples:\n  cargo xtask chaos\n  cargo xtask chaos --calls 10000 --seed 42\n  \
                       cargo xtask chaos --world lag --world late\n  \
                       cargo xtask chaos --sabotage proof    (must fail)\n  \
                       cargo xtask chaos --sabotages"
)]
struct Options {
    /// HTTP requests of flows that arrive, at least; goes on until each fault and world was hit often enough
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    calls: u64,
    /// Hits of each fault and world, at least; by default one in two hundred calls, none where worlds are ordered
    #[arg(long)]
    hits: Option<u64>,
    /// Seed of everything that is drawn; by default a fresh one, printed
    #[arg(long)]
    seed: Option<u64>,
    /// Tell every story in this world; several times for several worlds at once
    #[arg(long, value_name = "WORLD")]
    world: Vec<World>,
    /// Break one rule in the driver, to see the run fail
    #[arg(long, value_name = "RULE")]
    sabotage: Option<Sabotage>,
    /// Break each rule in turn in a smaller run; succeeds only if every breach is caught by the rule it breaks
    #[arg(long, conflicts_with_all = ["sabotage", "calls", "hits", "world"])]
    sabotages: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let seed = options.seed.map_or_else(fresh_seed, Ok)?;
    if options.sabotages {
        return sabotages(seed);
    }
    let usual = if options.world.is_empty() { options.calls / 200 } else { 0 };
    let hits = options.hits.unwrap_or(usual);
    let Options { calls, world, sabotage, .. } = options;
    let worlds = if world.is_empty() { sabotage.map(Sabotage::worlds).unwrap_or_default() } else { world };
    println!("chaos: {calls} calls, {hits} hits of each fault and world, --seed {seed}");
    let started = Instant::now();
    let names: String = worlds.iter().flat_map(|world| [" --world ", world.name()]).collect();
    let again = format!("--calls {calls} --hits {hits} --seed {seed}{names}");
    let found = run(&Wanted { calls, hits, seed, sabotage, worlds })?;
    show(&found, started);
    let broken = &found.tally.violations;
    for violation in broken.iter().take(SHOWN) {
        println!("\n  {violation}");
    }
    ensure!(broken.is_empty(), "{} violations; repeat the run with {again}", broken.len());
    let least = found.tally.least();
    ensure!(least >= hits, "a fault or world was hit only {least} times, {hits} were asked for");
    println!("verdict: no rule was broken");
    Ok(())
}

/// Breaks each rule in turn; whoever is not caught by it makes the command fail.
fn sabotages(seed: u64) -> Result<()> {
    println!("chaos: {} sabotaged runs of {SABOTAGED_CALLS} calls at most, --seed {seed}", Sabotage::ALL.len());
    let mut missed = Vec::new();
    for sabotage in Sabotage::ALL {
        let worlds = sabotage.worlds();
        let wanted = Wanted { calls: SABOTAGED_CALLS, hits: 0, seed, sabotage: Some(sabotage), worlds };
        let found = run(&wanted)?;
        let caught = found.tally.caught(sabotage);
        match caught.first() {
            Some(first) => {
                println!(
                    "{}: caught {} times in {} calls, first\n  {first}\n",
                    sabotage.name(),
                    caught.len(),
                    found.tally.arrivals
                );
            }
            None => missed.push(sabotage.name()),
        }
    }
    ensure!(missed.is_empty(), "not caught: {}", missed.join(", "));
    println!("verdict: every sabotage was caught");
    Ok(())
}

fn show(found: &Found, started: Instant) {
    let Found { tally, requests, kinds } = found;
    println!("\n{}\n(a request can be struck by several)\n", tally.faults());
    println!(
        "{}\n(decisions on calls with an effect beside what the ledger says of them; a story of several worlds",
        tally.decisions.table()
    );
    println!(
        "counts in each; in the end: what a call came to, once faults had stopped and its time to ask had passed)\n"
    );
    for line in tally.lines() {
        println!("{line}");
    }
    let kinds: Vec<_> =
        kinds.iter().map(|(kind, (times, repeated))| format!("{kind} {times} ({repeated} repeated)")).collect();
    println!("ledger: {} arrivals; effects: {}", tally.arrivals, kinds.join(", "));
    println!(
        "{} flows, {} accepted; {requests} requests; least hits of a fault or world {}; {:.1} s",
        tally.flows,
        tally.accepted,
        tally.least(),
        started.elapsed().as_secs_f64()
    );
}

fn fresh_seed() -> Result<u64> {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no entropy: {error}"))?;
    Ok(u32::from_le_bytes(bytes).into())
}

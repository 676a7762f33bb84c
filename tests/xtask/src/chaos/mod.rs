//! Thousands of calls through every fault of the sandbox, with its ledger as the judge.

mod account;
mod dice;
mod driver;
mod faults;
mod judge;
mod life;
mod orders;
mod repeats;
mod sabotage;
mod shops;
mod tally;
mod trail;
mod truth;

use crate::gateway::Sandbox;
use account::Office;
use anyhow::{Context, Result, bail, ensure};
use driver::Driver;
use life::Life;
use sabotage::Sabotage;
use serde_json::json;
use shops::Keys;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::time::Instant;
use tally::Tally;

/// Workers, each with a sandbox of its own.
const WORKERS: u64 = 2;
/// Violations that are shown in full.
const SHOWN: usize = 8;
/// A run that cannot bring every fault to its number ends at this many times the calls asked for.
const PATIENCE: u64 = 3;

/// Sends thousands of calls through every fault of the sandbox and judges them by its ledger.
///
/// Fails when any rule is broken: a forged answer accepted, an invoice issued twice or under a second id, a decision the
/// ledger contradicts, a request repeated that must not be, a file that is not the one served.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  cargo xtask chaos --calls 10000\n  cargo xtask chaos --seed 42\n  \
                             cargo xtask chaos --sabotage verify --calls 500    (must fail)\n  \
                             cargo xtask chaos --sabotages")]
pub(crate) struct Options {
    /// HTTP requests of flows that arrive, at least; goes on until each fault has struck often enough
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    calls: u64,
    /// Hits of each fault, at least; by default a hundredth of the calls
    #[arg(long)]
    hits: Option<u64>,
    /// Seed that decides which faults strike which calls; by default a fresh one, printed
    #[arg(long)]
    seed: Option<u64>,
    /// Break one rule in the driver, to see the run fail
    #[arg(long, value_name = "RULE")]
    sabotage: Option<Sabotage>,
    /// Break each rule in turn in a smaller run; succeeds only if every breach is caught by the rule it breaks
    #[arg(long, conflicts_with_all = ["sabotage", "calls", "hits"])]
    sabotages: bool,
}

/// Calls of a run that is to be caught.
const SABOTAGED_CALLS: u64 = 2_000;

/// What one run is asked for.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    calls: u64,
    hits: u64,
    seed: u64,
    sabotage: Option<Sabotage>,
}

/// What a worker, or all of them, brought back.
#[derive(Default)]
struct Found {
    tally: Tally,
    requests: u64,
    /// How many effects of each kind, and how many of them were repeated.
    kinds: BTreeMap<String, (u64, u64)>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let seed = options.seed.map_or_else(fresh_seed, Ok)?;
    if options.sabotages {
        return sabotages(seed);
    }
    let hits = options.hits.unwrap_or(options.calls / 100);
    let wanted = Wanted { calls: options.calls, hits, seed, sabotage: options.sabotage };
    println!("chaos: {} calls, {hits} hits of each fault, --seed {seed}", options.calls);
    let started = Instant::now();
    let found = all(wanted)?;
    show(&found, started);
    let broken = found.tally.violations.len();
    for violation in found.tally.violations.iter().take(SHOWN) {
        println!("\n  {violation}");
    }
    ensure!(broken == 0, "{broken} violations; repeat the run with --calls {} --seed {seed}", options.calls);
    ensure!(found.tally.least() >= hits, "a fault struck only {} times, {hits} were asked for", found.tally.least());
    println!("verdict: no rule was broken");
    Ok(())
}

/// Breaks each rule in turn; whoever is not caught by it makes the command fail.
fn sabotages(seed: u64) -> Result<()> {
    println!("chaos: four sabotaged runs of {SABOTAGED_CALLS} calls, --seed {seed}");
    let mut missed = Vec::new();
    for sabotage in Sabotage::ALL {
        let found = all(Wanted { calls: SABOTAGED_CALLS, hits: 0, seed, sabotage: Some(sabotage) })?;
        let catches = |violation: &&judge::Violation| sabotage.caught_by().contains(&violation.rule);
        let caught = found.tally.violations.iter().filter(catches).count();
        match found.tally.violations.iter().find(catches) {
            Some(first) => println!("{}: caught {caught} times, first\n  {first}\n", sabotage.name()),
            None => missed.push(sabotage.name()),
        }
    }
    ensure!(missed.is_empty(), "not caught: {}", missed.join(", "));
    println!("verdict: every sabotage was caught");
    Ok(())
}

/// Runs all workers, each on its share.
fn all(wanted: Wanted) -> Result<Found> {
    let sandboxes = (0..WORKERS).map(|_| Sandbox::start(&[])).collect::<Result<Vec<_>>>()?;
    let progress = AtomicU64::new(0);
    let shares = std::thread::scope(|scope| {
        let workers: Vec<_> = sandboxes
            .iter()
            .zip(0..)
            .map(|(sandbox, index)| {
                let progress = &progress;
                scope.spawn(move || work(sandbox, index, wanted, progress))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| bail!("a worker panicked"))).collect()
    });
    let shares: Vec<Result<Found>> = shares;
    let mut all = Found { tally: Tally::new(), ..Found::default() };
    for share in shares {
        let share = share?;
        all.requests += share.requests;
        all.tally.add(share.tally);
        for (kind, (times, repeated)) in share.kinds {
            let sum = all.kinds.entry(kind).or_default();
            *sum = (sum.0 + times, sum.1 + repeated);
        }
    }
    Ok(all)
}

/// One worker's share: invoices and account work by turns, until it has made its calls and every fault has struck enough.
fn work(sandbox: &Sandbox, index: u64, wanted: Wanted, progress: &AtomicU64) -> Result<Found> {
    let (calls, hits) = (wanted.calls.div_ceil(WORKERS), wanted.hits.div_ceil(WORKERS));
    let seed = wanted.seed.wrapping_add(index.wrapping_mul(0x5851_f42d_4c95_7f2d));
    // How a repeated issue is answered is not documented: one sandbox refuses it, the other takes it without effect. The
    // account side's clock is moved on, so signatures go by the machine's.
    let duplicates = if index == 0 { "refuse" } else { "accept" };
    let settings = json!({"signature_clock": "wall", "issue_seconds": 0, "duplicates": duplicates});
    sandbox.order("/settings", &settings)?;
    let mut driver = Driver::new(sandbox, seed, wanted.sabotage, progress);
    let announced = &sandbox.announced;
    let keys = if wanted.sabotage == Some(Sabotage::Verify) { Keys::Elsewhere } else { Keys::Here };
    let shops = [shops::direct(announced, keys)?, shops::sub_merchant(announced, Keys::Elsewhere)?];
    let mut account = shops::account(announced)?;
    let mut beliefs = BTreeMap::new();
    let mut story: u32 = 0;
    while driver.tally.arrivals < calls || driver.tally.least() < hits {
        if driver.requests() > calls.saturating_mul(PATIENCE) {
            break;
        }
        story += 1;
        let name = format!("{index}-{story}");
        let told = if driver.dice.percent(25) {
            Office { driver: &mut driver, account: &mut account }.work(&name)
        } else {
            let shop = shops.get(driver.dice.below(shops.len())).context("no shop")?;
            Life { driver: &mut driver, shop, beliefs: &mut beliefs }.live(&name)
        };
        told.with_context(|| format!("story {name}"))?;
    }
    let kinds = truth::judge(&mut driver, &beliefs)?;
    let requests = driver.requests();
    Ok(Found { tally: driver.tally, requests, kinds })
}

fn show(found: &Found, started: Instant) {
    let Found { tally, requests, kinds } = found;
    println!("\n{}\n(a request can be struck by several)\n", tally.table());
    for line in tally.lines() {
        println!("{line}");
    }
    let kinds: Vec<_> =
        kinds.iter().map(|(kind, (times, repeated))| format!("{kind} {times} ({repeated} repeated)")).collect();
    println!("ledger: {} arrivals; effects: {}", tally.arrivals, kinds.join(", "));
    println!(
        "{} flows, {} accepted; {requests} requests; least hits of a fault {}; {:.1} s",
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

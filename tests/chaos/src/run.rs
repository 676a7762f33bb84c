//! A run: workers, each with a sandbox of its own, each telling stories until it has made its calls.

use crate::account::Office;
use crate::driver::Driver;
use crate::life::Life;
use crate::sabotage::Sabotage;
use crate::shops::{self, Keys};
use crate::tally::Tally;
use crate::truth::{self, Beliefs};
use crate::world::World;
use anyhow::{Context, Result, bail};
use fapiao_test_support::gateway::Sandbox;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;

/// Workers, each with a sandbox of its own.
const WORKERS: u64 = 2;
/// A run that cannot bring every fault to its number ends at this many times the calls asked for.
const PATIENCE: u64 = 4;
/// A sabotage that was caught so often by one worker has been caught.
const CAUGHT: usize = 3;

/// What one run is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) calls: u64,
    pub(crate) hits: u64,
    pub(crate) seed: u64,
    pub(crate) sabotage: Option<Sabotage>,
    /// The worlds of every story; drawn where there are none.
    pub(crate) worlds: Vec<World>,
}

/// What a worker, or all of them, brought back.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) tally: Tally,
    pub(crate) requests: u64,
    /// How many effects of each kind, and how many of them were repeated.
    pub(crate) kinds: BTreeMap<String, (u64, u64)>,
}

/// Runs all workers, each on its share.
pub(crate) fn run(wanted: &Wanted) -> Result<Found> {
    let sandboxes = (0..WORKERS).map(|_| Sandbox::start(&[])).collect::<Result<Vec<_>>>()?;
    let progress = AtomicU64::new(0);
    let shares: Vec<Result<Found>> = std::thread::scope(|scope| {
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

/// One worker's share: invoices and account work by turns.
fn work(sandbox: &Sandbox, index: u64, wanted: &Wanted, progress: &AtomicU64) -> Result<Found> {
    let seed = wanted.seed.wrapping_add(index.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let mut driver = Driver::new(sandbox, seed, wanted.sabotage, progress);
    let announced = &sandbox.announced;
    let keys = if wanted.sabotage == Some(Sabotage::Verify) { Keys::Elsewhere } else { Keys::Here };
    let shops = [shops::direct(announced, keys)?, shops::sub_merchant(announced, Keys::Elsewhere)?];
    let mut account = shops::account(announced)?;
    let mut beliefs = Beliefs::default();
    let mut story: u32 = 0;
    while goes_on(&driver, wanted) {
        story += 1;
        let name = format!("{index}-{story}");
        let told = if wanted.worlds.is_empty() && driver.rng.percent(20) {
            Office { driver: &mut driver, account: &mut account }.work(&name)
        } else {
            let shop = shops.get(driver.rng.below(shops.len())).context("no shop")?;
            Life { driver: &mut driver, shop, beliefs: &mut beliefs }.live(&name, &wanted.worlds)
        };
        told.with_context(|| format!("story {name}"))?;
    }
    let kinds = truth::judge(&mut driver, &beliefs)?;
    let requests = driver.requests();
    Ok(Found { tally: driver.tally, requests, kinds })
}

fn goes_on(driver: &Driver<'_>, wanted: &Wanted) -> bool {
    let (calls, hits) = (wanted.calls.div_ceil(WORKERS), wanted.hits.div_ceil(WORKERS));
    let caught = wanted.sabotage.is_some_and(|sabotage| driver.tally.caught(sabotage).len() >= CAUGHT);
    let enough = driver.tally.arrivals >= calls && driver.tally.least() >= hits;
    !caught && !enough && driver.requests() <= calls.saturating_mul(PATIENCE)
}

//! What is measured in processes of their own: the start, and the memory of many callers.

use super::contestants::{ALONE, BARE_WEBCRYPTO, CONTESTANTS, Contestant};
use super::groups::Extent;
use super::node;
use super::programs::{EDGE, Launch};
use super::results::{Measure, Results};
use super::scene;
use super::worker::Worker;
use crate::measure::Figures;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The programs, ready to be run.
pub(super) type Launches = BTreeMap<&'static str, Launch>;

/// The number of the first of many callers.
const FIRST_CALLER: u32 = 1_900_100_000;
/// Callers, and calls, before memory is looked at: what is set up once is not theirs.
const WARM_CALLERS: u32 = 10;
const WARM_CALLS: u32 = 200;

#[derive(Deserialize)]
struct Printed {
    ns: f64,
}

/// A cold process up to its first signed request; interpreters alone, up to their first statement.
pub(super) fn cold_starts(launches: &Launches, setup: &Value, extent: Extent, results: &mut Results) -> Result<()> {
    println!("── cold process to first signed request: {} processes each", extent.processes);
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), setup.to_string())?;
    let whole = CONTESTANTS.iter().filter(|contestant| contestant.is_whole());
    let programs: Vec<_> = whole.map(|contestant| contestant.program).chain(ALONE).collect();
    let mut seen: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for round in 0..=extent.processes {
        for program in &programs {
            let launch = launches.get(program.name).with_context(|| format!("{} is not ready", program.name))?;
            let took = cold_start(launch, file.path()).with_context(|| program.name.to_owned())?;
            // The first one fills the page cache.
            if round > 0 {
                seen.entry(program.name).or_default().push(took);
            }
        }
    }
    for (name, values) in seen {
        results.put(Measure::Cold, name, Figures::of(values));
    }
    Ok(())
}

/// Milliseconds.
fn cold_start(launch: &Launch, setup: &Path) -> Result<f64> {
    let mut command = launch.command();
    command.arg("cold").arg(setup);
    let epoch = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let output = command.arg(epoch.to_string()).output().context("it could not be started")?;
    ensure!(output.status.success(), "it failed: {}", String::from_utf8_lossy(&output.stderr));
    let printed: Printed = serde_json::from_slice(&output.stdout)?;
    Ok(printed.ns / 1e6)
}

/// Many callers, each with keys of its own and each used: how long one takes to make, and what it keeps.
pub(super) fn callers(launches: &Launches, setup: &Value, extent: Extent, results: &mut Results) -> Result<()> {
    println!("── {} callers with keys of their own", extent.callers);
    // What WebCrypto keeps of its own is in what a caller on it keeps.
    for contestant in CONTESTANTS.iter().filter(|one| one.is_whole() || one.name == BARE_WEBCRYPTO) {
        let name = contestant.name;
        let launch = launches.get(contestant.program.name).with_context(|| format!("{name} is not ready"))?;
        let subject = contestant.subject();
        let mut worker = warm(contestant, launch, setup)?;
        let before = worker.resident()?;
        let asked = json!({ "op": "callers", "subject": subject, "first": FIRST_CALLER, "count": extent.callers });
        let took = worker.nanoseconds(&asked)? / 1e6 / f64::from(extent.callers);
        let kept = (worker.resident()? - before) / f64::from(extent.callers);
        println!("   {name}: {took:.3} ms to make, {kept:.1} KB kept");
        results.put(Measure::Load, name, Figures::once(took));
        results.put(Measure::Caller, name, Figures::once(kept));
    }
    Ok(())
}

/// A program that has set up what it sets up once.
fn warm(contestant: &Contestant, launch: &Launch, setup: &Value) -> Result<Worker> {
    let mut worker = Worker::start(contestant.name, launch, setup)?;
    worker.ask(&json!({ "op": "answer", "answer": scene::answer()? }))?;
    for op in ["sign", "verify"] {
        let calls =
            json!({ "op": op, "subject": contestant.subject(), "calls": WARM_CALLS, "in_flight": 1, "clock": "wall" });
        worker.ask(&calls)?;
    }
    // With the second a collector that took too much at first has given it back.
    for first in [1, 1_000] {
        worker
            .ask(&json!({ "op": "callers", "subject": contestant.subject(), "first": first, "count": WARM_CALLERS }))?;
    }
    Ok(worker)
}

/// The WebAssembly package: how large its engine is after gzip, and how long it takes to be ready.
pub(super) fn edge(launches: &Launches, setup: &Value, extent: Extent, results: &mut Results) -> Result<()> {
    println!("── {} being loaded", EDGE.name);
    let engine = fapiao_test_support::npm::gzipped(&node::edge_package().join("core.wasm"))?;
    results.put(Measure::Engine, EDGE.name, Figures::once(f64::from(u32::try_from(engine)?) / 1024.0));
    let launch = launches.get(EDGE.name).context("it is not ready")?;
    let mut seen = Vec::new();
    for round in 0..=extent.processes {
        let took = Worker::start(EDGE.name, launch, setup)?.nanoseconds(&json!({ "op": "ready" }))?;
        if round > 0 {
            seen.push(took / 1e6);
        }
    }
    results.put(Measure::Ready, EDGE.name, Figures::of(seen));
    Ok(())
}

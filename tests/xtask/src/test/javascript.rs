//! npm `fapiao-edge` from the packed tarball: sizes, the suite on every runtime, the demo on every runtime.

use super::suite;
use crate::demo;
use crate::demo::javascript::{self, RUNTIMES};
use crate::gateway::Sandbox;
use crate::npm::{self, Location};
use crate::shell::step;
use anyhow::{Result, bail, ensure};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Most bytes of the engine, and of glue and facade together, after gzip.
// 110 and 16 KB are wanted with every call, callbacks and tokens, 130 with the life of an invoice. Reading keys by the `der` crates takes 16 KB of it, reading XML 11.
const MOST_ENGINE: usize = 224 * 1024;
const MOST_SCRIPT: usize = 20 * 1024;

/// Flows that the test of memory opens and closes, at least.
const FLOWS: u64 = 100_000;

/// Packs, installs, measures and runs.
pub(super) fn run() -> Result<()> {
    let tarball = npm::edge::pack()?;
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    npm::install(&[&tarball], folder)?;
    let with_node = Location { runtime: "workerd-nodejs", package: "fapiao-edge", folder };
    let mut totals = vec![suite::run(with_node)?.get("counts").cloned()];
    for runtime in RUNTIMES {
        let place = Location { runtime, package: "fapiao-edge", folder };
        totals.push(suite::run(place)?.get("counts").cloned());
        let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
        let saved = javascript::on(place, &sandbox, &folder.join("pdf"))?;
        ensure!(saved.len() == demo::PDFS.len(), "{runtime}: {} PDFs", saved.len());
        sandbox.show_ledger()?;
    }
    ensure!(totals.windows(2).all(|pair| pair.first() == pair.last()), "the runtimes ran different cases: {totals:?}");
    publishable(&tarball, &["--exclude-entrypoints", "core.wasm"])?;
    sizes(folder)?;
    memory(folder)
}

/// What checkers of packages say of a tarball.
pub(super) fn publishable(tarball: &Path, further: &[&str]) -> Result<()> {
    let bin = npm::tools()?.join("node_modules/.bin");
    step("publint", Command::new(bin.join("publint")).args(["run", "--strict"]).arg(tarball))?;
    let mut attw = Command::new(bin.join("attw"));
    step("are the types wrong", attw.arg(tarball).args(["--profile", "esm-only"]).args(further))
}

/// Flows that were read, and those that nobody went on with, leave nothing in the engine's memory.
fn memory(folder: &Path) -> Result<()> {
    let place = Location { runtime: "node", package: "fapiao-edge", folder };
    let output = npm::run(place, "flows", &Value::Object(suite::input()?))?;
    let number = |name: &str| output.get(name).and_then(Value::as_u64).unwrap_or_default();
    let (opened, closed, before, after) = (number("opened"), number("closed"), number("before"), number("after"));
    println!("   {opened} flows opened, {closed} closed; memory of the engine {before} bytes, then {after}");
    ensure!(opened >= FLOWS && opened == closed, "not every flow was closed");
    ensure!(after == before, "the engine's memory grew");
    let forgotten: Vec<_> = output.get("forgotten").and_then(Value::as_array).into_iter().flatten().collect();
    println!("   with calls that nobody went on with, round by round: {forgotten:?}");
    let [_, second, .., last] = forgotten[..] else { bail!("too few rounds") };
    ensure!(second == last, "calls that were forgotten keep the engine's memory");
    Ok(())
}

/// The size gate.
fn sizes(folder: &Path) -> Result<()> {
    let package = folder.join("node_modules/fapiao-edge");
    let engine = npm::gzipped(&package.join("core.wasm"))?;
    let bundle = folder.join("bundle.js");
    let mut esbuild = Command::new(npm::tools()?.join("node_modules/.bin/esbuild"));
    esbuild.arg(package.join("node.js")).args(["--bundle", "--minify", "--format=esm", "--platform=node"]);
    step("bundle glue and facade", esbuild.arg(format!("--outfile={}", bundle.display())))?;
    let script = npm::gzipped(&bundle)?;
    println!(
        "   gzip: engine {engine} bytes (at most {MOST_ENGINE}), glue and facade {script} bytes (at most {MOST_SCRIPT})"
    );
    ensure!(engine <= MOST_ENGINE, "the engine is too large");
    ensure!(script <= MOST_SCRIPT, "glue and facade are too large");
    Ok(())
}

//! `cargo xtask demo python`: the same walk from Python, by the wheel in an environment of its own.

use crate::gateway::Sandbox;
use crate::shell;
use crate::wheel;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The HTTP client the program is walked with, pinned.
const CLIENT: &str = "httpx==0.28.1";

pub(super) fn run(out: &Path) -> Result<()> {
    walk(out, &wheel::build()?).map(|_| ())
}

/// Walks with a built wheel; returns the PDFs.
pub(crate) fn walk(out: &Path, wheel: &Path) -> Result<Vec<PathBuf>> {
    let python = wheel::installed("python-demo", wheel, &[CLIENT])?;
    let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
    println!("sandbox: {} (backup {})\n", sandbox.announced.main, sandbox.announced.backup);
    let mut program = Command::new(python);
    // Nothing of this repository but the program itself is in reach.
    program.args(["-I"]).arg(shell::root().join("tests/runtimes/demo.py")).arg(out).arg(&sandbox.announcement);
    let status = program.status().context("Python could not be started")?;
    ensure!(status.success(), "the program failed ({status})");
    sandbox.show_ledger()?;
    came_from(&sandbox, " python/")?;
    let saved: Vec<_> = super::PDFS.iter().map(|name| out.join(name)).collect();
    for path in &saved {
        ensure!(std::fs::read(path)?.starts_with(b"%PDF"), "{} is no PDF", path.display());
        println!("saved: {}", path.display());
    }
    Ok(saved)
}

/// Whether every request that arrived came from that runtime.
fn came_from(sandbox: &Sandbox, mark: &str) -> Result<()> {
    let ledger = sandbox.look("/ledger")?;
    let arrivals = ledger.get("arrivals").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let foreign = arrivals.iter().filter(|arrival| {
        let headers = arrival.get("headers").map(|headers| headers.to_string().to_ascii_lowercase());
        !headers.is_some_and(|headers| headers.contains(mark))
    });
    ensure!(!arrivals.is_empty() && foreign.count() == 0, "a request did not come from {mark}");
    println!("all {} requests came from{mark}", arrivals.len());
    Ok(())
}

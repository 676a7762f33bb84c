//! `cargo xtask bench`: the budgets of the native library, measured against the crypto library's own operations.

mod bare;
mod calls;
mod cold_start;
pub(crate) mod fixture;
mod limits;
mod machine;
mod measure;
mod parsing;
pub(crate) mod peers;
mod report;
mod scale;

use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use report::Row;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

/// Measures the native library against its budgets; fails when one is missed.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    other: Option<Other>,
    /// Fewer rounds and calls: a look, not evidence.
    #[arg(long)]
    quick: bool,
    /// Also write every figure as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Other {
    Peers(peers::Options),
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if let Some(Other::Peers(options)) = &options.other {
        return peers::run(options);
    }
    if cfg!(debug_assertions) {
        return again_as_release(options);
    }
    let machine = machine::describe()?;
    println!("{machine:#}\n");
    let rounds = if options.quick { 30 } else { 100 };
    let (signed, verified) = if options.quick { (2_000, 20_000) } else { (100_000, 1_000_000) };

    let mut rows = calls::rows(rounds)?;
    println!("── cold processes");
    rows.extend(cold_start::rows(|| program("bench-cold-start"), 30)?);
    println!("── parsing small and large bodies");
    rows.extend(parsing::rows(30)?);
    println!("── a thousand callers, {signed} requests signed, {verified} answers verified");
    rows.extend(scale::rows(&mut program("bench-scale"), signed, verified)?);

    println!("{}", report::table(&rows));
    println!("load of the last minute at the end: {}", machine::load().unwrap_or_default());
    if let Some(path) = &options.json {
        let rows: Vec<_> = rows.iter().map(Row::json).collect();
        let all = json!({ "machine": machine, "load_at_the_end": machine::load(), "rows": rows });
        crate::save::write(path, format!("{all:#}\n").as_bytes())?;
    }
    let missed: Vec<_> = rows.iter().filter(|row| row.kept() == Some(false)).map(Row::what).collect();
    ensure!(missed.is_empty(), "budgets missed: {}", missed.join("; "));
    Ok(())
}

/// Builds everything in release and runs there; what this process is built for says nothing.
fn again_as_release(options: &Options) -> Result<()> {
    shell::step(
        "build in release",
        shell::cargo().args(["build", "--quiet", "--release", "--package", "xtask", "--bins", "--examples"]),
    )?;
    let mut again = shell::cargo();
    again.args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench"]);
    again.args(options.quick.then_some("--quick"));
    if let Some(path) = &options.json {
        again.arg("--json").arg(std::path::absolute(path)?);
    }
    if !again.status().context("the release build could not be started")?.success() {
        bail!("see above");
    }
    Ok(())
}

/// A program built beside this one.
fn program(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap_or_default();
    path.pop();
    Command::new(path.join("examples").join(name))
}

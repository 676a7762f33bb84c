//! The budgets of the native library, measured against the crypto library's own operations, and every door of this project
//! side by side with other SDKs: `cargo xtask bench`.

mod bare;
mod callbacks;
mod calls;
mod cold_start;
mod fixture;
mod limits;
mod machine;
mod measure;
mod parsing;
mod peers;
mod report;
mod scale;

use anyhow::{Result, ensure};
use clap::Parser;
use fapiao_test_support::{save, shell};
use report::Row;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

/// Measures the native library against its budgets; fails when one is missed.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench", version, args_conflicts_with_subcommands = true)]
struct Options {
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
    /// Let other SDKs check and open what is ours, and read what they make.
    CrossCheck,
}

fn main() -> Result<()> {
    let options = Options::parse();
    match &options.other {
        Some(Other::Peers(options)) => peers::run(options),
        Some(Other::CrossCheck) => peers::cross_check::run(),
        None => budgets(&options),
    }
}

fn budgets(options: &Options) -> Result<()> {
    ensure!(!cfg!(debug_assertions), "only a release build says anything: start it as cargo xtask bench");
    build_programs()?;
    let machine = machine::describe()?;
    println!("{machine:#}\n");
    let rounds = if options.quick { 30 } else { 100 };
    let (signed, verified) = if options.quick { (2_000, 20_000) } else { (100_000, 1_000_000) };

    let mut rows = calls::rows(rounds)?;
    rows.extend(callbacks::rows(rounds)?);
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
        save::write(path, format!("{all:#}\n").as_bytes())?;
    }
    let missed: Vec<_> = rows.iter().filter(|row| row.kept() == Some(false)).map(Row::what).collect();
    ensure!(missed.is_empty(), "budgets missed: {}", missed.join("; "));
    Ok(())
}

fn build_programs() -> Result<()> {
    let mut build = shell::cargo();
    build.args(["build", "--quiet", "--release", "--package", "fapiao-bench", "--examples"]);
    shell::step("build what is measured in processes of its own", &mut build)
}

/// A program built beside this one.
fn program(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap_or_default();
    path.pop();
    Command::new(path.join("examples").join(name))
}

//! The project's own commands. `cargo xtask --help` lists them.

mod bench;
mod demo;
mod gateway;
mod har;
mod host;
mod key_process;
mod save;
mod shell;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The project's own commands; each sets up what it needs.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure the native library against its budgets.
    Bench(bench::Options),
    /// Walk the life of an invoice against the sandbox and save its PDFs.
    Demo(demo::Options),
    /// Do key operations for another process (used by `demo --remote-keys`).
    #[command(hide = true)]
    KeyProcess,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Bench(options) => bench::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::KeyProcess => key_process::serve(),
    }
}

//! The project's own commands. `cargo xtask --help` lists them.

mod chaos;
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
    /// Walk the life of an invoice against the sandbox and save its PDFs.
    Demo(demo::Options),
    /// Send thousands of calls through every fault and judge them by the ledger.
    Chaos(chaos::Options),
    /// Do key operations for another process (used by `demo --remote-keys`).
    #[command(hide = true)]
    KeyProcess,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Demo(options) => demo::run(&options),
        Command::Chaos(options) => chaos::run(&options),
        Command::KeyProcess => key_process::serve(),
    }
}

//! The project's own commands. `cargo xtask --help` lists them.

mod demo;
mod fuzz;
mod generate;
mod lints;
mod mutants;
mod package;
mod programs;
mod rooms;
mod setup;
mod test;

use anyhow::Result;
use clap::{Parser, Subcommand};
use fapiao_test_support::{gateway, npm, save, shell, wheel};

/// The project's own commands; each sets up what it needs.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure the native library against its budgets, or side by side with other SDKs.
    #[command(disable_help_flag = true)]
    Bench {
        /// What the program of that name takes; `--help` shows it.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    Demo(demo::Options),
    /// Run every test there is, or some parts of them.
    Test(test::Options),
    /// Pack the npm packages.
    Package(package::Options),
    /// Have openssl and Python `cryptography` make the vectors again and compare.
    Witness,
    /// Write what follows from the catalogue: JSON Schema and error codes.
    Generate(generate::Options),
    /// Fuzz everything that parses, with coverage, for a given time.
    Fuzz(fuzz::Options),
    /// Plant small faults into the judging files of core, one at a time: a test has to fail for each.
    Mutants(mutants::Options),
    /// Plant an unwrap, an index and an unchecked addition into a copy of core: the lints must fail each.
    Lints,
    /// Check that no import of core runs upwards and no files import each other in a circle.
    Rooms,
    /// Install what the tests need beyond Rust; they do it themselves where it is missing.
    Setup,
    /// Send thousands of calls through every fault and world, and judge them by the ledger.
    #[command(disable_help_flag = true)]
    Chaos {
        /// What the program of that name takes; `--help` shows it.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Bench { arguments } => programs::bench(&arguments),
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Package(options) => package::run(&options),
        Command::Witness => test::witness(),
        Command::Generate(options) => generate::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Mutants(options) => mutants::run(&options),
        Command::Lints => lints::run(),
        Command::Rooms => rooms::check(),
        Command::Setup => setup::run(),
        Command::Chaos { arguments } => programs::chaos("chaos", &arguments),
    }
}

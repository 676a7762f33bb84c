//! The command line: a sandbox that runs, or one thing done at once.

mod listen;
mod replay;
mod shown_keys;
mod trigger;

use std::{
    io::{Write, stderr},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::options::{Options, after_help};

/// Whatever ends a command early.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// An offline WeChat gateway for electronic invoices.
///
/// Plays WeChat Pay (`/v3/new-tax-control-fapiao/*`, signed both ways, with callbacks) and the Official Account side
/// (`/cgi-bin/stable_token`, `/card/invoice/platform/*`) on loopback, with invented merchants and committed test keys. When it is
/// ready it prints one JSON line with its addresses, merchants and keys, and then runs until it is stopped.
///
/// `main` and `backup` are two doors to the same state. `control` is a third, for tests: `GET` it to see what it offers
/// (clock, faults, settings, the payer's part, callbacks, pushes, the ledger of what arrived and what took effect).
#[derive(Debug, Parser)]
#[command(name = "fapiao-sandbox", version, args_conflicts_with_subcommands = true, after_long_help = after_help())]
pub struct CommandLine {
    /// What to do in place of running a sandbox.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How the sandbox runs.
    #[command(flatten)]
    pub options: Options,
}

/// One thing done at once.
#[derive(Debug, Subcommand)]
pub enum Command {
    Trigger(trigger::Arguments),
    Listen(listen::Arguments),
    Replay(replay::Arguments),
}

impl Command {
    /// Does it: 0 if it went well, 1 if a message was not taken, 2 if nothing could be done.
    pub async fn run(self) -> ExitCode {
        let done = match self {
            Self::Trigger(arguments) => trigger::run(arguments).await,
            Self::Listen(arguments) => listen::run(&arguments).await,
            Self::Replay(arguments) => replay::run(arguments).await,
        };
        done.unwrap_or_else(|failure| {
            let _closed = writeln!(stderr(), "fapiao-sandbox: {failure}");
            ExitCode::from(2)
        })
    }
}

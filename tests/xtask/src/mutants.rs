//! `cargo xtask mutants`: small faults planted into the judging files of core, one at a time; a test has to fail for each.
//!
//! Not part of the tests: a file takes minutes to an hour. What was found is kept under `out/mutants`, file by file, and an
//! interrupted run goes on where it stopped.

mod explained;
mod kept;

use crate::setup;
use anyhow::{Context, Result, bail};
use explained::Explained;
use fapiao_test_support::shell;
use kept::Kept;
use std::path::PathBuf;
use std::process::Command;

/// The files by which core judges: what happened to a call, whose an answer is, where a link may lead.
const JUDGING: [&str; 23] = [
    "flow/decision.rs",
    "flow/rules.rs",
    "flow/in_doubt.rs",
    "flow/asking.rs",
    "flow/engine.rs",
    "flow/engine/doubt.rs",
    "flow/engine/kept.rs",
    "flow/journal.rs",
    "flow/reconcile.rs",
    "flow/seen.rs",
    "flow/budget.rs",
    "protocol/claim.rs",
    "protocol/verified.rs",
    "protocol/download.rs",
    "protocol/echo.rs",
    "protocol/subject.rs",
    "protocol/target.rs",
    "protocol/message.rs",
    "protocol/authorization.rs",
    "identity/hosts.rs",
    "url.rs",
    "keys/ring.rs",
    "keys/serial.rs",
];

/// The tests that a mutant meets: first those that are built soonest, then, where it survives them, all of core's.
const ROUNDS: [&[&str]; 2] = [&["--lib"], &["--all-targets"]];

/// Options of `cargo xtask mutants`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Files below `core/src`; all judging files where none is named.
    #[arg(value_name = "FILE", value_parser = JUDGING)]
    files: Vec<String>,
    /// Forget what was found before.
    #[arg(long)]
    again: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let explained = Explained::read()?;
    let chosen: Vec<_> = JUDGING
        .into_iter()
        .filter(|file| options.files.is_empty() || options.files.iter().any(|chosen| chosen == file))
        .collect();
    let mut open = Vec::new();
    let mut scores = Vec::new();
    for file in chosen {
        let kept = examine(file, options.again, &explained)?;
        let survivors: Vec<_> = kept.survivors().collect();
        scores.push(format!("{:<26} {}", file, kept.score()));
        for (name, function) in survivors {
            let reason = explained.reason(file, function);
            scores.push(format!("   survives: {name}\n      {}", reason.unwrap_or("unexplained")));
            open.extend(reason.is_none().then(|| name.to_owned()));
        }
        open.extend(explained.stale(file, &kept).map(|entry| format!("{entry} is explained, but does not survive")));
    }
    println!("\n{}", scores.join("\n"));
    if !open.is_empty() {
        bail!("kill these by a test, or explain them in {}:\n   {}", explained::FILE, open.join("\n   "));
    }
    Ok(())
}

/// What became of the mutants of one file: what is kept, and what is still to be found out.
fn examine(file: &str, again: bool, explained: &Explained) -> Result<Kept> {
    let mut kept = Kept::of(file, again)?;
    while let Some(round) = kept.next_round(ROUNDS.len(), |function| explained.reason(file, function).is_some()) {
        let tests = ROUNDS.get(round).copied().unwrap_or_default();
        println!("── {file}, with cargo test {}", tests.join(" "));
        let ended = mutate(file, &kept, tests)?.status().context("cargo-mutants does not start")?;
        kept.take_in()?;
        // 2: some survived; 3: some ran on. Both are results.
        if !matches!(ended.code(), Some(0 | 2 | 3)) {
            bail!(
                "cargo-mutants stopped at {file} ({ended}); what it found is kept, and the next run goes on from there"
            );
        }
        kept.finish(round)?;
    }
    Ok(kept)
}

fn mutate(file: &str, kept: &Kept, tests: &[&str]) -> Result<Command> {
    let mut command = Command::new(setup::cargo_mutants()?);
    command.current_dir(shell::root()).args(["mutants", "--package", "fapiao", "--no-shuffle", "--iterate"]);
    command.args(["--no-default-features", "--features", "rsa"]);
    command.arg("--file").arg(format!("core/src/{file}")).arg("--output").arg(kept.folder()).arg("--").args(tests);
    // One folder for all runs: what core depends on is built once.
    command.env("CARGO_TARGET_DIR", target());
    Ok(command)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), Into::into).join("mutants")
}

//! Running other programs, said aloud.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The project's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// A program run in the project's root.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Runs a step and says what it is, how it ended and how long it took.
pub fn step(what: &str, command: &mut Command) -> Result<()> {
    println!("── {what}");
    let started = Instant::now();
    let status = command.status().with_context(|| format!("{what}: the program could not be started"))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    println!("   {what}: done in {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

/// Whether a program answers to `--version`.
pub fn has(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

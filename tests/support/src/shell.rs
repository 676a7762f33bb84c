//! Running other programs, said aloud.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

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

/// How long a command may say nothing.
const SILENCE: Duration = Duration::from_secs(25);

/// Does a piece of work, and says now and then that it is still at it.
pub fn telling<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            while waiting.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) {
                println!("   … {what}: at work for {:.0} s", started.elapsed().as_secs_f64());
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// Whether a program answers to `--version`.
pub fn has(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Builds a program of this workspace where needed; its path.
pub fn built(package: &str) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--package", package, "--message-format", "json-render-diagnostics"]);
    let output = build.stderr(Stdio::inherit()).output().context("cargo could not be started")?;
    ensure!(output.status.success(), "{package} does not build");
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut executables =
        messages.filter_map(|message| message.get("executable").and_then(Value::as_str).map(Into::into));
    executables.next_back().with_context(|| format!("cargo built no {package}"))
}

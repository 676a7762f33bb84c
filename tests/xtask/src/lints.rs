//! The lints that forbid panics are law only if they bite: plants one violation of each in a copy of core and wants it refused.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The file of core that is planted in, chosen since every build has it.
const FILE: &str = "core/src/moment.rs";

/// A lint, and a function that it must refuse.
const PLANTS: [(&str, &str); 3] = [
    ("unwrap_used", "fn planted(value: Option<u32>) -> u32 {\n    value.unwrap()\n}\n"),
    ("indexing_slicing", "fn planted(values: &[u32], at: usize) -> u32 {\n    values[at]\n}\n"),
    ("arithmetic_side_effects", "fn planted(left: u32, right: u32) -> u32 {\n    left + right\n}\n"),
];

/// Plants each violation and requires clippy to refuse it for exactly that lint; without one, clippy must pass.
pub(crate) fn run() -> Result<()> {
    let copy = tempfile::tempdir().context("no folder for the copy")?;
    copy_workspace(copy.path())?;
    let file = copy.path().join(FILE);
    let clean = fs::read_to_string(&file)?;
    let denied = clippy(copy.path())?;
    if !denied.is_empty() {
        bail!("clippy refuses core as it is: {}", denied.join(", "));
    }
    println!("   core as it is: clippy passes");
    for (lint, planted) in PLANTS {
        // Before the tests, where the lints are relaxed.
        fs::write(&file, format!("{clean}\n#[expect(dead_code, reason = \"planted\")]\n{planted}"))?;
        let wanted = format!("clippy::{lint}");
        match clippy(copy.path())?.as_slice() {
            [only] if *only == wanted => println!("   planted in {FILE}: refused by {wanted}"),
            [] => bail!("clippy lets a violation of {wanted} pass"),
            others => bail!("a violation of {wanted} is refused by {}", others.join(", ")),
        }
    }
    Ok(())
}

/// The errors of clippy on core, by lint, each once.
fn clippy(workspace: &Path) -> Result<Vec<String>> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), Into::into);
    let output = shell::cargo()
        .current_dir(workspace)
        .args(["clippy", "--quiet", "--package", "fapiao", "--message-format=json"])
        // One folder for every run: dependencies are checked once, and only core is looked at again.
        .env("CARGO_TARGET_DIR", target.join("lints"))
        .output()
        .context("clippy could not be started")?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut denied: Vec<String> = messages.lines().filter_map(error_code).collect();
    denied.sort();
    denied.dedup();
    if denied.is_empty() && !output.status.success() {
        bail!("clippy failed without a lint:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(denied)
}

fn error_code(line: &str) -> Option<String> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let of = |pointer| message.pointer(pointer).and_then(serde_json::Value::as_str);
    of("/message/code/code").filter(|_| of("/message/level") == Some("error")).map(str::to_owned)
}

/// What a build of core needs: manifests, lock file, settings, core itself, and the members' manifests.
fn copy_workspace(to: &Path) -> Result<()> {
    let output = Command::new("git")
        .current_dir(shell::root())
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("git could not be started")?;
    for name in String::from_utf8_lossy(&output.stdout).split('\0').filter(|name| is_needed(name)) {
        let (from, to) = (shell::root().join(name), to.join(name));
        // A file that is deleted but not yet committed.
        if !from.is_file() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&from, &to).with_context(|| format!("{name} cannot be copied"))?;
    }
    Ok(())
}

fn is_needed(name: &str) -> bool {
    let text = ["rs", "toml", "md", "pem", "lock"];
    Path::new(name).extension().is_some_and(|extension| text.iter().any(|wanted| extension == *wanted))
}

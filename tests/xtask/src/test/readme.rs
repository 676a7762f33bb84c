//! The READMEs: the same programs in English and Chinese, each run as it is printed, from the sandbox's line to the PDF.

use crate::gateway::Sandbox;
use crate::shell::{self, program, step};
use crate::{npm, wheel};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The HTTP client of the program in Python, pinned.
const CLIENT: &str = "httpx==0.28.1";
/// The program in Rust, as cargo builds it.
const EXAMPLE: &str = "core/examples/invoice/src/main.rs";

/// Compares the two READMEs and runs the program of each language.
pub(super) fn run() -> Result<()> {
    let english = blocks("README.md")?;
    ensure!(english == blocks("README.zh-CN.md")?, "the programs in README.md and README.zh-CN.md differ");
    let of = |language: &str| {
        let found = english.iter().find_map(|block| block.strip_prefix(&format!("{language}\n")));
        found.with_context(|| format!("the README has no program in {language}"))
    };
    println!("   the same {} blocks in both", english.len());
    ensure!(of("rust")? == fs::read_to_string(shell::root().join(EXAMPLE))?, "the program in Rust is not {EXAMPLE}");
    walked("Rust", &mut Command::new(shell::built("fapiao-example-invoice")?), tempfile::tempdir()?.path())?;
    python(of("python")?)?;
    javascript(of("js")?)
}

fn python(script: &str) -> Result<()> {
    let python = wheel::installed("python-demo", &wheel::build()?, &[CLIENT])?;
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("invoice.py"), script)?;
    walked("Python", Command::new(python).arg("invoice.py"), folder.path())
}

fn javascript(script: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let npm::Packed { fapiao, edge, platform } = npm::pack()?;
    npm::install(&[&fapiao, &edge, &platform], folder.path())?;
    fs::write(folder.path().join("invoice.mjs"), script)?;
    walked("JavaScript", program("node").arg("invoice.mjs"), folder.path())
}

/// Runs a program beside a sandbox: every request of it must be taken, and the PDF must be there.
fn walked(language: &str, program: &mut Command, folder: &Path) -> Result<()> {
    let sandbox = Sandbox::start(&[])?;
    fs::write(folder.join("sandbox.json"), &sandbox.announcement)?;
    step(&format!("the {language} of the README"), program.current_dir(folder))?;
    let pdf = fs::read(folder.join("invoice.pdf")).context("no PDF was saved")?;
    ensure!(pdf.starts_with(b"%PDF"), "what was saved is no PDF");
    let ledger = sandbox.look("/ledger")?;
    let arrivals = ledger.get("arrivals").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let status = |arrival: &Value| arrival.pointer("/outcome/status").and_then(Value::as_u64);
    let refused: Vec<_> = arrivals.iter().filter(|arrival| !matches!(status(arrival), Some(200 | 202))).collect();
    ensure!(!arrivals.is_empty() && refused.is_empty(), "not every request was taken: {refused:?}");
    Ok(())
}

/// The programs of a README, each with its language in its first line.
fn blocks(name: &str) -> Result<Vec<String>> {
    let text = fs::read_to_string(shell::root().join(name)).with_context(|| name.to_owned())?;
    Ok(text.split("```").skip(1).step_by(2).map(str::to_owned).collect())
}

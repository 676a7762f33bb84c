//! The demo, run as a user runs it, and looked at by other programs.

use crate::shell::{self, step};
use crate::{demo, gateway, setup};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Runs the demo with keys here and in another process; both must leave the same ledger.
pub(super) fn run() -> Result<()> {
    let python = setup::python()?;
    let folder = tempfile::tempdir()?;
    let here = walk(&folder.path().join("here"), &[], &python)?;
    let elsewhere = walk(&folder.path().join("elsewhere"), &["--remote-keys"], &python)?;
    ensure!(here == elsewhere, "with keys in another process the ledger differs:\n{here:#?}\n{elsewhere:#?}");
    println!("   the same ledger: {} calls", here.len());
    full_disk(folder.path())
}

/// One demo; its traffic and its PDFs are judged by independent tools. Returns what arrived, waiting folded together.
fn walk(out: &Path, flags: &[&str], python: &Path) -> Result<Vec<String>> {
    let har = out.join("demo.har");
    let mut command = demo::program()?;
    command.args(flags).arg("--out").arg(out).arg("--har").arg(&har);
    step(&format!("demo {}", flags.concat()), &mut command)?;
    for tool in [&[][..], &["--openssl"]] {
        let mut check = Command::new(python);
        check.current_dir(shell::root()).arg("tests/witness/check_traffic.py").arg(&har).args(tool);
        step(&format!("witness of the traffic {}", tool.concat()), &mut check)?;
    }
    let mut render = Command::new(python);
    render.current_dir(shell::root()).arg("tests/witness/render_pdf.py").args(demo::PDFS.map(|name| out.join(name)));
    step("render the PDFs", &mut render)?;
    arrivals(&har)
}

fn arrivals(har: &Path) -> Result<Vec<String>> {
    let archive: Value = serde_json::from_slice(&std::fs::read(har)?)?;
    let entries = archive.pointer("/log/entries").and_then(Value::as_array).context("the archive has no entries")?;
    let mut seen: Vec<String> = entries.iter().filter_map(call).collect();
    seen.dedup();
    Ok(seen)
}

/// Method, path and status of an exchange.
fn call(entry: &Value) -> Option<String> {
    let url: http::Uri = entry.pointer("/request/url")?.as_str()?.parse().ok()?;
    let method = entry.pointer("/request/method")?.as_str()?;
    Some(format!("{method} {} {}", url.path(), entry.pointer("/response/status")?))
}

/// A disk that takes no more than a kilobyte: the demo says so and leaves nothing half-written.
fn full_disk(folder: &Path) -> Result<()> {
    let out = folder.join("full");
    let demo = shell::built("fapiao-demo")?;
    let output = Command::new("sh")
        .current_dir(shell::root())
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" --out \"$1\""])
        .arg(demo)
        .arg(&out)
        // The disk is full for the demo: cargo writes more, even where it builds nothing.
        .env(gateway::BUILT, gateway::build()?)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(!output.status.success(), "the demo did not notice that the disk is full");
    ensure!(told.contains("was not saved"), "the demo did not say what happened: {told}");
    ensure!(std::fs::read_dir(&out)?.next().is_none(), "something half-written was left");
    println!("   full disk: the demo stops, says so, and leaves nothing behind");
    Ok(())
}

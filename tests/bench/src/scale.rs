//! Many callers and many calls, in a process of their own whose allocator counts.

use super::limits;
use super::measure::Figures;
use super::report::{Budget, Row};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::process::Command;

/// Most a time per call may rise from the first tenth to the last.
const FLAT: f64 = 1.05;
/// Most the resident set may grow after warm-up, KB: the allocator's own slack.
const RESIDENT_SLACK: f64 = 512.0;
/// Most that may be allocated while something too large is refused, KB.
const REFUSAL: f64 = 16.0;

#[derive(Deserialize)]
struct Seen {
    callers: BTreeMap<String, Held>,
    signed: Run,
    verified: Run,
    hostile: BTreeMap<String, Refused>,
}

/// Bytes.
#[derive(Deserialize)]
struct Held {
    resident: f64,
    counted: f64,
}

#[derive(Deserialize)]
struct Run {
    calls: u64,
    first: Tenth,
    last: Tenth,
    resident_growth: f64,
    counted_growth: f64,
}

/// Microseconds a call, chunk by chunk.
#[derive(Deserialize)]
struct Tenth {
    ours: Vec<f64>,
    bare: Vec<f64>,
}

impl Tenth {
    /// A call's time in units of the bare operation: the machine is not as fast at every time.
    fn beside_bare(&self) -> Figures {
        Figures::of(self.ours.clone()).over(Figures::of(self.bare.clone()))
    }
}

#[derive(Deserialize)]
struct Refused {
    bytes: f64,
    error: Option<String>,
}

pub(super) fn rows(program: &mut Command, signed: u64, verified: u64) -> Result<Vec<Row>> {
    let output = program.args([signed.to_string(), verified.to_string()]).output().context("scale did not start")?;
    ensure!(output.status.success(), "scale failed: {}", String::from_utf8_lossy(&output.stderr));
    let seen: Seen = serde_json::from_slice(&output.stdout)?;
    let mut rows = Vec::new();
    for (stage, what) in [
        ("made", "memory a caller with its own keys, made"),
        ("used", "… after signing and verifying"),
        ("sealed", "… after encrypting and opening too"),
        ("shared", "… with its provider's keys"),
    ] {
        let held = seen.callers.get(stage).context("scale left something out")?;
        let resident =
            Row::new(what, "KB", Figures::once(held.resident / 1024.0)).budget(Budget::Most(limits::CALLER_KB));
        rows.push(resident.against("Rust's part", Figures::once(held.counted / 1024.0)));
    }
    for (what, run) in [("signed", &seen.signed), ("verified", &seen.verified)] {
        let time = format!("{} {what}: last tenth", thousands(run.calls));
        let (first, last) = (run.first.beside_bare(), run.last.beside_bare());
        rows.push(Row::new(time, "× bare", last).against("first tenth", first).budget(Budget::Ratio(FLAT)));
        let growth = |kind: &str, bytes: f64, most| {
            let what = format!("{} {what}: {kind} growth", thousands(run.calls));
            Row::new(what, "KB", Figures::once(bytes / 1024.0)).budget(Budget::Most(most))
        };
        rows.push(growth("resident", run.resident_growth, RESIDENT_SLACK));
        rows.push(growth("counted", run.counted_growth, 1.0));
    }
    for (what, refused) in &seen.hostile {
        let outcome = refused.error.as_deref().unwrap_or("taken");
        let row = Row::new(format!("{what} ({outcome}): allocated"), "KB", Figures::once(refused.bytes / 1024.0));
        rows.push(row.budget(Budget::Most(REFUSAL)));
    }
    Ok(rows)
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

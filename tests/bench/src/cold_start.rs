//! A cold process up to its first signed request.

use super::limits;
use super::measure::Figures;
use super::report::{Budget, Row};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Microseconds.
#[derive(Deserialize)]
struct Printed {
    since_start: f64,
    since_main: f64,
}

pub(super) fn rows(mut program: impl FnMut() -> Command, rounds: u32) -> Result<Vec<Row>> {
    let key = fapiao_test_support::shell::root().join("tests/keys/partner.key.pem");
    let (mut signed, mut main, mut whole, mut bare) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..=rounds {
        let started = Instant::now();
        let epoch = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        let output = program().arg(&key).arg(epoch.to_string()).output().context("the program did not start")?;
        let took = started.elapsed();
        ensure!(output.status.success(), "cold start failed: {}", String::from_utf8_lossy(&output.stderr));
        let printed: Printed = serde_json::from_slice(&output.stdout)?;
        let started = Instant::now();
        Command::new("true").output().context("`true` did not start")?;
        // The first one fills the page cache.
        if round > 0 {
            signed.push(printed.since_start / 1_000.0);
            main.push(printed.since_main / 1_000.0);
            whole.push(took.as_secs_f64() * 1_000.0);
            bare.push(started.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    let bare = Figures::of(bare);
    Ok(vec![
        Row::new("cold process to first signed request", "ms", Figures::of(signed))
            .against("process `true`", bare)
            .budget(Budget::UsuallyMost(limits::COLD_MILLISECONDS)),
        Row::new("… of it since main", "ms", Figures::of(main)),
        Row::new("… whole process", "ms", Figures::of(whole)).against("process `true`", bare),
    ])
}

//! Where and with what was measured.

use anyhow::Result;
use serde_json::{Value, json};
use std::process::Command;

/// Machine, versions and time.
pub(super) fn describe() -> Result<Value> {
    let cores = std::thread::available_parallelism()?.get();
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    let lock = std::fs::read_to_string(fapiao_test_support::shell::root().join("Cargo.lock"))?;
    let rustc = Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    Ok(json!({
        "date": jiff::Timestamp::now().to_string(),
        "cores": cores,
        "cpu": model.map(|(_, model)| model),
        "load": load(),
        "rustc": String::from_utf8_lossy(&rustc).trim(),
        "fapiao": version(&lock, "fapiao"),
        "aws-lc-rs": version(&lock, "aws-lc-rs"),
        "aws-lc-sys": version(&lock, "aws-lc-sys"),
        "serde_json": version(&lock, "serde_json"),
    }))
}

/// The load of the last minute: above 1, somebody else was at work.
pub(super) fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

fn version<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("name = \"{name}\"\n")))?;
    entry.lines().find_map(|line| line.strip_prefix("version = "))?.trim_matches('"').into()
}

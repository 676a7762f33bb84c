//! How long each part took when it last passed on this machine: what to expect of the next run.

use crate::{save, shell};
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// Seconds by part.
pub(super) struct Durations(BTreeMap<String, u64>);

impl Durations {
    /// What earlier runs kept; nothing in a fresh clone.
    pub(super) fn load() -> Self {
        let kept = std::fs::read(place()).ok().and_then(|json| serde_json::from_slice(&json).ok());
        Self(kept.unwrap_or_default())
    }

    /// What to expect of these parts.
    pub(super) fn expected<'a>(&self, parts: impl IntoIterator<Item = &'a str>) -> String {
        let known: Option<Vec<_>> = parts.into_iter().map(|part| self.0.get(part).copied()).collect();
        match known.map(|seconds| seconds.iter().sum::<u64>()) {
            None => "never passed here yet, and a first run builds everything".to_owned(),
            Some(seconds @ ..120) => format!("last time {seconds} s"),
            Some(seconds) => format!("last time {} min", seconds.div_ceil(60)),
        }
    }

    /// Notes how long a part took.
    pub(super) fn keep(&mut self, part: &str, took: Duration) -> Result<()> {
        self.0.insert(part.to_owned(), took.as_secs());
        save::write(&place(), &serde_json::to_vec_pretty(&self.0)?)
    }
}

fn place() -> PathBuf {
    shell::root().join("target/xtask/durations.json")
}

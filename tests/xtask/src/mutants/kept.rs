//! What became of the mutants of one file, kept until the file changes.

use anyhow::{Context, Result};
use fapiao_test_support::shell;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Outcome {
    /// A test failed, or ran on.
    Caught,
    /// No test noticed.
    Survives,
    /// It does not compile.
    Unviable,
}

/// The mutants of one file.
pub(super) struct Kept {
    folder: PathBuf,
    found: Found,
}

#[derive(Default, Serialize, Deserialize)]
struct Found {
    /// The file's text: other text, other mutants.
    text: String,
    /// Rounds of tests that are done.
    rounds: usize,
    mutants: BTreeMap<String, Mutant>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Mutant {
    function: String,
    outcome: Outcome,
}

impl Kept {
    /// What is kept of a file below `core/src`, unless it is to be forgotten or the file has changed.
    pub(super) fn of(file: &str, forget: bool) -> Result<Self> {
        let folder = shell::root().join("out/mutants").join(file.trim_end_matches(".rs").replace('/', "-"));
        let text = std::fs::read_to_string(shell::root().join("core/src").join(file))
            .with_context(|| format!("core/src/{file} is not there"))?;
        let found = std::fs::read(folder.join("found.json")).ok().and_then(|json| serde_json::from_slice(&json).ok());
        let found = found.filter(|found: &Found| !forget && found.text == text);
        let is_new = found.is_none();
        let mut kept = Self { folder, found: found.unwrap_or(Found { text, ..Found::default() }) };
        if is_new && kept.folder.exists() {
            std::fs::remove_dir_all(&kept.folder)?;
        }
        std::fs::create_dir_all(&kept.folder)?;
        kept.take_in()?;
        Ok(kept)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Which round of tests comes next: once all are done, the last one is for survivors that nobody has explained.
    pub(super) fn next_round(&self, rounds: usize, is_explained: impl Fn(&str) -> bool) -> Option<usize> {
        let open = || self.survivors().any(|(_, function)| !is_explained(function));
        match self.found.rounds {
            0 => Some(0),
            done if done < rounds && open() => Some(done),
            _ => None,
        }
    }

    /// A round of tests is done.
    pub(super) fn finish(&mut self, round: usize) -> Result<()> {
        self.found.rounds = round.saturating_add(1);
        self.save()
    }

    /// Takes in what the last run found, also where it was interrupted.
    pub(super) fn take_in(&mut self) -> Result<()> {
        let Ok(json) = std::fs::read(self.folder.join("mutants.out/outcomes.json")) else { return Ok(()) };
        let outcomes: Value = serde_json::from_slice(&json).context("the outcomes of cargo-mutants cannot be read")?;
        for outcome in outcomes.get("outcomes").and_then(Value::as_array).into_iter().flatten() {
            if let Some((name, mutant)) = mutant(outcome) {
                self.found.mutants.insert(name, mutant);
            }
        }
        self.save()
    }

    fn save(&self) -> Result<()> {
        crate::save::write(&self.folder.join("found.json"), &serde_json::to_vec_pretty(&self.found)?)
    }

    /// The mutants that no test noticed, each with its function.
    pub(super) fn survivors(&self) -> impl Iterator<Item = (&str, &str)> {
        let survivors = self.found.mutants.iter().filter(|(_, mutant)| mutant.outcome == Outcome::Survives);
        survivors.map(|(name, mutant)| (name.as_str(), mutant.function.as_str()))
    }

    /// How many of those that compile were caught.
    pub(super) fn score(&self) -> String {
        let count = |wanted| self.found.mutants.values().filter(|mutant| mutant.outcome == wanted).count();
        let (caught, survive, unviable) = (count(Outcome::Caught), count(Outcome::Survives), count(Outcome::Unviable));
        let viable = caught.saturating_add(survive);
        let percent = caught.saturating_mul(100).checked_div(viable).unwrap_or(100);
        format!("{percent:>3} %: {caught} of {viable} caught, {unviable} do not compile")
    }
}

/// One mutant and what became of it; none of the unchanged tree.
fn mutant(outcome: &Value) -> Option<(String, Mutant)> {
    let scenario = outcome.get("scenario")?.get("Mutant")?;
    let function = scenario.pointer("/function/function_name").and_then(Value::as_str).unwrap_or("(no function)");
    let became = match outcome.get("summary")?.as_str()? {
        "CaughtMutant" | "Timeout" => Outcome::Caught,
        "MissedMutant" => Outcome::Survives,
        "Unviable" => Outcome::Unviable,
        _ => return None,
    };
    Some((scenario.get("name")?.as_str()?.to_owned(), Mutant { function: function.to_owned(), outcome: became }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn outcomes_are_read_as_cargo_mutants_writes_them() {
        let scenario =
            json!({"Mutant": {"name": "a.rs:1:2: replace f -> u8 with 0", "function": {"function_name": "f"}}});
        let read = |summary: &str| mutant(&json!({"scenario": scenario, "summary": summary})).map(|(_, it)| it.outcome);
        assert_eq!(read("CaughtMutant"), Some(Outcome::Caught));
        assert_eq!(read("Timeout"), Some(Outcome::Caught));
        assert_eq!(read("MissedMutant"), Some(Outcome::Survives));
        assert_eq!(read("Unviable"), Some(Outcome::Unviable));
        assert!(mutant(&json!({"scenario": "Baseline", "summary": "Success"})).is_none());
    }
}

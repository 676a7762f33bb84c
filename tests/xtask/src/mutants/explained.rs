//! Mutants that may survive, each with its reason: `tests/mutants-explained.txt`, a line `file:function: reason` each.

use super::kept::Kept;
use anyhow::{Context, Result};
use fapiao_test_support::shell;

/// The list.
pub(super) const FILE: &str = "tests/mutants-explained.txt";

/// What is explained.
pub(super) struct Explained(Vec<Entry>);

struct Entry {
    file: String,
    function: String,
    reason: String,
}

impl Explained {
    pub(super) fn read() -> Result<Self> {
        let text = std::fs::read_to_string(shell::root().join(FILE)).with_context(|| format!("{FILE} is missing"))?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entry = |line: &str| {
            let (place, reason) = line.split_once(": ").filter(|(_, reason)| !reason.trim().is_empty())?;
            // A function's own path has colons too.
            let (file, function) = place.split_once(':')?;
            let text = |part: &str| part.trim().to_owned();
            Some(Entry { file: text(file), function: text(function), reason: text(reason) })
        };
        let entries =
            lines.map(|line| entry(line).with_context(|| format!("{FILE}: no `file:function: reason`: {line}")));
        entries.collect::<Result<_>>().map(Self)
    }

    /// Why a mutant of this function may survive.
    pub(super) fn reason(&self, file: &str, function: &str) -> Option<&str> {
        self.0.iter().find(|entry| entry.file == file && entry.function == function).map(|entry| entry.reason.as_str())
    }

    /// Functions of a file that are explained without a survivor in them.
    pub(super) fn stale<'a>(&'a self, file: &'a str, kept: &'a Kept) -> impl Iterator<Item = String> + 'a {
        let survives = |entry: &Entry| kept.survivors().any(|(_, function)| function == entry.function);
        self.0
            .iter()
            .filter(move |entry| entry.file == file && !survives(entry))
            .map(|entry| format!("{}:{}", entry.file, entry.function))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_file_a_function_and_a_reason() {
        let text = "# about\n\nflow/budget.rs:Budget::wait_to_send: any wait will do: it is drawn by chance\n";
        let explained = Explained::parse(text).unwrap();
        let reason = explained.reason("flow/budget.rs", "Budget::wait_to_send");
        assert_eq!(reason, Some("any wait will do: it is drawn by chance"));
        assert_eq!(explained.reason("flow/budget.rs", "spread"), None);
        for wrong in ["flow/budget.rs: reason", "flow/budget.rs:spread:", "flow/budget.rs:spread"] {
            assert!(Explained::parse(wrong).is_err(), "{wrong}");
        }
    }
}

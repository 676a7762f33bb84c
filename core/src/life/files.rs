//! The files of invoices, and the answer of `fapiao_files`, which has the links to them.

use super::facts::Facts;
use super::members::{text, value};
use crate::json::{Object, Raw};

/// The call that answers the links.
pub(super) const CALL: &str = "fapiao_files";

/// The member of its answer that lists them.
pub(super) const LIST: &str = "fapiao_download_info_list";

/// The statuses under which an invoice has a file: the blue one, the red one.
pub(super) const STATUSES: [&str; 2] = ["ISSUED", "REVERSED"];

/// The entries of such an answer, taken in as this input, whose file is not saved yet; none of any other input.
pub(super) fn to_save(facts: &Facts, input: &str) -> Vec<String> {
    let Some(input) = Object::parse(input).filter(|input| text(input, "call").as_deref() == Some(CALL)) else {
        return Vec::new();
    };
    let entries = value(&input, "answer").and_then(Raw::object).and_then(|answer| value(&answer, LIST)?.list());
    let open = entries.unwrap_or_default().into_iter().filter(|entry| is_open(facts, *entry));
    open.map(|entry| entry.get().to_owned()).collect()
}

fn is_open(facts: &Facts, entry: Raw<'_>) -> bool {
    let Some(entry) = entry.object() else { return false };
    let Some((id, status)) = text(&entry, "fapiao_id").zip(text(&entry, "status")) else { return false };
    let is_saved = facts.invoices.get(&id).is_some_and(|invoice| invoice.marks.contains_key(&status));
    STATUSES.contains(&status.as_str()) && !is_saved
}

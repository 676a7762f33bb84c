//! The public types of core, read from its source.

use std::collections::BTreeSet;

/// Every public struct and enum of core's source, so that a new one cannot be left out of the walk.
pub(crate) fn assert_every_type_was_shown(shown: &BTreeSet<String>) {
    // Tables are static text of the official documents; the rest are values that hold nothing.
    let tables = [
        "AnswerKind",
        "AnswerList",
        "Call",
        "CallerKind",
        "Charset",
        "Check",
        "Condition",
        "EchoedId",
        "EncryptedEntries",
        "Evidence",
        "Field",
        "FileDigest",
        "FilledBy",
        "Generations",
        "Grants",
        "JsonKey",
        "Kind",
        "Layout",
        "Location",
        "Method",
        "Empty",
        "QueryList",
        "Replay",
        "Rule",
        "ShownBy",
        "System",
        "Table",
        "Unit",
    ];
    let values = ["Accepted", "NoContent", "Decision", "Effect", "Resend", "Heard", "History", "Proof", "QueryPair"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut missing = public_types(&root);
    missing
        .retain(|name| !shown.contains(name) && !tables.contains(&name.as_str()) && !values.contains(&name.as_str()));
    // Without a back end there is no such key.
    missing.retain(|name| cfg!(feature = "_local-keys") || name != "PrivateKey");
    // Requests and answers of the calls are made of the same field types as those shown.
    let calls = public_types(&root.join("pay")).into_iter().chain(public_types(&root.join("account")));
    let calls: BTreeSet<_> = calls.collect();
    missing.retain(|name| !calls.contains(name));
    assert!(missing.is_empty(), "not shown: {missing:?}");
}

fn public_types(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(public_types(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let declared =
            text.lines().filter_map(|line| line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum ")));
        let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        found.extend(declared.map(name));
    }
    found
}

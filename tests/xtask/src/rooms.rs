//! The rooms of core and the bindings: no import runs upwards, and no files import each other in a circle.
//!
//! The order of core's rooms is the table in CONTRIBUTING.md, read from there.

mod imports;

use crate::shell;
use anyhow::{Context, Result, bail};
use imports::{Files, Language};
use std::collections::BTreeMap;

/// Checks core and the bindings.
pub(crate) fn check() -> Result<()> {
    let mut wrong = Vec::new();
    for (folder, language) in [
        ("core/src", Language::Rust),
        ("core/derive/src", Language::Rust),
        ("bindings-py/src", Language::Rust),
        ("bindings-node/src", Language::Rust),
        ("bindings-wasm/src", Language::Rust),
        ("bindings-wasm/facade", Language::TypeScript),
        ("bindings-py/python/fapiao", Language::Python),
    ] {
        let files = Files::read(folder, language)?;
        let circles = files.circles();
        println!("   {folder}: {} files, {} imports, {} circles", files.len(), files.imports(), circles.len());
        wrong.extend(circles.into_iter().map(|circle| format!("{folder}: a circle: {}", circle.join(" → "))));
        if folder == "core/src" {
            wrong.extend(upwards(&files, &order()?));
        }
    }
    if !wrong.is_empty() {
        bail!("imports to mend:\n   {}", wrong.join("\n   "));
    }
    Ok(())
}

/// The rooms from the top floor down, each with its floor.
fn order() -> Result<BTreeMap<String, usize>> {
    let text = std::fs::read_to_string(shell::root().join("CONTRIBUTING.md"))?;
    let (_, table) = text.split_once("| Room | What |").context("CONTRIBUTING.md has no table of rooms")?;
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let rooms = rows.enumerate().flat_map(|(floor, row)| {
        let names = row.split('|').nth(1).unwrap_or_default().split(',');
        names.map(move |name| (name.trim().trim_matches('`').to_owned(), floor)).collect::<Vec<_>>()
    });
    Ok(rooms.collect())
}

/// Imports from a room into one that stands above it, and files in no room.
fn upwards(files: &Files, order: &BTreeMap<String, usize>) -> Vec<String> {
    let room = |file: &str| file.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
    let mut wrong = Vec::new();
    for (from, to) in files.edges() {
        // The crate's own page names everything.
        if from == "lib.rs" {
            continue;
        }
        match (order.get(&room(from)), order.get(&room(to))) {
            (Some(here), Some(there)) if there < here => {
                wrong.push(format!("{from} imports {to}, which stands above it"));
            }
            (Some(_), Some(_)) => {}
            (None, _) => wrong.push(format!("{from} stands in no room of CONTRIBUTING.md")),
            (_, None) => wrong.push(format!("{to} stands in no room of CONTRIBUTING.md")),
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

//! Runs every case of `tests/vectors` against core, whatever the crypto back end.
//!
//! A file this runner does not know fails, and so does one of which nothing ran: a vector that nobody reads proves nothing.

#![expect(clippy::print_stdout, reason = "a reader of the log sees how many cases of which file ran")]

mod answers;
mod callbacks;
mod calls;
mod case;
mod crypto;
mod download;
mod errors;
mod fixtures;
mod keys;
mod pushes;
mod requests;
mod responses;
mod steps;
mod typed;

use case::{Case, Document, Outcome, Runner, Stop, same};
use std::path::{Path, PathBuf};

/// Whether the compiled crate can sign, verify, seal and open by itself.
const BACK_END: bool = cfg!(feature = "_local-keys");

fn runner(file: &str) -> Option<Runner> {
    Some(match file {
        "signing.json" => crypto::signing,
        "authorization.json" => steps::authorization,
        "moment.json" => steps::moment_text,
        "target.json" => steps::target,
        "multipart.json" => steps::multipart,
        "response_verification.json" => responses::run,
        "callbacks.json" => callbacks::run,
        "pushes.json" => pushes::run,
        "sealed.json" => crypto::sealed,
        "aead.json" => crypto::aead,
        "keys.json" => keys::run,
        "download.json" => download::run,
        "errors.json" => errors::run,
        _ if file.starts_with("calls/") => calls::run,
        _ => return None,
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn document(file: &str) -> Document {
    let text = std::fs::read_to_string(root().join("vectors").join(file)).unwrap();
    let mut document: Document = serde_json::from_str(&text).unwrap();
    document.call = Path::new(file).file_stem().unwrap().to_str().unwrap().to_owned();
    document
}

fn files(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, into);
        } else if entry.extension().is_some_and(|extension| extension == "json") {
            let name = entry.strip_prefix(root().join("vectors")).unwrap().to_str().unwrap().replace('\\', "/");
            into.push(name);
        }
    }
}

#[test]
fn core_agrees_with_every_vector() {
    let (mut names, mut wrong, mut total) = (Vec::new(), Vec::new(), [0_usize; 2]);
    files(&root().join("vectors"), &mut names);
    names.retain(|name| name != "schema.json");
    names.sort();
    println!("{:32}{:>8}{:>18}", "file", "cases", "needs a back end");
    for name in &names {
        let Some(run) = runner(name) else {
            wrong.push(format!("{name}: nobody runs this file"));
            continue;
        };
        let (document, mut ran, mut needing) = (document(name), 0_usize, 0_usize);
        for case in &document.cases {
            let outcome = run(&document, case);
            let needs = matches!(outcome, Err(Stop::NeedsBackEnd));
            *(if needs { &mut needing } else { &mut ran }) += 1;
            wrong.extend(case.judge(outcome).map(|how| format!("{name} {}: {how}", case.id)));
        }
        println!("{name:32}{ran:>8}{needing:>18}");
        if ran == 0 || (BACK_END && needing > 0) {
            wrong.push(format!("{name}: {ran} cases ran, {needing} did not"));
        }
        total = [total[0] + ran, total[1] + needing];
    }
    println!("{:32}{:>8}{:>18}", format!("{} files", names.len()), total[0], total[1]);
    assert!(wrong.is_empty(), "{} of the vectors disagree:\n{}", wrong.len(), wrong.join("\n"));
}

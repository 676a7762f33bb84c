//! `docs/coverage.md`: each call with its callers, its route in the sandbox and its vectors; a hole is an error.

use super::MARK;
use crate::shell;
use anyhow::{Context, Result, ensure};
use fapiao::catalogue;
use fapiao::schema::Call;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What runs the vectors of every call, by language; each fails on a file of which no case ran.
const RUNNERS: &str = "| Where | What runs each call's vectors |\n|---|---|\n\
    | Rust | `core/src/vectors` (`cargo xtask test rust`) |\n\
    | Python | `bindings-py/tests/test_vectors.py` (`cargo xtask test python`) |\n\
    | Node, native engine | `tests/runtimes/vectors.mjs` (`cargo xtask test node`) |\n\
    | Node, workerd, Deno, Bun, edge-runtime, WebAssembly | `tests/runtimes/vectors.mjs` (`cargo xtask test javascript`) |\n";

/// Where the calls are made through core to the sandbox and back.
const ROUND_TRIPS: [&str; 6] = [
    "tests/chaos/tests/every_pay_call.rs",
    "tests/support/tests/account_calls.rs",
    "tests/demo/src",
    "tests/chaos/src",
    "bindings-py/tests/test_certificates.py",
    "core/src/flow/tests/platforms.rs",
];

/// The page.
pub(super) fn page() -> Result<String> {
    let sandbox = sources(&shell::root().join("tests/sandbox/src"))?;
    let mut text = format!(
        "<!-- {MARK} -->\n\n# Coverage\n\nEvery call of the catalogue, from `cargo xtask generate`; a call without a route in the sandbox, \
         without valid and refused requests and answers among the vectors, or that no test makes, is an error.\n\n{RUNNERS}\n\
         | Call | Callers | Sandbox | Requests | Refused | Answers | Refused | Made by |\n|---|---|---|--:|--:|--:|--:|---|\n"
    );
    for call in catalogue::calls() {
        let callers: Vec<_> = call.callers.iter().map(|caller| caller.as_str()).collect();
        let [requests, refused, answers, unread] = vectors(call)?;
        let made = round_trip(call)?;
        writeln!(
            text,
            "| `{}` | {} | `{} {}` | {requests} | {refused} | {answers} | {unread} | `{made}` |",
            call.name,
            callers.join(", "),
            call.method.as_str(),
            route(call, &sandbox)?,
        )?;
    }
    Ok(text)
}

/// How many cases a call's vectors have: requests that are right and wrong, answers that are right and wrong.
fn vectors(call: &Call) -> Result<[usize; 4]> {
    let path = shell::root().join(format!("tests/vectors/calls/{}.json", call.name));
    let text = fs::read_to_string(&path).with_context(|| format!("`{}` has no vectors", call.name))?;
    let document: Value = serde_json::from_str(&text)?;
    let cases = document.get("cases").and_then(Value::as_array).context("no cases")?;
    let is = |case: &Value, name: &str, value: &str| case.get(name).and_then(Value::as_str) == Some(value);
    let count = |kind: &str, result: &str| {
        cases.iter().filter(|case| is(case, "kind", kind) && is(case, "result", result)).count()
    };
    let counts = [("request", "valid"), ("request", "invalid"), ("answer", "valid"), ("answer", "invalid")]
        .map(|(kind, result)| count(kind, result));
    // An answer without a body has nothing in it to refuse.
    ensure!(counts.iter().take(3).all(|count| *count > 0), "`{}` has a hole in its vectors: {counts:?}", call.name);
    Ok(counts)
}

/// The path that the sandbox serves.
fn route<'a>(call: &'a Call, sandbox: &str) -> Result<&'a str> {
    if call.layout.is_download() {
        return Ok("(the link)");
    }
    let shown = call.path.split('{').next().unwrap_or(call.path);
    ensure!(sandbox.contains(shown.trim_end_matches('/')), "the sandbox does not serve `{}`", call.name);
    Ok(call.path)
}

/// The first of the places that make the call.
fn round_trip(call: &Call) -> Result<&'static str> {
    let request = call.request.name;
    for place in ROUND_TRIPS {
        let text = sources(&shell::root().join(place))?;
        let word =
            |name: &str| text.split(|char: char| !char.is_alphanumeric() && char != '_').any(|word| word == name);
        if word(request) || word(call.name) {
            return Ok(place);
        }
    }
    anyhow::bail!("no test makes `{}`", call.name)
}

/// All sources below a folder, or one file, as one text.
fn sources(place: &Path) -> Result<String> {
    if place.is_file() {
        return Ok(fs::read_to_string(place)?);
    }
    let mut text = String::new();
    for entry in fs::read_dir(place)? {
        text.push_str(&sources(&entry?.path())?);
    }
    Ok(text)
}

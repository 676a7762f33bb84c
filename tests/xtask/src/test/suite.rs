//! The one suite of all JavaScript runtimes.

use crate::gateway::Sandbox;
use crate::npm::{self, Location};
use crate::shell;
use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};
use std::fs;

/// Runs the suite in one place; returns its counts, and whether the native engine was in the process.
pub(super) fn run(place: Location<'_>) -> Result<Value> {
    let runtime = place.runtime;
    let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
    let mut input = input()?;
    input.insert("announced".to_owned(), sandbox.announced_json()?);
    let output = npm::run(place, "suite", &Value::Object(input))?;
    for (file, cases) in output.get("counts").and_then(Value::as_object).into_iter().flatten() {
        println!("   {runtime:8} {file:32} {cases:>5}");
    }
    let failures: Vec<_> = output.get("failures").and_then(Value::as_array).into_iter().flatten().collect();
    for failure in &failures {
        println!("   {runtime:8} {}", failure.as_str().unwrap_or_default());
    }
    ensure!(failures.is_empty(), "{} failures on {runtime} with {}", failures.len(), place.package);
    Ok(output)
}

/// Vectors, keys and schemas, for programs without files.
pub(super) fn input() -> Result<Map<String, Value>> {
    let tests = shell::root().join("tests");
    let (mut vectors, mut keys, mut serials) = (Map::new(), Map::new(), Map::new());
    for folder in ["", "calls/"] {
        for entry in fs::read_dir(tests.join("vectors").join(folder))? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if path.extension().is_some_and(|kind| kind == "json") && name != "schema.json" {
                vectors.insert(format!("{folder}{name}"), serde_json::from_slice(&fs::read(&path)?)?);
            }
        }
    }
    for entry in fs::read_dir(tests.join("keys"))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_none_or(|kind| kind != "pem") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        if let Some(stem) = name.strip_suffix(".cert.pem") {
            let certificate = fapiao::MerchantCertificate::load(text.as_bytes())?;
            serials.insert(stem.to_owned(), certificate.serial_no().into());
        }
        keys.insert(name, text.into());
    }
    let schema = |name: &str| -> Result<Value> {
        Ok(serde_json::from_slice(&fs::read(shell::root().join("core/schema").join(name))?)?)
    };
    let schemas = json!({ "calls": schema("calls.json")?, "errors": schema("errors.json")? });
    Ok(Map::from_iter([
        ("vectors".to_owned(), Value::Object(vectors)),
        ("keys".to_owned(), Value::Object(keys)),
        ("serials".to_owned(), Value::Object(serials)),
        ("schema".to_owned(), schemas),
    ]))
}

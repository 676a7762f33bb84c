//! The same demo program on a JavaScript runtime, from the packed package.

use crate::gateway::Sandbox;
use crate::npm::{self, Location};
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The runtimes.
pub(crate) const RUNTIMES: [&str; 5] = ["node", "workerd", "deno", "bun", "edge"];

/// Packs the package, installs it into an empty folder, and runs the program there.
pub(super) fn walk(runtime: &str, sandbox: &Sandbox, out: &Path) -> Result<Vec<PathBuf>> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    if runtime == "node" {
        let packed = npm::pack()?;
        npm::install(&[&packed.fapiao, &packed.edge, &packed.platform], folder)?;
        return on(Location { runtime, package: "fapiao", folder }, sandbox, out);
    }
    npm::install(&[&npm::edge::pack()?], folder)?;
    on(Location { runtime, package: "fapiao-edge", folder }, sandbox, out)
}

/// Runs the program on one runtime; it returns bytes, which are saved here.
pub(crate) fn on(place: Location<'_>, sandbox: &Sandbox, out: &Path) -> Result<Vec<PathBuf>> {
    let output = npm::run(place, "demo", &json!({ "announced": sandbox.announced_json()? }))?;
    for line in output.get("show").and_then(Value::as_array).into_iter().flatten() {
        println!("     {}", line.as_str().unwrap_or_default());
    }
    for attempt in output.get("attempts").and_then(Value::as_array).into_iter().flatten() {
        let part = |name: &str| attempt.get(name).map(Value::to_string).unwrap_or_default();
        println!("       {} → {}, {} ms", part("call"), part("status"), part("milliseconds"));
    }
    let files = output.get("files").and_then(Value::as_object).context("the program returned no files")?;
    let mut saved = Vec::new();
    for (name, base64) in files {
        let bytes = STANDARD.decode(base64.as_str().unwrap_or_default())?;
        let path = out.join(place.runtime).join(name);
        crate::save::write(&path, &bytes).context("the PDF was not saved")?;
        saved.push(path);
    }
    Ok(saved)
}

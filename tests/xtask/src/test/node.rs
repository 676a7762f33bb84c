//! npm `fapiao` from the packed tarballs: the native engine on each Node, what stands in for it, types, and load.

use super::{javascript, suite};
use crate::demo;
use crate::gateway::Sandbox;
use crate::npm::{self, Location, Packed};
use crate::shell::step;
use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where `fapiao` is imported, and whether it brings the native engine there.
const PLACES: [(&str, bool); 7] = [
    ("node", true),
    ("node22", true),
    ("node24", true),
    ("bun", true),
    ("deno", false),
    ("workerd", false),
    ("edge", false),
];

/// Growth that is still flat: what the collector and the allocator leave open between equal rounds.
const MOST_GROWTH: f64 = 1.05;

/// Packs, installs and runs.
pub(super) fn run() -> Result<()> {
    let packed = npm::pack()?;
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    npm::install(&[&packed.fapiao, &packed.edge, &packed.platform], folder)?;
    suites(folder)?;
    let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
    let saved =
        demo::javascript::on(Location { runtime: "node", package: "fapiao", folder }, &sandbox, &folder.join("pdf"))?;
    ensure!(saved.len() == demo::PDFS.len(), "{} PDFs", saved.len());
    sandbox.show_ledger()?;
    frameworks(folder)?;
    loading(folder, true)?;
    fallback(&packed)?;
    javascript::publishable(&packed.fapiao, &[])?;
    types(folder)?;
    load(folder)
}

/// The suite wherever the package may be imported: the same cases, on the engine that belongs there.
fn suites(folder: &Path) -> Result<()> {
    let reference = suite::run(Location { runtime: "node", package: "fapiao-edge", folder })?;
    for (runtime, native) in PLACES {
        let output = suite::run(Location { runtime, package: "fapiao", folder })?;
        ensure!(output.get("counts") == reference.get("counts"), "{runtime} ran other cases than the wasm engine");
        let found = output.get("native").and_then(Value::as_bool).unwrap_or_default();
        ensure!(found == native, "{runtime}: native engine {found}, expected {native}");
    }
    Ok(())
}

/// Callbacks of the sandbox, through servers of each framework.
fn frameworks(folder: &Path) -> Result<()> {
    let sandbox = Sandbox::start(&[])?;
    let input =
        json!({ "announced": sandbox.announced_json()?, "tools": npm::tools()?, "keys": suite::input()?.get("keys") });
    let output = npm::run(Location { runtime: "node", package: "fapiao", folder }, "frameworks", &input)?;
    let answered = output.get("answered").and_then(Value::as_object).into_iter().flatten();
    for (framework, statuses) in answered {
        println!("   {framework:8} answered callbacks with {statuses}");
    }
    Ok(())
}

/// `import` and `require`, and what is said while the engine is looked for.
fn loading(folder: &Path, native: bool) -> Result<()> {
    for runtime in ["node", "node22", "node24"] {
        let sandbox = Sandbox::start(&[])?;
        let input = json!({ "announced": sandbox.announced_json()?, "native": native });
        let output = npm::run(Location { runtime, package: "fapiao", folder }, "loading", &input)?;
        let warnings = output.get("warnings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        println!("   {runtime:8} import and require give one module; warnings: {}", warnings.len());
        ensure!(output.get("native") == Some(&json!(native)), "{runtime}: not the engine that was expected");
        ensure!(warnings.len() == usize::from(!native), "{runtime}: {} warnings", warnings.len());
        for warning in warnings {
            let text = warning.to_string();
            let named = text.contains("FAPIAO_NO_NATIVE_ENGINE") && text.contains(&platform()?);
            ensure!(
                named && text.contains("--include=optional"),
                "the warning does not name platform and cure: {text}"
            );
        }
    }
    Ok(())
}

/// Without the platform's package: one warning, and everything works.
fn fallback(packed: &Packed) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    npm::install(&[&packed.fapiao, &packed.edge], folder)?;
    loading(folder, false)?;
    let output = suite::run(Location { runtime: "node", package: "fapiao", folder })?;
    ensure!(output.get("native") == Some(&json!(false)), "the native engine is still there");
    Ok(())
}

/// Programs in TypeScript, as ES modules and by `require`, with both ways of finding modules.
fn types(folder: &Path) -> Result<()> {
    let tools = npm::tools()?;
    for (program, module, resolution) in [
        ("sample.mts", "node16", "node16"),
        ("sample.mts", "esnext", "bundler"),
        ("sample.cts", "nodenext", "nodenext"),
    ] {
        fs::copy(tools.join("types").join(program), folder.join(program))?;
        let mut tsc = Command::new(tools.join("node_modules/.bin/tsc"));
        tsc.current_dir(folder).args(["--module", module, "--moduleResolution", resolution]);
        tsc.args(["--strict", "--noEmit", "--target", "es2022", "--types", "node", "--typeRoots"]);
        tsc.arg(tools.join("node_modules/@types")).arg(program);
        step(&format!("types of {program}, {module} with {resolution}"), &mut tsc)?;
    }
    Ok(())
}

/// Ten thousand calls at once, again and again: no error, and no more memory after the last round than after the second.
fn load(folder: &Path) -> Result<()> {
    let sandbox = Sandbox::start(&[])?;
    let input = json!({ "announced": sandbox.announced_json()? });
    let output = npm::run(Location { runtime: "node", package: "fapiao", folder }, "load", &input)?;
    let rounds = output.get("rounds").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for round in rounds {
        println!("   {round}");
        ensure!(round.get("failures") == Some(&json!([])), "calls failed under load");
        ensure!(round.get("peak") == round.get("calls"), "not every call was on its way at once");
    }
    let bytes = |name: &str| -> Vec<f64> {
        rounds.iter().filter_map(|round| round.get(name).and_then(Value::as_f64)).collect()
    };
    for name in ["rss", "heap"] {
        let [_, before, .., after] = bytes(name)[..] else { bail!("too few rounds") };
        ensure!(after <= before * MOST_GROWTH, "{name} grew from {before} to {after} bytes");
    }
    Ok(())
}

/// This platform, as Node calls it.
fn platform() -> Result<String> {
    let mut node = crate::shell::program("node");
    let output = node.args(["--print", "`${process.platform}-${process.arch}`"]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

//! What bundlers make of the package.

use super::engines;
use super::project::Project;
use crate::npm;
use crate::shell::{self, step};
use anyhow::{Result, ensure};
use serde_json::Value;

/// A Worker, bundled as wrangler does it and run without and with Node compatibility.
pub(super) fn workerd(project: &Project) -> Result<()> {
    let tools = npm::tools()?;
    project.node("bundle.mjs", &[&tools.to_string_lossy()])?;
    one_engine(project, "dist")?;
    project.called(2)?;
    let answers = project.read("answers.json")?;
    let process = |index: usize| answers.pointer(&format!("/{index}/process")).and_then(Value::as_str);
    let seen = [process(0), process(1)];
    ensure!(seen == [Some("undefined"), Some("object")], "Node compatibility was not off, then on: {seen:?}");
    Ok(())
}

/// A page, bundled by Vite below `vite/dist`.
pub(super) fn vite(project: &Project) -> Result<()> {
    let tools = shell::root().join("tests/packaging");
    npm::locked(&tools, "Vite", || Ok(()))?;
    let mut build = project.command(tools.join("node_modules/.bin/vite"));
    build.args(["build", "vite", "--base", "./", "--logLevel", "warn"]);
    step("bundle with Vite", &mut build)?;
    one_engine(project, "vite/dist")
}

/// One wasm, whole: neither a second one nor one written into the script.
fn one_engine(project: &Project, folder: &str) -> Result<()> {
    let found = engines(&project.path(folder))?;
    let packed = std::fs::read(project.path("node_modules").join(project.package).join("core.wasm"))?;
    let same = found.iter().filter(|path| std::fs::read(path).is_ok_and(|bytes| bytes == packed)).count();
    ensure!(found.len() == 1 && same == 1, "{folder} holds the wasm files {found:?}");
    for path in super::project::files(&project.path(folder))? {
        let large = path.extension().is_some_and(|kind| kind != "wasm") && path.metadata()?.len() > MOST_SCRIPT;
        ensure!(!large, "{} is so large that it must hold the engine", path.display());
    }
    Ok(())
}

/// Most bytes of a script beside the engine.
const MOST_SCRIPT: u64 = 100 * 1024;

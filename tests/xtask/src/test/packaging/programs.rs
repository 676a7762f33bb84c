//! Programs on Node, and what TypeScript says of them.

use super::project::Project;
use crate::npm;
use crate::shell::step;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;

/// `import`.
pub(super) fn esm(project: &Project) -> Result<()> {
    project.node("main.mjs", &[])?;
    project.called(1)
}

/// `require`.
pub(super) fn cjs(project: &Project) -> Result<()> {
    // A folder that says nothing of modules, as `npm init` makes it.
    fs::write(project.path("package.json"), "{\"private\":true}")?;
    project.node("main.cjs", &[])?;
    project.called(1)
}

/// Two copies in one process.
pub(super) fn copies(project: &Project) -> Result<()> {
    project.node("main.mjs", &[])?;
    project.called(1)
}

/// How TypeScript can find a package.
const RESOLUTIONS: [&str; 2] = ["node16", "bundler"];

/// A right program passes; every mistake in a wrong one is found, and nothing else.
pub(super) fn typescript(project: &Project) -> Result<()> {
    let tsc = npm::tools()?.join("node_modules/.bin/tsc");
    let settings = |resolution: &str| fs::read_to_string(project.path(&format!("tsconfig.{resolution}.json")));
    let source = fs::read_to_string(project.path("wrong.ts"))?;
    let lines = source.lines().enumerate().filter(|(_, line)| line.ends_with("// wrong"));
    let wanted: BTreeSet<_> = lines.map(|(index, _)| index.saturating_add(1)).collect();
    for resolution in RESOLUTIONS {
        for program in ["main", "wrong"] {
            let mut config: serde_json::Value = serde_json::from_str(&settings(resolution)?)?;
            config
                .as_object_mut()
                .context("settings")?
                .insert("files".to_owned(), vec![format!("{program}.ts")].into());
            fs::write(project.path("tsconfig.json"), config.to_string())?;
            let mut compile = project.command(&tsc);
            compile.args(["--project", ".", "--pretty", "false"]);
            if program == "main" {
                step(&format!("types of a program ({resolution})"), &mut compile)?;
                continue;
            }
            let output = compile.output()?;
            let told = String::from_utf8_lossy(&output.stdout);
            let found: BTreeSet<_> = told.lines().filter_map(place).collect();
            ensure!(found == wanted, "{resolution}: wrong are the lines {wanted:?}, refused are {found:?}:\n{told}");
            println!("   {resolution}: {} mistakes refused", found.len());
        }
    }
    Ok(())
}

/// The line of `wrong.ts(LINE,COLUMN): error …`.
fn place(told: &str) -> Option<usize> {
    let (_, rest) = told.split_once("wrong.ts(")?;
    rest.split_once(',')?.0.parse().ok()
}

//! `/slim` in headless Chromium: as it is packed, and as Vite bundles it.

use super::bundles;
use super::project::Project;
use crate::setup;
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Saves a signed answer of the gateway, then opens each page, which loads the engine and verifies that answer.
pub(super) fn run(project: &Project) -> Result<()> {
    let chromium = setup::chromium()?;
    project.node("save.mjs", &[])?;
    project.called(1)?;
    bundles::vite(project)?;
    let saved = project.read("saved.json")?;
    let body = STANDARD.decode(saved.get("body").and_then(Value::as_str).context("no answer was saved")?)?;
    let answer: Value = serde_json::from_slice(&body)?;
    for page in ["index.html", "vite/dist/index.html"] {
        project.node("open.mjs", &[chromium, page])?;
        let seen = project.read("seen.json")?;
        let part = |name: &str| seen.get(name).and_then(Value::as_str);
        ensure!(part("failure").is_none(), "{page}: {}", part("failure").unwrap_or_default());
        ensure!(part("early") == Some("input.state"), "{page}: before init it said {:?}", part("early"));
        ensure!(seen.get("title_url") == answer.get("title_url"), "{page}: another answer was read: {seen}");
        ensure!(part("forged") == Some("verify.signature"), "{page}: a forged answer gave {:?}", part("forged"));
        println!("   {page}: verified in {}", part("browser").unwrap_or_default());
    }
    project.called(1)
}

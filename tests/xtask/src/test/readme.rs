//! The READMEs: the same programs in English and Chinese. JavaScript runs here, Rust as a doctest, Python with the wheel's tests.

use crate::gateway::Sandbox;
use crate::npm;
use crate::shell::{self, program, step};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;

/// Sends to the sandbox what is meant for WeChat: the only thing that is not as it stands in the README.
const ELSEWHERE: &str = "const real = globalThis.fetch;
globalThis.fetch = (url, init) => real(String(url).replace(/^https:\\/\\/[^/]+/, process.env.FAPIAO_SANDBOX), init);
";

/// Compares the programs and runs the one in JavaScript.
pub(super) fn run() -> Result<()> {
    let english = blocks("README.md")?;
    ensure!(english == blocks("README.zh-CN.md")?, "the programs in README.md and README.zh-CN.md differ");
    for language in ["rust", "python", "js"] {
        ensure!(
            english.iter().any(|block| block.starts_with(&format!("{language}\n"))),
            "no quick start in {language}"
        );
    }
    println!("   the same {} programs in both", english.len());
    let scripts: Vec<_> = english.iter().filter_map(|block| block.strip_prefix("js\n")).collect();
    let folder = tempfile::tempdir()?;
    npm::install(&[&npm::edge::pack()?], folder.path())?;
    scripts.into_iter().try_for_each(|script| javascript(script, folder.path()))
}

/// Runs a program against the sandbox: every request of it must be taken.
fn javascript(script: &str, folder: &Path) -> Result<()> {
    let sandbox = Sandbox::start(&[])?;
    std::fs::write(folder.join("program.mjs"), script)?;
    std::fs::write(folder.join("elsewhere.mjs"), ELSEWHERE)?;
    let announced = &sandbox.announced;
    let public_key = announced.wechatpay_keys.values().next().context("the sandbox has no public key")?;
    let mut node = program("node");
    node.current_dir(folder).args(["--import", "./elsewhere.mjs", "program.mjs"]);
    node.env("FAPIAO_PRIVATE_KEY", &announced.pay.partner.private_key).env("FAPIAO_WECHATPAY_KEY", public_key);
    step("the JavaScript of the README", node.env("FAPIAO_SANDBOX", &announced.main))?;
    let ledger = sandbox.look("/ledger")?;
    let arrivals = ledger.get("arrivals").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let taken = arrivals.iter().filter(|arrival| arrival.pointer("/outcome/status") == Some(&Value::from(200)));
    ensure!(arrivals.len() == 2 && taken.count() == 2, "not every request was taken: {arrivals:?}");
    Ok(())
}

/// The programs of a README, each with its language in its first line.
fn blocks(name: &str) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(shell::root().join(name)).with_context(|| name.to_owned())?;
    Ok(text.split("```").skip(1).step_by(2).map(str::to_owned).collect())
}

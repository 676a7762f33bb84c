//! What took part, at which version.

use super::programs::sources;
use crate::machine;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// The machine, the languages, and the SDKs by their lock files.
pub(super) fn describe() -> Result<Value> {
    let mut all = machine::describe()?;
    let members = all.as_object_mut().context("the machine is described as an object")?;
    for (name, arguments) in [("python3", "--version"), ("node", "--version"), ("go", "version"), ("java", "--version")]
    {
        members.insert(name.to_owned(), first_line(name, arguments).into());
    }
    members.insert("sdks".to_owned(), json!([python()?, node()?, go()?, java()?].concat()));
    Ok(all)
}

/// The same as a list for a page.
pub(super) fn list(described: &Value) -> String {
    let line = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("* {name}: {text}\n"),
        Value::Array(texts) => {
            let texts: Vec<_> = texts.iter().filter_map(Value::as_str).collect();
            format!("* {name}: {}\n", texts.join(", "))
        }
        other => format!("* {name}: {other}\n"),
    };
    described.as_object().into_iter().flatten().map(line).collect()
}

fn first_line(name: &str, argument: &str) -> String {
    let output = Command::new(name).arg(argument).output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().next().unwrap_or_default().to_owned()
}

fn python() -> Result<Vec<String>> {
    let pinned = fs::read_to_string(sources("python").join("requirements.txt"))?;
    let wanted = ["wechatpayv3==", "cryptography=="];
    let lines = pinned.lines().filter(|line| wanted.iter().any(|name| line.starts_with(name)));
    Ok(lines.map(|line| line.replace("==", " ")).collect())
}

fn node() -> Result<Vec<String>> {
    let manifest: Value = serde_json::from_slice(&fs::read(sources("node").join("package.json"))?)?;
    let pinned = manifest.get("dependencies").and_then(Value::as_object).context("package.json pins nothing")?;
    Ok(pinned.iter().map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or_default())).collect())
}

fn go() -> Result<Vec<String>> {
    let module = fs::read_to_string(sources("go").join("go.mod"))?;
    let line = module.lines().find_map(|line| line.split_once("wechatpay-apiv3/wechatpay-go ")).context("go.mod")?;
    Ok(vec![format!("wechatpay-go {}", line.1)])
}

fn java() -> Result<Vec<String>> {
    let jars = fs::read_to_string(sources("java").join("jars.sha256"))?;
    let line = jars.lines().find_map(|line| line.split_once("  wechatpay-java-")).context("jars.sha256")?;
    let version = line.1.trim_start_matches("core-").trim_end_matches(".jar");
    Ok(vec![format!("wechatpay-java {version}")])
}

//! `fapiao-sandbox replay`: a notification of a running sandbox, once more.

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use clap::Args;
use serde_json::Value;
use ureq::Agent;

use super::Failure;

/// Asks a running sandbox to send a callback or a push once more, and prints what was answered.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Its `id`, as `GET /callbacks` and `GET /pushes` list them
    id: String,
    /// The sandbox's `control` address
    #[arg(long, value_name = "URL")]
    control: String,
}

const EXAMPLES: &str = "Examples:
  fapiao-sandbox replay 3a2f1b0c-9d8e-4f6a-8b7c-5d4e3f2a1b0c --control http://127.0.0.1:8090/_sandbox";

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let found = tokio::task::spawn_blocking(move || find(&arguments)).await??;
    let last = found.pointer("/attempts").and_then(Value::as_array).and_then(|attempts| attempts.last());
    let last = last.ok_or("the sandbox sent nothing")?;
    let status = last.get("status").filter(|status| !status.is_null());
    let status = status.map_or("no answer".to_owned(), ToString::to_string);
    let answer = last.get("answer").and_then(Value::as_str).unwrap_or_default();
    writeln!(stdout(), "{status}{}{answer}", if answer.is_empty() { "" } else { ": " })?;
    Ok(ExitCode::SUCCESS)
}

fn find(arguments: &Arguments) -> Result<Value, Failure> {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let control = arguments.control.trim_end_matches('/');
    for kind in ["callbacks", "pushes"] {
        let mut response = agent.post(format!("{control}/{kind}/{}", arguments.id)).send("{}")?;
        if response.status().is_success() {
            return Ok(response.body_mut().read_json()?);
        }
    }
    Err(format!("the sandbox knows no callback and no push {}", arguments.id).into())
}

//! A contestant's program, spoken to in JSON lines.

use super::programs::Launch;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// A running program; it stops with this value.
pub(crate) struct Worker {
    name: &'static str,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Worker {
    /// Starts it and gives it its setup.
    pub(crate) fn start(name: &'static str, launch: &Launch, setup: &Value) -> Result<Self> {
        let mut command = launch.command();
        let mut child = command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let input = child.stdin.take().context("the program has no input")?;
        let output = BufReader::new(child.stdout.take().context("the program has no output")?);
        let mut worker = Self { name, child, input, output };
        worker.ask(setup)?;
        Ok(worker)
    }

    /// Asks something.
    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value> {
        writeln!(self.input, "{question}").with_context(|| format!("{} has ended", self.name))?;
        self.input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let answer: Value =
            serde_json::from_str(&line).with_context(|| format!("{} does not answer: {line}", self.name))?;
        if let Some(error) = answer.get("error").and_then(Value::as_str) {
            bail!("{}: {error}", self.name);
        }
        Ok(answer)
    }

    /// Asks for nanoseconds.
    pub(super) fn nanoseconds(&mut self, question: &Value) -> Result<f64> {
        let answer = self.ask(question)?;
        answer.get("ns").and_then(Value::as_f64).with_context(|| format!("{} told no time: {answer}", self.name))
    }

    /// Kilobytes of its resident set, as the kernel counts them. Pages of program files are not among them: the first collection
    /// of many callers makes four megabytes of Node's own code resident.
    pub(super) fn resident(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("there is no RssAnon")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // One that has ended already is no error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

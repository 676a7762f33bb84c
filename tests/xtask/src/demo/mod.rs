//! `cargo xtask demo`: the main job, from Rust by a program of its own, `tests/demo`, or from a runtime by its package.

pub(crate) mod javascript;
pub(crate) mod python;

use crate::gateway::Sandbox;
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::Command;

/// Walks the life of an invoice against the sandbox and saves its PDFs.
///
/// Starts the sandbox on loopback and prints each step: title link, issue, query, download. In Rust that needs nothing but
/// Rust. A runtime walks with the package as its users install it: `python` needs Python 3.10 or later and a C compiler,
/// all others Node.js 20.19 or later, npm and a C compiler; what else they need is downloaded into this folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The runtime that walks; Rust where none is named.
    #[arg(value_name = "RUNTIME", value_parser = runtimes(), conflicts_with_all = ["har", "remote_keys"])]
    runtime: Option<String>,
    /// Folder the PDFs are saved in.
    #[arg(long, value_name = "DIR", default_value = "out/demo")]
    out: PathBuf,
    /// Also write every exchange as an HTTP Archive; tokens and secrets are left out.
    #[arg(long, value_name = "FILE")]
    har: Option<PathBuf>,
    /// Do every private and public key operation in another process, as with a KMS.
    #[arg(long)]
    remote_keys: bool,
}

fn runtimes() -> clap::builder::PossibleValuesParser {
    ["python"].into_iter().chain(javascript::RUNTIMES).collect::<Vec<_>>().into()
}

/// The files it saves.
pub(crate) const PDFS: [&str; 3] = ["partner.pdf", "direct.pdf", "account.pdf"];

pub(crate) fn run(options: &Options) -> Result<()> {
    shell::telling("the demo", || walk(options))
}

fn walk(options: &Options) -> Result<()> {
    match options.runtime.as_deref() {
        None => by_rust(options),
        Some("python") => python::run(&options.out),
        Some(runtime) => {
            let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
            println!("sandbox: {} (backup {})\n", sandbox.announced.main, sandbox.announced.backup);
            let saved = javascript::walk(runtime, &sandbox, &options.out)?;
            sandbox.show_ledger()?;
            for path in saved {
                println!("saved: {}", path.display());
            }
            Ok(())
        }
    }
}

/// The walk from Rust.
pub(crate) fn program() -> Result<Command> {
    let mut command = Command::new(shell::built("fapiao-demo")?);
    command.current_dir(shell::root());
    Ok(command)
}

fn by_rust(options: &Options) -> Result<()> {
    let mut walk = program()?;
    walk.arg("--out").arg(std::path::absolute(&options.out)?).args(options.remote_keys.then_some("--remote-keys"));
    if let Some(har) = &options.har {
        walk.arg("--har").arg(std::path::absolute(har)?);
    }
    let status = walk.status().context("the demo could not be started")?;
    ensure!(status.success(), "the demo failed");
    Ok(())
}

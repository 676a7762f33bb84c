//! `cargo xtask demo`: the main job on real HTTP, each step shown.

mod account;
mod direct;
pub(crate) mod javascript;
mod partner;
pub(crate) mod python;
mod show;
mod stage;

use crate::gateway::Sandbox;
use crate::har::Archive;
use crate::host::Host;
use crate::key_process::KeyProcess;
use anyhow::{Result, ensure};
use serde_json::Value;
use show::Show;
use stage::Stage;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Starts the sandbox on loopback, walks the life of an invoice, saves the PDFs and prints each step.
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
    if options.runtime.as_deref() == Some("python") {
        return python::run(&options.out);
    }
    let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
    let announced = sandbox.announced.clone();
    println!("sandbox: {} (backup {})\n", announced.main, announced.backup);
    if let Some(runtime) = &options.runtime {
        let saved = javascript::walk(runtime, &sandbox, &options.out)?;
        ledger(&sandbox)?;
        for path in saved {
            println!("saved: {}", path.display());
        }
        return Ok(());
    }

    let archive = RefCell::new(Archive::default());
    let show = Show::default();
    let observer = Box::new(|seen: &crate::host::Seen<'_>| {
        archive.borrow_mut().add(seen);
        Show::exchange(seen);
    });
    let mut host = Host::default().with_observer(observer);
    if options.remote_keys {
        let pay = &announced.pay;
        let keys =
            [&pay.partner, &pay.direct].map(|merchant| (merchant.serial_no.as_str(), merchant.private_key.as_str()));
        host = host.with_keys(KeyProcess::start(&keys)?);
        println!("keys: in another process; this one holds no private key and verifies nothing itself\n");
    }
    let stage = Stage {
        sandbox: &sandbox,
        host: &host,
        show: &show,
        out: options.out.clone(),
        remote_keys: options.remote_keys,
    };
    let saved = [partner::walk(&stage)?, direct::walk(&stage)?, account::walk(&stage)?];

    ledger(&sandbox)?;
    if let Some(operations) = host.key_operations() {
        println!("key process: {operations:?}");
    }
    if let Some(path) = &options.har {
        archive.borrow().write(path)?;
        println!("archive: {} exchanges in {}", archive.borrow().len(), path.display());
    }
    for path in saved {
        println!("saved: {}", path.display());
    }
    Ok(())
}

/// What the sandbox says arrived and took effect.
pub(crate) fn ledger(sandbox: &Sandbox) -> Result<()> {
    let ledger = sandbox.look("/ledger")?;
    let arrivals = ledger.get("arrivals").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut statuses = BTreeMap::new();
    for arrival in arrivals {
        let status = arrival.pointer("/outcome/status").and_then(Value::as_u64).unwrap_or_default();
        let count: &mut u32 = statuses.entry(status).or_default();
        *count = count.saturating_add(1);
    }
    let effects = sandbox.look("/ledger/effects")?;
    let kinds: Vec<_> = effects
        .get("effects")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|effect| Some(format!("{} ×{}", effect.get("kind")?.as_str()?, effect.get("count")?)))
        .collect();
    println!("\nledger: {} arrivals, by status {statuses:?}; effects: {}", arrivals.len(), kinds.join(", "));
    ensure!(effects.get("doubled").and_then(Value::as_u64) == Some(0), "an effect happened twice");
    Ok(())
}

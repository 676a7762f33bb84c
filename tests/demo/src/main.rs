//! The main job on real HTTP, each step shown: `cargo xtask demo`.

mod account;
mod direct;
mod har;
mod host;
mod key_process;
mod partner;
mod show;
mod stage;

use anyhow::Result;
use clap::Parser;
use fapiao_test_support::gateway::{Announcement, Sandbox};
use har::Archive;
use host::{Host, Seen};
use key_process::KeyProcess;
use show::Show;
use stage::Stage;
use std::cell::RefCell;
use std::path::PathBuf;

/// Walks the life of an invoice at the sandbox, saves its PDFs and prints each step.
#[derive(Debug, Parser)]
#[command(name = "fapiao-demo", version)]
struct Options {
    /// Folder the PDFs are saved in.
    #[arg(long, value_name = "DIR", default_value = "out/demo")]
    out: PathBuf,
    /// Also write every exchange as an HTTP Archive; tokens and secrets are left out.
    #[arg(long, value_name = "FILE")]
    har: Option<PathBuf>,
    /// Do every private and public key operation in another process, as with a KMS.
    #[arg(long)]
    remote_keys: bool,
    /// Be that other process: do key operations until the input ends.
    #[arg(long, hide = true)]
    key_process: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if options.key_process { key_process::serve() } else { walk(&options) }
}

fn walk(options: &Options) -> Result<()> {
    let sandbox = Sandbox::start(&["--issue-seconds", "1"])?;
    println!("sandbox: {} (backup {})\n", sandbox.announced.main, sandbox.announced.backup);
    let archive = RefCell::new(Archive::default());
    let show = Show::default();
    let observer = Box::new(|seen: &Seen<'_>| {
        archive.borrow_mut().add(seen);
        Show::exchange(seen);
    });
    let mut host = Host::default().with_observer(observer);
    if options.remote_keys {
        host = host.with_keys(remote_keys(&sandbox.announced)?);
        println!("keys: in another process; this one holds no private key and verifies nothing itself\n");
    }
    let (out, remote_keys) = (options.out.clone(), options.remote_keys);
    let stage = Stage { sandbox: &sandbox, host: &host, show: &show, out, remote_keys };
    let saved = [partner::walk(&stage)?, direct::walk(&stage)?, account::walk(&stage)?];

    sandbox.show_ledger()?;
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

/// Another process that holds the keys of both merchants.
fn remote_keys(announced: &Announcement) -> Result<KeyProcess> {
    let merchants = [&announced.pay.partner, &announced.pay.direct];
    KeyProcess::start(&merchants.map(|merchant| (merchant.serial_no.as_str(), merchant.private_key.as_str())))
}

//! Contestants on Node: the SDKs of npm by their lock file, this project by its packed package.

use super::programs::{AXIOS, Launch, copy, needs, place, sources};
use anyhow::Result;
use fapiao_test_support::npm;
use fapiao_test_support::shell::{program, step};
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

pub(super) fn node_v3() -> Result<Launch> {
    Ok(worker(peers()?, "wechatpay-node-v3"))
}

pub(super) fn axios() -> Result<Launch> {
    Ok(worker(peers()?, "wechatpay-axios-plugin"))
}

/// The runtime alone.
pub(super) fn bare() -> Result<Launch> {
    needs("node", "--version", super::programs::BARE_NODE.name)?;
    Ok(worker(sources("node"), "bare"))
}

/// The WebAssembly package, from its tarball.
pub(super) fn edge() -> Result<Launch> {
    let folder = fresh("bench-edge")?;
    npm::install(&[&npm::edge::pack()?], &folder)?;
    ours(folder, "fapiao-edge")
}

/// The native package, with what it needs, from tarballs.
pub(super) fn native() -> Result<Launch> {
    let folder = fresh("bench-native")?;
    let packed = npm::pack()?;
    npm::install(&[&packed.fapiao, &packed.edge, &packed.platform], &folder)?;
    ours(folder, "fapiao")
}

/// The folder it was installed into.
pub(super) fn edge_package() -> PathBuf {
    place("bench-edge/node_modules/fapiao-edge")
}

/// A package of this project in the folder where it was installed.
fn ours(folder: PathBuf, package: &str) -> Result<Launch> {
    copy("mjs", &sources("node"), &folder)?;
    fs::write(folder.join("contestant.json"), format!("{{\"name\":\"{package}\"}}"))?;
    Ok(worker(folder, "fapiao"))
}

fn fresh(name: &str) -> Result<PathBuf> {
    let folder = place(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn worker(folder: PathBuf, name: &str) -> Launch {
    // The collector is called before memory is read.
    Launch::new("node", folder).with("--expose-gc").with("worker.mjs").with(name)
}

/// The folder with the SDKs of npm, which are installed where they are missing, by one thread.
fn peers() -> Result<PathBuf> {
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    needs("npm", "--version", AXIOS.name)?;
    let (from, folder) = (sources("node"), place("bench-node"));
    let lock = fs::read(from.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    copy("mjs", &from, &folder)?;
    if fs::read(&stamp).is_ok_and(|found| found == lock) {
        return Ok(folder);
    }
    copy("json", &from, &folder)?;
    let mut install = program("npm");
    install.current_dir(&folder).env("NO_UPDATE_NOTIFIER", "1");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    step("install the SDKs of npm", &mut install)?;
    fapiao_test_support::save::write(&stamp, &lock)?;
    Ok(folder)
}

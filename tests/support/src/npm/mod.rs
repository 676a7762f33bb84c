//! The npm packages: built, packed, and installed from their tarballs.

pub mod edge;
pub mod native;

use crate::shell::{self, program, step};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The tarballs of a program on Node: `fapiao`, the `fapiao-edge` that it pins, and the native engine for this machine.
#[derive(Debug, Clone)]
pub struct Packed {
    pub fapiao: PathBuf,
    pub edge: PathBuf,
    pub platform: PathBuf,
}

/// Where a program runs: on which runtime, with which package, in which folder that holds it.
#[derive(Debug, Clone, Copy)]
pub struct Location<'a> {
    pub runtime: &'a str,
    pub package: &'a str,
    pub folder: &'a Path,
}

/// Builds and packs everything, once in a process.
pub fn pack() -> Result<Packed> {
    static PACKED: OnceLock<Packed> = OnceLock::new();
    if let Some(packed) = PACKED.get() {
        return Ok(packed.clone());
    }
    let edge = edge::pack()?;
    let packed = Packed { fapiao: native::pack()?, edge, platform: native::pack_platform()? };
    Ok(PACKED.get_or_init(|| packed).clone())
}

/// The folder of the npm tools, which are installed where they are missing.
pub fn tools() -> Result<PathBuf> {
    if !shell::has("node") || !shell::has("npm") {
        bail!("node and npm are missing: install Node.js 20.19 or later");
    }
    let folder = shell::root().join("tests/runtimes");
    locked(&folder, "the JavaScript runtimes and tools", || {
        // The one package whose binary is put into place by its script; no other script runs.
        step("put bun into place", program("node").current_dir(folder.join("node_modules/bun")).arg("install.js"))
    })?;
    Ok(folder)
}

/// Installs what the lock file of a folder names and finishes it, where that was not done.
pub fn locked(folder: &Path, what: &str, finish: impl FnOnce() -> Result<()>) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|found| found == lock) {
        return Ok(());
    }
    let mut install = npm(folder);
    install.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
    step(&format!("install {what}"), &mut install)?;
    finish()?;
    crate::save::write(&stamp, &lock)
}

/// Installs tarballs into an empty folder, without asking any registry.
pub fn install(tarballs: &[&Path], folder: &Path) -> Result<()> {
    fs::write(folder.join("package.json"), "{\"private\":true,\"type\":\"module\"}")?;
    let mut install = npm(folder);
    install.args(["install", "--silent", "--offline", "--no-package-lock"]).args(tarballs);
    step("install it into an empty folder", &mut install)
}

/// Runs a program of `tests/runtimes`; returns what it leaves.
pub fn run(place: Location<'_>, name: &str, input: &Value) -> Result<Value> {
    let Location { runtime, package, folder } = place;
    let tools = tools()?;
    fs::write(folder.join("input.json"), input.to_string())?;
    let output = folder.join("output.json");
    if output.exists() {
        fs::remove_file(&output)?;
    }
    let mut node = program("node");
    node.arg(tools.join("run.mjs")).args([runtime, name]).arg(folder).arg(package);
    let status = node.status().context("node could not be started")?;
    ensure!(status.success(), "{name} failed on {runtime} with {package}");
    Ok(serde_json::from_slice(&fs::read(&output)?)?)
}

/// Bytes of a file after gzip.
pub fn gzipped(path: &Path) -> Result<usize> {
    let mut gzip = program("gzip");
    let output = gzip.args(["-9", "--stdout"]).arg(path).output().context("gzip could not be started")?;
    ensure!(output.status.success(), "gzip failed");
    Ok(output.stdout.len())
}

/// An empty folder for a package, with the licences.
fn fresh(name: &str) -> Result<PathBuf> {
    let root = shell::root();
    let package = root.join("target/npm").join(name);
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(&package)?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root.join(licence), package.join(licence)).with_context(|| licence.to_owned())?;
    }
    Ok(package)
}

/// Type-checks sources strictly and writes them as JavaScript with their declarations.
fn compile(what: &str, package: &Path, gather: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let modules = tools()?.join("node_modules");
    // Below the tools, where the compiler finds Node's types.
    let work = tempfile::tempdir_in(&modules)?;
    gather(work.path())?;
    fs::write(work.path().join("package.json"), "{\"type\":\"module\"}")?;
    let mut compile = Command::new(modules.join(".bin/tsc"));
    step(what, compile.arg("--project").arg(work.path()).arg("--outDir").arg(package))
}

/// Copies the files of a folder, not its folders.
fn copy_files(from: &Path, to: &Path, except: &[&str]) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().context("a file has no name")?;
        if path.is_file() && except.iter().all(|except| name != *except) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Packs a folder of `target/npm` with manifest and README of its sources; returns the tarball.
fn npm_pack(name: &str, sources: &str) -> Result<PathBuf> {
    for file in ["package.json", "README.md"] {
        let to = shell::root().join("target/npm").join(name).join(file);
        fs::copy(shell::root().join(sources).join(file), to).with_context(|| file.to_owned())?;
    }
    npm_pack_folder(name)
}

/// Packs a folder of `target/npm`; returns the tarball.
fn npm_pack_folder(name: &str) -> Result<PathBuf> {
    let folder = shell::root().join("target/npm");
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join(name).join("package.json"))?)?;
    let version = env!("CARGO_PKG_VERSION");
    ensure!(manifest.get("version").and_then(Value::as_str) == Some(version), "{name} is not at version {version}");
    let mut pack = npm(&folder);
    pack.args(["pack", "--silent", "--ignore-scripts"]).arg(format!("./{name}"));
    step(&format!("pack {name}"), &mut pack)?;
    Ok(folder.join(format!("{name}-{version}.tgz")))
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder).env("NO_UPDATE_NOTIFIER", "1").args(["--no-audit", "--no-fund", "--loglevel=error"]);
    npm
}

/// Where cargo builds to.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from)
}

/// Flags that keep the folders of this machine out of an engine, since panics name source files: one for each folder.
fn anonymous(flag: &str) -> Result<Vec<String>> {
    let home = std::env::var_os("HOME").map(PathBuf::from).context("HOME is not set")?;
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut flags = vec![format!("{flag}={}/=", shell::root().display())];
    for registry in fs::read_dir(cargo.join("registry/src")).into_iter().flatten() {
        flags.push(format!("{flag}={}/=", registry?.path().display()));
    }
    Ok(flags)
}

/// The flag of rustc, and what separates flags in cargo's variable.
const REMAP: &str = "--remap-path-prefix";
const SEPARATOR: &str = "\u{1f}";

//! What the tests need beyond Rust, installed where it is missing: under `.tools`, nowhere else where that is possible.

use crate::shell::{self, program, step};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The wasm target, from rustup.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Python packages of the witness, pinned.
const WITNESS_PACKAGES: [&str; 3] = ["cryptography==48.0.0", "jsonschema==4.26.0", "pypdfium2==5.15.2"];
/// The dependency checker, pinned.
const CARGO_DENY: &str = "0.20.2";
/// What plants faults to see the tests fail, pinned.
const CARGO_MUTANTS: &str = "27.1.0";

/// Sets up everything the tests need.
pub(crate) fn run() -> Result<()> {
    wasm_target()?;
    python()?;
    cargo_deny()?;
    chromium()?;
    Ok(())
}

/// The wasm32 standard library.
pub(crate) fn wasm_target() -> Result<()> {
    let installed = program("rustup").args(["target", "list", "--installed"]).output();
    if installed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(WASM)) {
        return Ok(());
    }
    step("add the wasm target", program("rustup").args(["target", "add", WASM]))
}

/// The source of the standard library.
pub(crate) fn rust_source() -> Result<()> {
    let sysroot = program("rustc").args(["--print", "sysroot"]).output()?.stdout;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
    if sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").exists() {
        return Ok(());
    }
    step("add the standard library's source", program("rustup").args(["component", "add", "rust-src"]))
}

/// A Python with the witness's packages, and openssl: the independent implementations.
pub(crate) fn python() -> Result<PathBuf> {
    openssl()?;
    let folder = shell::root().join(".tools/python");
    let python = folder.join("bin/python");
    let stamp = folder.join("packages");
    let wanted = WITNESS_PACKAGES.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    if !shell::has("python3") {
        bail!("python3 is missing: install Python 3.10 or later");
    }
    let mut venv = program("python3");
    venv.args(["-m", "venv", "--clear"]).arg(&folder);
    if step("make a Python environment for the witness", &mut venv).is_err() {
        apt("python3-venv")?;
        step("make a Python environment for the witness", &mut venv)?;
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(WITNESS_PACKAGES);
    step("install the witness's packages", &mut pip)?;
    crate::save::write(&stamp, wanted.as_bytes())?;
    Ok(python)
}

/// cargo-mutants, built without optimisation: the compiler and the tests are what takes time.
pub(crate) fn cargo_mutants() -> Result<PathBuf> {
    cargo_tool("cargo-mutants", CARGO_MUTANTS)
}

/// cargo-deny, built without optimisation: it runs for a second and would take minutes to optimise.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    cargo_tool("cargo-deny", CARGO_DENY)
}

/// A tool from crates.io in this version.
fn cargo_tool(name: &str, version: &str) -> Result<PathBuf> {
    let folder = shell::root().join(".tools").join(name);
    let binary = folder.join("bin").join(name);
    let installed = std::fs::read_to_string(folder.join(".crates.toml")).unwrap_or_default();
    if binary.exists() && installed.contains(&format!("\"{name} {version} ")) {
        return Ok(binary);
    }
    let mut install = shell::cargo();
    install.args(["install", name, "--version", version, "--locked", "--debug", "--root"]).arg(&folder);
    install.env("CARGO_TARGET_DIR", shell::root().join("target").join(name));
    step(&format!("build {name}"), &mut install)?;
    Ok(binary)
}

/// The names Chromium goes by.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A Chromium, for what is made for browsers.
pub(crate) fn chromium() -> Result<&'static str> {
    let present = || CHROMIUM.into_iter().find(|name| shell::has(name));
    if let Some(name) = present() {
        return Ok(name);
    }
    apt("chromium").context("Chromium could not be installed: as root, or by hand, install `chromium`")?;
    present().context("chromium was installed but does not start")
}

fn openssl() -> Result<()> {
    if program("openssl").arg("version").output().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    apt("openssl")
}

/// Installs a Debian package, where this is such a machine.
pub(crate) fn apt(package: &str) -> Result<()> {
    if !shell::has("apt-get") {
        bail!("`{package}` is missing and this machine has no apt-get: install it with your package manager");
    }
    step("refresh the package list", program("apt-get").args(["update", "-qq"]))?;
    let mut install = program("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq", "--no-install-recommends", package]);
    step(&format!("install {package}"), &mut install)
}

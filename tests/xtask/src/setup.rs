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

/// cargo-deny, built without optimisation: it runs for a second and would take minutes to optimise.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    let folder = shell::root().join(".tools/cargo-deny");
    let binary = folder.join("bin/cargo-deny");
    let present = Command::new(&binary).arg("--version").output();
    if present.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(CARGO_DENY)) {
        return Ok(binary);
    }
    let mut install = shell::cargo();
    install.args(["install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--debug", "--root"]).arg(&folder);
    install.env("CARGO_TARGET_DIR", shell::root().join("target/cargo-deny"));
    step("build cargo-deny", &mut install)?;
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

//! What the tests need beyond Rust, installed where it is missing: under `.tools`, nowhere else where that is possible.

use crate::shell::{self, program, step};
use anyhow::{Context, Result, bail};
use fapiao_test_support::rustup;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// Python packages of the witness, pinned.
const WITNESS_PACKAGES: [&str; 3] = ["cryptography==48.0.0", "jsonschema==4.26.0", "pypdfium2==5.15.2"];
/// The dependency checker, pinned.
const CARGO_DENY: &str = "0.20.2";
/// What plants faults to see the tests fail, pinned.
const CARGO_MUTANTS: &str = "27.1.0";

/// Something that is installed where it is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Install {
    Rustup,
    Pip,
    Npm,
    CargoDeny,
    GoAndMaven,
    OpenSsl,
    Cpp,
    Chromium,
}

impl Install {
    /// What is installed and where to; nothing where a program of this machine is there already.
    fn told(self) -> Option<&'static str> {
        match self {
            Self::Rustup => Some("rustup: the wasm target and the standard library's source, where they are missing"),
            Self::Pip => Some("pip: Python packages, into environments below .tools"),
            Self::Npm => Some("npm: JavaScript packages, into node_modules below tests and bindings-py/tests"),
            Self::CargoDeny => Some("cargo: cargo-deny, into .tools"),
            Self::GoAndMaven => Some("go and Maven: other SDKs, into .tools"),
            Self::OpenSsl => (!has_openssl()).then_some("apt-get: openssl, on this machine"),
            Self::Cpp => (!shell::has("c++")).then_some("apt-get: g++, on this machine"),
            Self::Chromium => installed_chromium().is_none().then_some("apt-get: chromium, on this machine"),
        }
    }
}

/// Says what may be installed, and where to, before anything is.
pub(crate) fn announce(installs: impl Iterator<Item = Install>) {
    let installs: BTreeSet<_> = installs.collect();
    for told in installs.into_iter().filter_map(Install::told) {
        println!("   may install by {told}");
    }
}

/// Sets up everything the tests need.
pub(crate) fn run() -> Result<()> {
    use Install::{CargoDeny, Chromium, OpenSsl, Pip, Rustup};
    announce([Rustup, Pip, CargoDeny, OpenSsl, Chromium].into_iter());
    rustup::wasm_target()?;
    python()?;
    cargo_deny()?;
    chromium()?;
    Ok(())
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
    if let Some(name) = installed_chromium() {
        return Ok(name);
    }
    apt("chromium").context("Chromium could not be installed: as root, or by hand, install `chromium`")?;
    installed_chromium().context("chromium was installed but does not start")
}

fn installed_chromium() -> Option<&'static str> {
    CHROMIUM.into_iter().find(|name| shell::has(name))
}

fn has_openssl() -> bool {
    program("openssl").arg("version").output().is_ok_and(|output| output.status.success())
}

fn openssl() -> Result<()> {
    if has_openssl() {
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

//! The Python wheel: built, and installed into environments of its own.

use crate::shell::{self, step};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What builds the wheel, pinned.
const MATURIN: &str = "maturin==1.16.0";

/// Builds the wheel.
pub(crate) fn build() -> Result<PathBuf> {
    let python = environment("python-build", &[MATURIN])?;
    let folder = shell::root().join(".tools/wheel");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut maturin = Command::new(&python);
    // Cargo's own settings are found from the project's root.
    maturin.current_dir(shell::root()).args(["-m", "maturin", "build", "--release", "--quiet"]);
    maturin.args(["--manifest-path", "bindings-py/Cargo.toml", "--interpreter"]).arg(&python).arg("--out").arg(&folder);
    step("build the wheel", &mut maturin)?;
    let wheel = std::fs::read_dir(&folder)?.next().context("no wheel was built")??.path();
    println!("   {} ({} KB)", wheel.display(), wheel.metadata()?.len().div_ceil(1024));
    Ok(wheel)
}

/// An empty environment with the wheel and what else it is to hold. Returns its Python.
pub(crate) fn installed(name: &str, wheel: &Path, packages: &[&str]) -> Result<PathBuf> {
    let python = environment(name, packages)?;
    let mut pip = pip(&python);
    pip.args(["--no-deps", "--force-reinstall"]).arg(wheel);
    step(&format!("install the wheel into {name}"), &mut pip)?;
    Ok(python)
}

/// A Python environment with these packages: arguments of pip, made again when they change.
pub(crate) fn environment(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = shell::root().join(".tools").join(name);
    let python = folder.join("bin/python");
    let (stamp, mut wanted) = (folder.join("packages"), packages.join("\n"));
    for file in packages.iter().filter(|package| Path::new(package).extension().is_some_and(|kind| kind == "txt")) {
        wanted.push_str(&std::fs::read_to_string(shell::root().join(file))?);
    }
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    let mut venv = shell::program("python3");
    step(&format!("make the environment {name}"), venv.args(["-m", "venv", "--clear"]).arg(&folder))?;
    if !packages.is_empty() {
        let mut pip = pip(&python);
        step(&format!("install {}", packages.join(" ")), pip.current_dir(shell::root()).args(packages))?;
    }
    crate::save::write(&stamp, wanted.as_bytes())?;
    Ok(python)
}

fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip
}

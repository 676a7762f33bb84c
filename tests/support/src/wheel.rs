//! The Python wheel and source distribution: built, and installed into environments of their own.

use crate::shell::{self, step};
use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What builds the wheel, pinned: zig links against the glibc of manylinux2014.
const BUILDERS: [&str; 2] = ["maturin==1.16.0", "ziglang==0.15.2"];
/// For which systems it is built: glibc 2.17 and later. Elsewhere than on Linux it is built for the machine it is built on.
const PORTABLE: &[&str] = if cfg!(target_os = "linux") { &["--zig", "--compatibility", "manylinux2014"] } else { &[] };

/// Builds the wheel.
pub fn build() -> Result<PathBuf> {
    let mut arguments = vec!["build", "--release", "--quiet"];
    arguments.extend(PORTABLE);
    let wheel = made("wheel", &arguments)?;
    let name = wheel.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    println!("   {name} ({} KB)", wheel.metadata()?.len().div_ceil(1024));
    ensure!(PORTABLE.is_empty() || name.contains("manylinux2014"), "{name} is not for manylinux2014");
    Ok(wheel)
}

/// An empty environment with the wheel and what else it is to hold. Returns its Python.
pub fn installed(name: &str, wheel: &Path, packages: &[&str]) -> Result<PathBuf> {
    installed_on(Path::new("python3"), name, wheel, packages)
}

/// The same with another Python.
pub fn installed_on(interpreter: &Path, name: &str, wheel: &Path, packages: &[&str]) -> Result<PathBuf> {
    let python = environment(interpreter, name, packages)?;
    install(&python, name, wheel)?;
    Ok(python)
}

/// An environment with what pip builds from the source distribution, with a planted defect in it. Returns its Python.
pub fn installed_from_source(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let packed = made("sdist", &["sdist"])?;
    // Out of reach of the settings of this repository.
    let source = tempfile::tempdir()?;
    let mut tar = shell::program("tar");
    // All files in it are of one old date, by which cargo would take what it built before for up to date: they become new.
    tar.args(["--extract", "--gzip", "--touch", "--strip-components", "1", "--file"]).arg(&packed);
    step("unpack it", tar.arg("--directory").arg(source.path()))?;
    let python = environment(Path::new("python3"), name, packages)?;
    let mut pip = pip(&python);
    pip.args(["--no-deps", "--force-reinstall", "--no-cache-dir"]).arg(source.path());
    // What other parts have built for this machine is not built once more.
    pip.env("MATURIN_PEP517_ARGS", "--features defect").env("CARGO_TARGET_DIR", target());
    step("build and install the source distribution", &mut pip)?;
    Ok(python)
}

fn install(python: &Path, name: &str, wheel: &Path) -> Result<()> {
    let mut pip = pip(python);
    pip.args(["--no-deps", "--force-reinstall", "--no-index"]).arg(wheel);
    step(&format!("install the wheel into {name}"), &mut pip)
}

/// Has maturin make one file in a folder of its own.
fn made(what: &str, arguments: &[&str]) -> Result<PathBuf> {
    let (python, folder) = (tools()?, shell::root().join(".tools").join(what));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut maturin = Command::new(&python);
    // Cargo's own settings are found from the project's root.
    maturin.current_dir(shell::root()).args(["-m", "maturin"]).args(arguments);
    maturin.args(["--manifest-path", "bindings-py/Cargo.toml", "--out"]).arg(&folder);
    if arguments.contains(&"build") {
        maturin.arg("--interpreter").arg(&python);
    }
    step(&format!("build the {what}"), within(&mut maturin, &python)?)?;
    Ok(std::fs::read_dir(&folder)?.next().with_context(|| format!("no {what} was built"))??.path())
}

/// The Python that has maturin and zig.
fn tools() -> Result<PathBuf> {
    environment(Path::new("python3"), "python-build", &BUILDERS)
}

/// Lets a command find a Python, and the programs beside it, first.
pub fn within<'a>(command: &'a mut Command, python: &Path) -> Result<&'a mut Command> {
    let mut path = OsString::from(python.parent().context("a Python without a folder")?);
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    Ok(command.env("PATH", path).env("CARGO_ZIGBUILD_PYTHON_PATH", python))
}

/// A Python environment with these packages: arguments of pip, made again when they change.
pub fn environment(interpreter: &Path, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = shell::root().join(".tools").join(name);
    let python = folder.join("bin/python");
    let (stamp, mut wanted) = (folder.join("packages"), format!("{}\n{}", interpreter.display(), packages.join("\n")));
    for file in packages.iter().filter(|package| Path::new(package).extension().is_some_and(|kind| kind == "txt")) {
        wanted.push_str(&std::fs::read_to_string(shell::root().join(file))?);
    }
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    let mut venv = Command::new(interpreter);
    venv.current_dir(shell::root()).args(["-m", "venv", "--clear"]).arg(&folder);
    step(&format!("make the environment {name}"), &mut venv)?;
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

/// Where cargo builds to.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from)
}

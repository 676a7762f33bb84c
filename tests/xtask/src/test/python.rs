//! The Python package, as it is installed from its wheel and from its source distribution.

use crate::shell::{self, step};
use crate::{demo, gateway, wheel};
use anyhow::{Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const REQUIREMENTS: [&str; 2] = ["--requirement", "bindings-py/tests/requirements.txt"];
/// What serves our types as models: the last `fastapi` for Python 3.10.
const SERVED: [&str; 2] = ["fastapi==0.162.5", "httpx==0.28.1"];
/// Arguments of stubtest.
const STUBTEST: [&str; 5] =
    ["fapiao", "--concise", "--allowlist", "bindings-py/tests/stubtest.txt", "--ignore-unused-allowlist"];
/// The versions of Python that the wheel is for.
const MINORS: [u32; 4] = [10, 11, 12, 13];

/// Runs the package's tests, its types against what is there, the wheel on every Python, the source, and the demo.
pub(super) fn run() -> Result<()> {
    let built = wheel::build()?;
    let python = wheel::installed("python-tests", &built, &REQUIREMENTS)?;
    let mut pytest = module(&python, "pytest");
    pytest.args(["--quiet", "-p", "no:cacheprovider", "bindings-py/tests"]);
    step("tests of the wheel", pytest.env(gateway::BUILT, gateway::build()?))?;
    types(&python)?;
    everywhere(&built)?;
    source()?;
    let folder = tempfile::tempdir()?;
    demo::python::walk(folder.path(), &built).map(|_| ())
}

/// What three type checkers say.
fn types(python: &Path) -> Result<()> {
    let mypy = ["--strict", "--cache-dir=/dev/null"];
    step("types of the package", module(python, "mypy").args(mypy).args(["--package", "fapiao"]))?;
    let programs = ["bindings-py/tests", "bindings-py/examples", "tests/runtimes/demo.py"];
    step("types of the tests", module(python, "mypy").args(mypy).args(programs))?;
    step("stubs against the package", module(python, "mypy.stubtest").args(STUBTEST))?;
    let mut pyright = Command::new(pyright()?);
    pyright.current_dir(shell::root()).args(["--verifytypes", "fapiao", "--ignoreexternal"]);
    step("completeness of the public types", wheel::within(&mut pyright, python)?)
}

/// The wheel on every version of Python that this machine has.
fn everywhere(wheel: &Path) -> Result<()> {
    let mut found = 0_usize;
    for minor in MINORS {
        let Some(interpreter) = interpreter(minor) else {
            println!("   CPython 3.{minor} is not on this machine: the wheel was not tried there");
            continue;
        };
        checked(&wheel::installed_on(&interpreter, &format!("python-3.{minor}"), wheel, &[])?)?;
        let served = wheel::installed_on(&interpreter, &format!("python-3.{minor}-served"), wheel, &SERVED)?;
        let mut served = Command::new(served);
        served.arg("-I").arg(shell::root().join("bindings-py/tests/served.py"));
        step(&format!("a FastAPI application with our types as models on CPython 3.{minor}"), &mut served)?;
        found = found.saturating_add(1);
    }
    ensure!(found > 0, "none of CPython 3.10 to 3.13 is on this machine");
    Ok(())
}

/// The package as pip builds it from its source distribution, with a planted defect.
fn source() -> Result<()> {
    let python = wheel::installed_from_source("python-source", &REQUIREMENTS)?;
    checked(&python)?;
    let mut pytest = module(&python, "pytest");
    pytest.args(["--quiet", "-p", "no:cacheprovider", "bindings-py/tests/defect.py"]);
    step("a defect in core", &mut pytest)
}

/// What must hold wherever it is installed.
fn checked(python: &Path) -> Result<()> {
    let mut check = Command::new(python);
    // Nothing of this repository but the program itself is in reach.
    check.args(["-I"]).arg(shell::root().join("bindings-py/tests/check.py")).arg(shell::root());
    step("check what was installed", &mut check)
}

/// A Python of that version: on the path, or among those of pyenv.
fn interpreter(minor: u32) -> Option<PathBuf> {
    let ask = format!("import sys; assert sys.version_info[:2] == (3, {minor}); print(sys.executable)");
    let home = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let pyenv = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv")));
    let versions = pyenv.and_then(|folder| fs::read_dir(folder.join("versions")).ok());
    let installed = versions.into_iter().flatten().flatten().map(|entry| entry.path().join("bin/python3"));
    [PathBuf::from(format!("python3.{minor}")), PathBuf::from("python3")].into_iter().chain(installed).find_map(
        |path| {
            let output = Command::new(path).args(["-c", &ask]).output().ok()?;
            output.status.success().then(|| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim_end()))
        },
    )
}

/// Pyright, installed where it is missing.
fn pyright() -> Result<PathBuf> {
    if !shell::has("node") || !shell::has("npm") {
        bail!("node and npm are missing: install Node.js 20.19 or later");
    }
    let folder = shell::root().join("bindings-py/tests/pyright");
    let lock = fs::read(folder.join("package-lock.json"))?;
    let (stamp, program) = (folder.join("node_modules/.installed"), folder.join("node_modules/.bin/pyright"));
    if fs::read(&stamp).is_ok_and(|found| found == lock) {
        return Ok(program);
    }
    let mut install = shell::program("npm");
    install.current_dir(&folder).env("NO_UPDATE_NOTIFIER", "1").arg("install");
    install.args(["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    step("install pyright", &mut install)?;
    crate::save::write(&stamp, &lock)?;
    Ok(program)
}

/// A module of the environment; the package is the installed one, since its sources are not on any path.
fn module(python: &Path, name: &str) -> Command {
    let mut command = Command::new(python);
    command.current_dir(shell::root()).args(["-m", name]);
    command
}

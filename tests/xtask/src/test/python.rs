//! The Python package, as it is installed from its wheel.

use crate::shell::{self, step};
use crate::{demo, gateway, wheel};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

const REQUIREMENTS: [&str; 2] = ["--requirement", "bindings-py/tests/requirements.txt"];

/// Runs the package's tests, its types against what is there, and the demo.
pub(super) fn run() -> Result<()> {
    let built = wheel::build()?;
    let python = wheel::installed("python-tests", &built, &REQUIREMENTS)?;
    let mut pytest = module(&python, "pytest");
    pytest.args(["--quiet", "-p", "no:cacheprovider", "bindings-py/tests"]);
    step("tests of the wheel", pytest.env("FAPIAO_SANDBOX", gateway::build()?))?;
    let mypy = ["--strict", "--cache-dir=/dev/null"];
    step("types of the package", module(&python, "mypy").args(mypy).args(["--package", "fapiao"]))?;
    step(
        "types of the tests",
        module(&python, "mypy").args(mypy).args(["bindings-py/tests", "tests/runtimes/demo.py"]),
    )?;
    step("stubs against the package", module(&python, "mypy.stubtest").args(["fapiao", "--concise"]))?;
    let folder = tempfile::tempdir()?;
    demo::python::walk(folder.path(), &built).map(|_| ())
}

/// A module of the environment; the package is the installed one, since its sources are not on any path.
fn module(python: &Path, name: &str) -> Command {
    let mut command = Command::new(python);
    command.current_dir(shell::root()).args(["-m", name]);
    command
}

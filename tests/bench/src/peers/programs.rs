//! The programs that contestants run in: what they need is installed, at the versions of their lock files.

use super::{java, node};
use anyhow::{Context, Result, bail};
use fapiao_test_support::shell::{self, program, step};
use fapiao_test_support::wheel;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One program.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    /// Makes it ready to run.
    pub(crate) ready: fn() -> Result<Launch>,
}

/// How a program is run.
#[derive(Clone)]
pub(crate) struct Launch {
    program: PathBuf,
    arguments: Vec<OsString>,
    folder: PathBuf,
}

pub(super) const RUST: Program = Program { name: "fapiao (Rust)", ready: rust };
pub(super) const PYTHON: Program = Program { name: "fapiao (Python)", ready: python };
pub(super) const BARE_PYTHON: Program = Program { name: "python alone", ready: bare_python };
pub(super) const NODE: Program = Program { name: "fapiao (Node)", ready: node::native };
pub(super) const EDGE: Program = Program { name: "fapiao-edge (Node)", ready: node::edge };
pub(super) const BARE_NODE: Program = Program { name: "node alone", ready: node::bare };
pub(crate) const WECHATPAYV3: Program = Program { name: "wechatpayv3", ready: wechatpayv3 };
pub(crate) const NODE_V3: Program = Program { name: "wechatpay-node-v3", ready: node::node_v3 };
pub(crate) const AXIOS: Program = Program { name: "wechatpay-axios-plugin", ready: node::axios };
pub(crate) const GO: Program = Program { name: "wechatpay-go", ready: go };
pub(crate) const JAVA: Program = Program { name: "wechatpay-java", ready: java::ready };

impl Launch {
    pub(super) fn new(program: impl Into<PathBuf>, folder: PathBuf) -> Self {
        Self { program: program.into(), arguments: Vec::new(), folder }
    }

    pub(super) fn with(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).args(&self.arguments);
        command
    }
}

/// Where a language's part of the bench is.
pub(super) fn sources(language: &str) -> PathBuf {
    shell::root().join("tests/bench").join(language)
}

/// Where something of it is installed.
pub(super) fn place(name: &str) -> PathBuf {
    shell::root().join(".tools").join(name)
}

/// Refuses to go on without a tool: a contestant that cannot run is not left out in silence.
pub(super) fn needs(tool: &str, version: &str, whom: &str) -> Result<()> {
    if Command::new(tool).arg(version).output().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    bail!("`{tool}` is missing, so {whom} cannot take part: install it")
}

fn rust() -> Result<Launch> {
    let mut build = shell::cargo();
    build.args(["build", "--quiet", "--release", "--package", "fapiao-bench", "--example", "bench-worker"]);
    step("build this library's worker in release", &mut build)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from);
    Ok(Launch::new(target.join("release/examples/bench-worker"), shell::root()))
}

fn python() -> Result<Launch> {
    let installed = wheel::installed("python-bench", &wheel::build()?, &[])?;
    Ok(by_python(installed, "fapiao_wheel"))
}

fn bare_python() -> Result<Launch> {
    // The same environment as the wheel's, so that both interpreters start alike.
    Ok(by_python(wheel::environment(Path::new("python3"), "python-bench", &[])?, "bare"))
}

fn wechatpayv3() -> Result<Launch> {
    let requirements = ["--requirement", "tests/bench/python/requirements.txt"];
    Ok(by_python(wheel::environment(Path::new("python3"), "python-peers", &requirements)?, "wechatpayv3_peer"))
}

fn by_python(python: PathBuf, name: &str) -> Launch {
    Launch::new(python, shell::root()).with(sources("python").join("worker.py")).with(name)
}

fn go() -> Result<Launch> {
    needs("go", "version", GO.name)?;
    let binary = place("bench-go/worker");
    let mut build = program("go");
    build.current_dir(sources("go")).args(["build", "-mod=readonly", "-modcacherw", "-o"]).arg(&binary);
    // The tool chain that is here builds; another one is not fetched.
    build.env("GOTOOLCHAIN", "local").env("GOMODCACHE", place("bench-go/modules"));
    step("build the worker of wechatpay-go", &mut build)?;
    Ok(Launch::new(binary, shell::root()))
}

/// Copies the files of a folder that have this extension.
pub(super) fn copy(extension: &str, from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            let name = path.file_name().context("a file without a name")?;
            std::fs::copy(&path, to.join(name)).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

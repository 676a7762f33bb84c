//! `cargo xtask chaos`: a program of its own, `tests/chaos`.

use crate::shell::{cargo, step};
use anyhow::Result;
use std::ffi::OsStr;

/// Builds it where needed and runs it with these arguments.
pub(crate) fn run<S: AsRef<OsStr>>(what: &str, arguments: &[S]) -> Result<()> {
    let mut program = cargo();
    program.args(["run", "--quiet", "--package", "fapiao-chaos", "--"]).args(arguments);
    step(what, &mut program)
}

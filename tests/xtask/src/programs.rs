//! Commands that are programs of their own: built where needed, and run with the arguments of the command.

use crate::shell::{cargo, step};
use anyhow::Result;
use std::ffi::OsStr;

/// `cargo xtask bench`: `tests/bench`, which says nothing unless it is built for release.
pub(crate) fn bench<S: AsRef<OsStr>>(arguments: &[S]) -> Result<()> {
    let mut program = cargo();
    program.args(["run", "--quiet", "--release", "--package", "fapiao-bench", "--"]).args(arguments);
    step("bench", &mut program)
}

/// Has other SDKs check what is ours, and the other way round.
pub(crate) fn cross_check() -> Result<()> {
    step("other SDKs", cargo().args(["run", "--quiet", "--package", "fapiao-bench", "--", "cross-check"]))
}

/// `cargo xtask chaos`: `tests/chaos`.
pub(crate) fn chaos<S: AsRef<OsStr>>(what: &str, arguments: &[S]) -> Result<()> {
    let mut program = cargo();
    program.args(["run", "--quiet", "--package", "fapiao-chaos", "--"]).args(arguments);
    step(what, &mut program)
}

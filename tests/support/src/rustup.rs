//! What the WebAssembly engine needs of the Rust tool chain.

use crate::shell::{program, step};
use anyhow::Result;
use std::path::PathBuf;

/// The wasm target, from rustup.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The wasm32 standard library.
pub fn wasm_target() -> Result<()> {
    let installed = program("rustup").args(["target", "list", "--installed"]).output();
    if installed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(WASM)) {
        return Ok(());
    }
    step("add the wasm target (rustup, from the network)", program("rustup").args(["target", "add", WASM]))
}

/// The source of the standard library.
pub fn rust_source() -> Result<()> {
    let sysroot = program("rustc").args(["--print", "sysroot"]).output()?.stdout;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
    if sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").exists() {
        return Ok(());
    }
    let mut add = program("rustup");
    step("add the standard library's source (rustup, from the network)", add.args(["component", "add", "rust-src"]))
}

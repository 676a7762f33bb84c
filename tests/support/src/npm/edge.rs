//! npm `fapiao-edge`: the WebAssembly engine with the facade.

use super::{REMAP, SEPARATOR, anonymous, compile, fresh, npm_pack, target, tools};
use crate::rustup;
use crate::shell::{self, step};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What wasm-opt may use: what wasm-bindgen's output and every supported runtime know.
const FEATURES: [&str; 5] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];
/// Zeros in the data stay: left out, they cut it into pieces, whose headers compress worse than zeros.
const UNCUT: &str = "--skip-pass=memory-packing";

/// Builds the package and packs it, once in a process; returns the tarball.
pub fn pack() -> Result<PathBuf> {
    static PACKED: OnceLock<PathBuf> = OnceLock::new();
    if let Some(tarball) = PACKED.get() {
        return Ok(tarball.clone());
    }
    build().map(|tarball| PACKED.get_or_init(|| tarball).clone())
}

fn build() -> Result<PathBuf> {
    let package = fresh("fapiao-edge")?;
    let tools = tools()?;
    engine(&tools, &package)?;
    let facade = shell::root().join("bindings-wasm/facade");
    compile("check and compile the facade", &package, |work| {
        super::copy_files(&facade, work, &[])?;
        fs::copy(package.join("core.d.ts"), work.join("core.d.ts"))?;
        Ok(())
    })?;
    npm_pack("fapiao-edge", "bindings-wasm")
}

/// Builds the standard library too. Stable Rust takes such flags from `RUSTC_BOOTSTRAP` only.
const SMALL: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// Without messages of panics, which nobody can see, since a panic in wasm is a trap. And without references and several
/// results between wasm and JavaScript: the glue's way around them is less code.
const FLAGS: [&str; 3] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Ctarget-feature=-reference-types,-multivalue"];

/// The wasm and its glue.
fn engine(tools: &Path, package: &Path) -> Result<()> {
    rustup::wasm_target()?;
    rustup::rust_source()?;
    let mut build = shell::cargo();
    build.args(["build", "--quiet", "--package", "fapiao-wasm", "--profile", "wasm", "--target", rustup::WASM]);
    let flags: Vec<_> = anonymous(REMAP)?.into_iter().chain(FLAGS.map(str::to_owned)).collect();
    build.args(SMALL).env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", flags.join(SEPARATOR));
    step("build the engine for wasm32", &mut build)?;
    let engine = target().join(rustup::WASM).join("wasm/fapiao_wasm.wasm");
    let glue = tempfile::tempdir()?;
    let mut bind = shell::cargo();
    bind.args(["run", "--quiet", "--package", "wasm-glue", "--"]).arg(&engine).arg(glue.path());
    step("write its glue", &mut bind)?;
    for name in ["core.js", "core.d.ts"] {
        fs::copy(glue.path().join(name), package.join(name))?;
    }
    let mut shrink = Command::new(tools.join("node_modules/.bin/wasm-opt"));
    shrink
        .arg("-Oz")
        .arg(UNCUT)
        .args(FEATURES)
        .arg(glue.path().join("core_bg.wasm"))
        .arg("-o")
        .arg(package.join("core.wasm"));
    step("shrink it", &mut shrink)
}

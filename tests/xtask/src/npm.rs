//! npm `fapiao-edge`: built, packed, and installed from the tarball.

use crate::setup;
use crate::shell::{self, program, step};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What wasm-opt may use: what wasm-bindgen's output and every supported runtime know.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-reference-types",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

/// The folder of the npm tools, which are installed where they are missing.
pub(crate) fn tools() -> Result<PathBuf> {
    if !shell::has("node") || !shell::has("npm") {
        bail!("node and npm are missing: install Node.js 20.19 or later");
    }
    let folder = shell::root().join("tests/runtimes");
    locked(&folder, "the JavaScript runtimes and tools", || {
        // The one package whose binary is put into place by its script; no other script runs.
        step("put bun into place", program("node").current_dir(folder.join("node_modules/bun")).arg("install.js"))
    })?;
    Ok(folder)
}

/// Installs what the lock file of a folder names and finishes it, where that was not done.
pub(crate) fn locked(folder: &Path, what: &str, finish: impl FnOnce() -> Result<()>) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|found| found == lock) {
        return Ok(());
    }
    let mut install = npm(folder);
    install.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
    step(&format!("install {what}"), &mut install)?;
    finish()?;
    crate::save::write(&stamp, &lock)
}

/// Builds the package and packs it; returns the tarball.
pub(crate) fn pack() -> Result<PathBuf> {
    let tools = tools()?;
    let package = shell::root().join("target/npm/fapiao-edge");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(&package)?;
    engine(&tools, &package)?;
    facade(&tools, &package)?;
    let root = shell::root();
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root.join(name), package.join(name)).with_context(|| name.to_owned())?;
    }
    for name in ["package.json", "README.md"] {
        fs::copy(root.join("bindings-wasm").join(name), package.join(name)).with_context(|| name.to_owned())?;
    }
    let folder = root.join("target/npm");
    let mut pack = npm(&folder);
    pack.args(["pack", "--silent", "--ignore-scripts", "./fapiao-edge"]);
    step("pack fapiao-edge", &mut pack)?;
    let version = env!("CARGO_PKG_VERSION");
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(package.join("package.json"))?)?;
    ensure!(
        manifest.get("version").and_then(serde_json::Value::as_str) == Some(version),
        "bindings-wasm/package.json is not at version {version}"
    );
    Ok(folder.join(format!("fapiao-edge-{version}.tgz")))
}

/// The wasm and its glue.
fn engine(tools: &Path, package: &Path) -> Result<()> {
    setup::wasm_target()?;
    let mut build = shell::cargo();
    build.args(["build", "--quiet", "--package", "fapiao-wasm", "--profile", "wasm", "--target", setup::WASM]);
    build.env("CARGO_ENCODED_RUSTFLAGS", anonymous()?);
    step("build the engine for wasm32", &mut build)?;
    let engine = target().join(setup::WASM).join("wasm/fapiao_wasm.wasm");
    let glue = tempfile::tempdir()?;
    let mut bind = shell::cargo();
    bind.args(["run", "--quiet", "--package", "wasm-glue", "--"]).arg(&engine).arg(glue.path());
    step("write its glue", &mut bind)?;
    for name in ["core.js", "core.d.ts"] {
        fs::copy(glue.path().join(name), package.join(name))?;
    }
    let mut shrink = Command::new(tools.join("node_modules/.bin/wasm-opt"));
    shrink.arg("-Oz").args(FEATURES).arg(glue.path().join("core_bg.wasm")).arg("-o").arg(package.join("core.wasm"));
    step("shrink it", &mut shrink)
}

/// Flags that keep the folders of this machine out of the engine: panics name source files.
fn anonymous() -> Result<String> {
    let home = std::env::var_os("HOME").map(PathBuf::from).context("HOME is not set")?;
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut flags = vec![format!("--remap-path-prefix={}/=", shell::root().display())];
    for registry in fs::read_dir(cargo.join("registry/src")).into_iter().flatten() {
        flags.push(format!("--remap-path-prefix={}/=", registry?.path().display()));
    }
    Ok(flags.join("\u{1f}"))
}

/// The facade, type-checked strictly and written as JavaScript with its declarations.
fn facade(tools: &Path, package: &Path) -> Result<()> {
    // Beside the glue it imports, and below the tools, where the compiler finds Node's types.
    let work = tempfile::tempdir_in(tools.join("node_modules"))?;
    for entry in fs::read_dir(shell::root().join("bindings-wasm/facade"))? {
        let path = entry?.path();
        let name = path.file_name().context("a file of the facade has no name")?;
        fs::copy(&path, work.path().join(name))?;
    }
    fs::copy(package.join("core.d.ts"), work.path().join("core.d.ts"))?;
    fs::write(work.path().join("package.json"), "{\"type\":\"module\"}")?;
    let mut compile = Command::new(tools.join("node_modules/.bin/tsc"));
    compile.arg("--project").arg(work.path()).arg("--outDir").arg(package);
    step("check and compile the facade", &mut compile)
}

/// Installs a tarball into an empty folder.
pub(crate) fn install(tarball: &Path, folder: &Path) -> Result<()> {
    fs::write(folder.join("package.json"), "{\"private\":true,\"type\":\"module\"}")?;
    let mut install = npm(folder);
    install.args(["install", "--silent", "--offline", "--no-package-lock"]).arg(tarball);
    step("install it into an empty folder", &mut install)
}

/// Runs a program of `tests/runtimes` on a runtime, with the package installed in `folder`.
pub(crate) fn run(runtime: &str, name: &str, folder: &Path, input: &serde_json::Value) -> Result<serde_json::Value> {
    let tools = tools()?;
    fs::write(folder.join("input.json"), input.to_string())?;
    let output = folder.join("output.json");
    if output.exists() {
        fs::remove_file(&output)?;
    }
    let mut node = program("node");
    node.arg(tools.join("run.mjs")).args([runtime, name]).arg(folder);
    let status = node.status().context("node could not be started")?;
    ensure!(status.success(), "{name} failed on {runtime}");
    Ok(serde_json::from_slice(&fs::read(&output)?)?)
}

/// Bytes of a file after gzip.
pub(crate) fn gzipped(path: &Path) -> Result<usize> {
    let mut gzip = program("gzip");
    let output = gzip.args(["-9", "--stdout"]).arg(path).output().context("gzip could not be started")?;
    ensure!(output.status.success(), "gzip failed");
    Ok(output.stdout.len())
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder).env("NO_UPDATE_NOTIFIER", "1").args(["--no-audit", "--no-fund", "--loglevel=error"]);
    npm
}

/// Where cargo builds to.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from)
}

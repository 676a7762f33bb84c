//! npm `fapiao`: the facade over the native engine, and the packages that hold that engine, one for each platform.

use super::{REMAP, SEPARATOR, anonymous, compile, copy_files, fresh, npm_pack, npm_pack_folder, target};
use crate::shell::{self, step};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A platform that has a package.
struct Platform {
    target: &'static str,
    os: &'static str,
    cpu: &'static str,
    /// The C library or tool chain at the end of the package's name, and the C library as npm calls it.
    suffix: &'static str,
    libc: Option<&'static str>,
}

const fn platform(target: &'static str, [os, cpu, suffix]: [&'static str; 3], libc: Option<&'static str>) -> Platform {
    Platform { target, os, cpu, suffix, libc }
}

const PLATFORMS: [Platform; 8] = [
    platform("aarch64-apple-darwin", ["darwin", "arm64", ""], None),
    platform("x86_64-apple-darwin", ["darwin", "x64", ""], None),
    platform("aarch64-unknown-linux-gnu", ["linux", "arm64", "-gnu"], Some("glibc")),
    platform("aarch64-unknown-linux-musl", ["linux", "arm64", "-musl"], Some("musl")),
    platform("x86_64-unknown-linux-gnu", ["linux", "x64", "-gnu"], Some("glibc")),
    platform("x86_64-unknown-linux-musl", ["linux", "x64", "-musl"], Some("musl")),
    platform("aarch64-pc-windows-msvc", ["win32", "arm64", "-msvc"], None),
    platform("x86_64-pc-windows-msvc", ["win32", "x64", "-msvc"], None),
];

/// Packs `fapiao`. The folder of `fapiao-edge` must be there: its types are re-exported.
pub fn pack() -> Result<PathBuf> {
    let package = fresh("fapiao")?;
    let root = shell::root();
    let manifest: Value = serde_json::from_slice(&fs::read(root.join("bindings-node/package.json"))?)?;
    declared(&manifest)?;
    compile("check and compile the facade over the native engine", &package, |work| {
        let entries = ["load.ts", "node.ts", "slim.ts", "workerd.ts", "wasm.d.ts"];
        copy_files(&root.join("bindings-wasm/facade"), work, &entries)?;
        copy_files(&root.join("bindings-node/facade"), work, &[])?;
        let edge = work.join("node_modules/fapiao-edge");
        fs::create_dir_all(&edge)?;
        copy_files(&root.join("target/npm/fapiao-edge"), &edge, &[])
    })?;
    npm_pack("fapiao", "bindings-node")
}

/// Builds the native engine for this machine and packs it.
pub fn pack_platform() -> Result<PathBuf> {
    let host = host()?;
    let mut build = shell::cargo();
    // By its name, so that its flags touch nothing else that is built for this machine.
    build.args(["build", "--quiet", "--release", "--package", "fapiao-node", "--target", &host]);
    build.env("CARGO_ENCODED_RUSTFLAGS", anonymous(REMAP)?.join(SEPARATOR));
    if cfg!(unix) {
        build.env(format!("CFLAGS_{}", host.replace('-', "_")), anonymous("-ffile-prefix-map")?.join(" "));
    }
    step("build the native engine", &mut build)?;
    let library = ["libfapiao_node.so", "libfapiao_node.dylib", "fapiao_node.dll"]
        .map(|name| target().join(&host).join("release").join(name))
        .into_iter()
        .find(|path| path.exists());
    pack_library(&host, &library.context("cargo built no library")?)
}

/// Packs a native engine that was built for a target.
pub fn pack_library(target: &str, library: &Path) -> Result<PathBuf> {
    let platform = PLATFORMS.iter().find(|platform| platform.target == target);
    let platform = platform.with_context(|| format!("there is no package for {target}"))?;
    let name = platform.package();
    let package = fresh(&name)?;
    fs::copy(library, package.join("fapiao.node")).with_context(|| library.display().to_string())?;
    let mut manifest = json!({
        "name": name,
        "version": env!("CARGO_PKG_VERSION"),
        "description": format!("The native engine of fapiao for {target}"),
        "license": "MIT OR Apache-2.0",
        "main": "fapiao.node",
        "files": ["fapiao.node"],
        "os": [platform.os],
        "cpu": [platform.cpu],
    });
    if let (Some(libc), Some(manifest)) = (platform.libc, manifest.as_object_mut()) {
        // npm leaves a package for another C library out.
        manifest.insert("libc".to_owned(), json!([libc]));
    }
    fs::write(package.join("package.json"), serde_json::to_vec_pretty(&manifest)?)?;
    npm_pack_folder(&name)
}

impl Platform {
    fn package(&self) -> String {
        format!("fapiao-{}-{}{}", self.os, self.cpu, self.suffix)
    }
}

/// Everything that belongs together is asked for in exactly this version.
fn declared(manifest: &Value) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let wanted = PLATFORMS.iter().map(|platform| (platform.package(), json!(version))).collect();
    ensure!(
        manifest.get("optionalDependencies") == Some(&Value::Object(wanted)),
        "bindings-node/package.json does not name every platform's package at version {version}"
    );
    ensure!(
        manifest.get("dependencies") == Some(&json!({ "fapiao-edge": version })),
        "bindings-node/package.json does not pin fapiao-edge at version {version}"
    );
    Ok(())
}

/// The target this machine builds for.
fn host() -> Result<String> {
    let output = shell::program("rustc").arg("-vV").output().context("rustc could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned).context("rustc does not name its host")
}

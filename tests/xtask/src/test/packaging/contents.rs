//! What is in a tarball: what its table says, and nothing else.

use super::{FACADE, Package, engines, project};
use crate::shell::{self, program, step};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Unpacks the tarballs and looks; the first is the package's own.
pub(super) fn check(package: &Package, tarballs: &[&Path]) -> Result<()> {
    for (index, tarball) in tarballs.iter().enumerate() {
        let folder = tempfile::tempdir()?;
        let mut tar = program("tar");
        tar.args(["--extract", "--gzip", "--file"]).arg(tarball).arg("-C").arg(folder.path());
        step("unpack it", &mut tar)?;
        let root = folder.path().join("package");
        no_paths(&root)?;
        if index == 0 {
            own(package, &root)?;
        }
    }
    Ok(())
}

fn own(package: &Package, root: &Path) -> Result<()> {
    list(package, root)?;
    let wasm = engines(root)?;
    ensure!(wasm.len() <= 1, "{} wasm files are packed: {wasm:?}", wasm.len());
    let manifest = shell::root().join("tests/packaging/manifest.mjs");
    step("look at its exports", program("node").arg(manifest).arg(root))
}

fn list(package: &Package, root: &Path) -> Result<()> {
    let modules = FACADE
        .split_whitespace()
        .chain(package.modules.iter().copied())
        .flat_map(|name| [format!("{name}.d.ts"), format!("{name}.js")]);
    let wanted: BTreeSet<_> = modules.chain(package.files.iter().map(|name| (*name).to_owned())).collect();
    let mut found = BTreeSet::new();
    for path in project::files(root)? {
        found.insert(path.strip_prefix(root)?.to_string_lossy().into_owned());
    }
    let (missing, surplus) = (wanted.difference(&found), found.difference(&wanted));
    let (missing, surplus): (Vec<_>, Vec<_>) = (missing.collect(), surplus.collect());
    ensure!(missing.is_empty() && surplus.is_empty(), "{}: missing {missing:?}, surplus {surplus:?}", package.name);
    println!("   {}: {} files", package.name, found.len());
    Ok(())
}

/// Neither sources nor folders of the machine it was built on.
fn no_paths(root: &Path) -> Result<()> {
    let home = std::env::var_os("HOME").map(PathBuf::from).context("HOME is not set")?;
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let places = [shell::root(), cargo].map(|place| place.to_string_lossy().into_owned());
    for path in project::files(root)? {
        let bytes = fs::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        let telling = places.iter().map(String::as_str).chain(["sourceMappingURL", "/.cargo/"]);
        let found: Vec<_> = telling.filter(|place| text.contains(place)).collect();
        ensure!(found.is_empty(), "{} tells where it was built: {found:?}", path.display());
    }
    Ok(())
}

//! The packed packages in empty projects: what their users' own tools make of them.

mod browser;
mod bundles;
mod contents;
mod programs;
mod project;
mod runtimes;

use crate::npm;
use anyhow::Result;
use project::Project;
use std::path::{Path, PathBuf};

/// A package that is published.
struct Package {
    name: &'static str,
    /// Builds and packs it.
    pack: fn() -> Result<PathBuf>,
    /// The modules of its own, each with JavaScript and declarations.
    modules: &'static [&'static str],
    /// Whatever else it holds.
    files: &'static [&'static str],
    /// The folders of `tests/packaging` it is tried in.
    projects: &'static [Trial],
}

/// A project of a user.
struct Trial {
    folder: &'static str,
    run: fn(&Project) -> Result<()>,
}

const PACKAGES: &[Package] = &[Package {
    name: "fapiao-edge",
    pack: npm::pack,
    modules: &[
        "bytes",
        "call",
        "caller",
        "callers",
        "core",
        "drive",
        "engine",
        "errors",
        "index",
        "keys",
        "slim",
        "static",
        "transport",
    ],
    files: &["LICENSE-APACHE", "LICENSE-MIT", "README.md", "core.wasm", "package.json"],
    projects: &[
        Trial { folder: "esm", run: programs::esm },
        Trial { folder: "cjs", run: programs::cjs },
        Trial { folder: "copies", run: programs::copies },
        Trial { folder: "typescript", run: programs::typescript },
        Trial { folder: "workerd", run: bundles::workerd },
        Trial { folder: "browser", run: browser::run },
        Trial { folder: "runtimes", run: runtimes::run },
    ],
}];

/// Checks what each package holds, then tries it in each project.
pub(super) fn run() -> Result<()> {
    for package in PACKAGES {
        let tarball = (package.pack)()?;
        contents::check(package, &tarball)?;
        for trial in package.projects {
            println!("── {} in the project {}", package.name, trial.folder);
            (trial.run)(&Project::make(package.name, trial.folder, &tarball)?)?;
        }
    }
    Ok(())
}

/// The wasm files below a folder.
fn engines(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = project::files(folder)?;
    Ok(files.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "wasm")).collect())
}

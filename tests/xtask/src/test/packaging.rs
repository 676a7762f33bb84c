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
    /// Builds and packs it, and after it whatever it brings along.
    pack: fn() -> Result<Vec<PathBuf>>,
    /// The modules beside those of the facade, each with JavaScript and declarations.
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

/// The modules of the facade, which both packages hold.
const FACADE: &str = "advance arrived call callback caller callers client codes drive engine errors express failure hono inbox incoming index keys koa life \
    next node options outcome push redis slim store testing transport units values web";

const PACKAGES: &[Package] = &[
    Package {
        name: "fapiao-edge",
        pack: || Ok(vec![npm::edge::pack()?]),
        modules: &["core", "load", "workerd"],
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
    },
    Package {
        name: "fapiao",
        pack: || npm::pack().map(|packed| vec![packed.fapiao, packed.edge, packed.platform]),
        modules: &["edge", "native"],
        files: &["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"],
        projects: &[
            Trial { folder: "esm", run: programs::esm },
            Trial { folder: "cjs", run: programs::cjs },
            Trial { folder: "typescript", run: programs::typescript },
        ],
    },
];

/// Checks what each package holds, then tries it in each project.
pub(super) fn run() -> Result<()> {
    for package in PACKAGES {
        let tarballs = (package.pack)()?;
        let tarballs: Vec<&Path> = tarballs.iter().map(PathBuf::as_path).collect();
        contents::check(package, &tarballs)?;
        for trial in package.projects {
            println!("── {} in the project {}", package.name, trial.folder);
            (trial.run)(&Project::make(package.name, trial.folder, &tarballs)?)?;
        }
    }
    Ok(())
}

/// The wasm files below a folder.
fn engines(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = project::files(folder)?;
    Ok(files.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "wasm")).collect())
}

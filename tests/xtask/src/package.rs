//! `cargo xtask package`: the npm packages as tarballs.

use crate::npm;
use anyhow::Result;
use std::path::PathBuf;

/// Packs `fapiao`, `fapiao-edge` and the native engine for this machine; or only an engine that was built for another one.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The target that a library was built for.
    #[arg(long, value_name = "TRIPLE", requires = "library")]
    target: Option<String>,
    /// That library.
    #[arg(long, value_name = "FILE", requires = "target")]
    library: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let tarballs = if let (Some(target), Some(library)) = (&options.target, &options.library) {
        vec![npm::native::pack_library(target, library)?]
    } else {
        let npm::Packed { fapiao, edge, platform } = npm::pack()?;
        vec![fapiao, edge, platform]
    };
    for tarball in tarballs {
        println!("packed: {}", tarball.display());
    }
    Ok(())
}

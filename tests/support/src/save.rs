//! Saving a file whole or not at all.

use anyhow::{Context, Result};
use std::io::Write;
use std::path::Path;

/// Writes a file beside its place and then moves it there: a full disk leaves nothing half-written under its name.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .with_context(|| format!("{} cannot be written to", folder.display()))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).with_context(|| {
        format!("{} was not saved: is the disk full? nothing was left under that name", path.display())
    })?;
    file.persist(path).with_context(|| format!("{} cannot be put into place", path.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_under_its_name_and_nothing_is_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made").join("x.pdf");
        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let error = write(Path::new("/dev/null/x.pdf"), b"never").unwrap_err();
        assert!(error.to_string().contains("/dev/null"), "{error}");
    }
}

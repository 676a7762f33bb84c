//! Words that only documentation needs.

/// What only documentation needs: left out where the feature `docs` is, since every byte of a wasm file counts.
pub(crate) const fn prose(text: &'static str) -> &'static str {
    if cfg!(feature = "docs") { text } else { "" }
}

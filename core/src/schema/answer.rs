//! What is answered.

use super::field::Table;

/// What is answered.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AnswerKind {
    /// A JSON object.
    Json(&'static Table),
    /// Accepted (202, empty): the result comes later.
    Accepted,
    /// Done, and there is nothing to tell (204, empty).
    NoContent,
    /// A file.
    File {
        /// Whether its SM3 digest comes in a header.
        digest: FileDigest,
    },
}

/// Whether a file comes with its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileDigest {
    /// The `SM3-Digest` header is required.
    Sm3,
    /// No digest is documented.
    None,
}

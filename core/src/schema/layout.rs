//! How a request is laid out, and what kind of answer it gets.

use super::{Call, Table};

/// How a request is laid out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Layout {
    /// Path, query and a JSON body where a field goes there.
    Json,
    /// A multipart upload.
    Upload {
        /// The part that holds the file.
        part: &'static str,
        /// Most bytes of the file; 0 where no document says.
        max_bytes: usize,
    },
    /// A plain request to the URL that an earlier answer gave: no signature either way.
    Download {
        /// The call that gives a fresh link.
        link_from: &'static Call,
    },
}

impl Layout {
    /// Whether it is a plain request to a URL that was answered.
    pub const fn is_download(&self) -> bool {
        matches!(self, Layout::Download { .. })
    }
}

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

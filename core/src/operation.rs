//! One typed request value, and the type of what answers it.

use crate::catalogue::Call;
use crate::error::{Code, Error, Result};
use crate::protocol::{Attachment, Verified};
use serde::Serialize;

/// A call's request as a value.
pub trait Operation: Serialize {
    /// What answers it.
    type Answer: Reply;
    /// Its entry in the catalogue.
    const CALL: &'static Call;

    /// The file that goes with it.
    fn attachment(&self) -> Option<Attachment> {
        None
    }
}

/// What can answer an operation.
pub trait Reply: Sized {
    /// Reads it from a verified answer.
    #[doc(hidden)]
    fn read(verified: &Verified<Self>) -> Result<Self>;

    /// What it is when no answer survived, but the call that tells says the request was taken.
    #[doc(hidden)]
    fn taken() -> Result<Self> {
        Err(Error::new(Code::SendLost, "the request was taken, but its answer was lost"))
    }
}

/// The gateway has taken the request; its result comes later (202, empty).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted;

impl Reply for Accepted {
    fn read(verified: &Verified<Self>) -> Result<Self> {
        verified.accepted().map(|()| Accepted)
    }

    fn taken() -> Result<Self> {
        Ok(Accepted)
    }
}

/// A downloaded file whose digest, where one is documented, is right.
#[derive(Clone)]
#[non_exhaustive]
pub struct File {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The media type by its first bytes: `application/pdf`, or `application/ofd`.
    pub media_type: &'static str,
    /// The name the gateway gives it.
    pub filename: Option<String>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File")
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl Reply for File {
    fn read(verified: &Verified<Self>) -> Result<Self> {
        verified.file().cloned().ok_or_else(|| Error::new(Code::InputState, "this answer holds no file"))
    }
}

//! One typed request value, and the type of what answers it.

use crate::error::{Code, Error, Result};
use crate::protocol::{Attachment, File, Reply, Verified};
use crate::schema::Call;
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

/// The gateway has taken the request; its result comes later (202, empty).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted;

impl Reply for Accepted {
    fn read(_: &Verified<Self>) -> Result<Self> {
        Ok(Accepted)
    }

    fn on_confirmed() -> Result<Self> {
        Ok(Accepted)
    }
}

/// It is done, and there is nothing to tell (204, empty).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoContent;

impl Reply for NoContent {
    fn read(_: &Verified<Self>) -> Result<Self> {
        Ok(NoContent)
    }
}

impl Reply for File {
    fn read(verified: &Verified<Self>) -> Result<Self> {
        verified.file().cloned().ok_or_else(|| Error::new(Code::InputState, "this answer holds no file"))
    }
}

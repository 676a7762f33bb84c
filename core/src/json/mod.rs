//! JSON as text: values are slices of what came, so nothing is converted and no digit is lost.

mod escape;
mod mended;
mod raw;
mod write;

pub(crate) use escape::quote;
pub(crate) use mended::mended;
pub(crate) use raw::{MAX_SAFE, Object, Raw, Shape, safe_integer};
pub(crate) use write::{Members, list};

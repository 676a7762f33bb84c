//! The protocol, one file per step of the official documents.

mod authorization;
mod claim;
mod download;
mod draft;
mod headers;
mod message;
mod multipart;
mod pending;
pub(crate) mod remote;
mod target;
mod unsigned;
mod verified;

pub use claim::{Claim, Settled};
pub(crate) use draft::Draft;
pub use multipart::Attachment;
pub use pending::Pending;
pub use verified::Verified;

//! The protocol, one file per step of the official documents.

pub(crate) mod authorization;
mod claim;
pub(crate) mod download;
mod draft;
mod headers;
pub(crate) mod http_message;
pub(crate) mod message;
pub(crate) mod multipart;
mod pending;
pub(crate) mod remote;
pub(crate) mod target;
mod unsigned;
mod verified;

pub use claim::{Claim, Settled};
pub(crate) use draft::Draft;
pub use http_message::{Incoming, Outgoing};
pub use multipart::Attachment;
pub use pending::Pending;
pub use verified::Verified;

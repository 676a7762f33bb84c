//! The protocol, one file per step of the official documents.

pub(crate) mod authorization;
mod body_form;
mod claim;
mod disposition;
pub(crate) mod download;
mod draft;
mod echo;
mod file;
mod headers;
pub(crate) mod http_message;
mod laid_out;
pub(crate) mod message;
pub(crate) mod multipart;
mod opened;
mod pending;
pub(crate) mod remote;
pub(crate) mod resource;
mod signed;
mod subject;
pub(crate) mod target;
mod unsigned;
mod verified;

pub use claim::Claim;
pub(crate) use draft::{Draft, Late};
pub use file::File;
pub(crate) use http_message::ResponseView;
pub use http_message::{Incoming, Outgoing};
pub use multipart::Attachment;
pub use pending::Pending;
pub use signed::SignatureCheck;
pub(crate) use signed::{Origin, Signed};
pub(crate) use subject::Subject;
pub use verified::{Reply, Verified};

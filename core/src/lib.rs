//! WeChat electronic invoices without I/O: typed operations in, signed requests out; raw answers in, verified values out.
//!
//! A [caller](callers) fixes an [`Operation`] at a [`Moment`]; [`Pending`] becomes an `http::Request`, the response becomes a
//! [`Claim`], a checked claim is [`Verified`], and only that can be parsed. [`Flow`] strings the steps together and repeats a
//! call where that is right.

pub mod account;
mod base64;
pub mod callbacks;
pub mod callers;
mod calls;
pub mod catalogue;
pub mod codec;
mod crypto;
pub mod error;
pub mod ffi;
pub mod flow;
mod identity;
mod json;
pub mod keys;
pub mod life;
mod moment;
mod operation;
pub mod pay;
mod printable;
mod protocol;
pub mod pushes;
pub mod schema;
mod secret;
mod url;
#[cfg(test)]
mod vectors;

pub use callers::{Account, Component, Direct, Hosts, MerchantConfig, Partner, SubMerchant};
pub use codec::{Fen, Quantity, Rate, UnitPrice, Warning};
pub use error::{Code, Error, Fault, Result};
pub use flow::{Flow, Outcome, SeenAnswers, Step};
#[cfg(feature = "_local-keys")]
pub use keys::PrivateKey;
pub use keys::{ApiV3Key, KeyRing, MerchantCertificate};
pub use moment::Moment;
pub use operation::{Accepted, NoContent, Operation};
pub use protocol::{Attachment, Claim, File, Pending, Reply, SignatureCheck, Verified};
pub use secret::{Personal, Secret};

//! WeChat electronic invoices without I/O: typed operations in, signed requests out; raw answers in, verified values out.
//!
//! A [caller](callers) fixes an [`Operation`] at a [`Moment`]; [`Pending`] becomes an `http::Request`, the response becomes a
//! [`Claim`], a checked claim is [`Verified`], and only that can be parsed. [`Flow`] strings the steps together and repeats a
//! call where that is right.

pub mod account;
mod base64;
pub mod callers;
mod calling;
pub mod catalogue;
mod crypto;
pub mod error;
pub mod flow;
pub mod keys;
mod moment;
mod operation;
pub mod pay;
mod protocol;
mod secret;
mod text;
mod url;
#[cfg(test)]
mod vectors;
pub mod wire;

pub use callers::{Account, Direct, Hosts, MerchantConfig, Partner, SubMerchant};
pub use error::{Code, Error, Fault, Result};
pub use flow::{Flow, Outcome, Step};
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
pub use keys::PrivateKey;
pub use keys::{KeyRing, MerchantCertificate};
pub use moment::Moment;
pub use operation::{Accepted, File, Operation, Reply};
pub use protocol::{Attachment, Claim, Pending, Settled, Verified};
pub use secret::{Personal, Secret};

#[cfg(all(doctest, any(feature = "aws-lc", feature = "rsa")))]
#[doc = include_str!("../../README.md")]
struct Readme;

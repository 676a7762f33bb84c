//! `WeChat` electronic invoices without I/O: typed operations in, signed requests out; raw answers in, verified values out.

mod crypto;
pub mod error;
pub mod keys;
mod moment;
mod secret;

pub use error::{Code, Error, Fault, Result};
pub use moment::Moment;
pub use secret::{Personal, Secret};

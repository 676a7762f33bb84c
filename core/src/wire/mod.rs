//! The line between JSON and the tables: what every binding stands on.

pub(crate) mod check;
mod door;
pub(crate) mod encode;
pub(crate) mod escape;
mod nearest;
pub(crate) mod object;
mod opening;
pub(crate) mod read;
pub mod report;
mod strangers;
mod value;
mod write;

pub use crate::protocol::{Incoming, Outgoing};
pub(crate) use door::ACCEPTED;
pub use door::{Door, WireAnswer, WireCall};
pub(crate) use value::open_enum;
pub use value::{Digits, Extra, Key, Wire};

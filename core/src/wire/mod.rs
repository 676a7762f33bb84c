//! The line between JSON and the tables: what every binding stands on.

pub(crate) mod check;
mod course;
mod door;
pub(crate) mod encode;
pub(crate) mod escape;
mod nearest;
pub(crate) mod object;
mod opening;
mod parts;
pub(crate) mod read;
pub mod report;
mod strangers;
mod value;
mod write;

pub use crate::protocol::{Incoming, Outgoing};
pub use course::Course;
pub(crate) use door::ACCEPTED;
pub use door::{Door, WireAnswer, WireCall};
pub use parts::{Parts, given, tell};
pub(crate) use value::open_enum;
pub use value::{Digits, Extra, Key, Wire};

//! The line between JSON and the tables.

pub(crate) mod check;
pub(crate) mod encode;
mod nearest;
pub(crate) mod object;
pub(crate) mod read;
mod value;

pub use object::Key;
pub(crate) use value::open_enum;
pub use value::{Digits, Extra, Wire};

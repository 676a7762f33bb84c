//! The table codec: payloads laid out and answers read by the official tables.

mod decode;
mod digits;
mod encode;
mod extra;
mod field_type;
mod json_key;
mod open_enum;
mod suggest;
mod unknown_fields;
mod validate;

pub(crate) use decode::{BigNumbers, decode};
pub use digits::Digits;
pub use encode::Warning;
pub(crate) use encode::{Supply, Url, encode};
pub use extra::Extra;
pub use field_type::FieldType;
pub use json_key::JsonKey;
pub(crate) use open_enum::open_enum;
pub(crate) use suggest::{unknown_call, unknown_entry};

//! The table codec: payloads laid out and answers read by the official tables.

mod amounts;
mod checks;
mod conditions;
mod decimal;
mod decode;
mod digits;
mod encode;
mod encoded;
mod extra;
mod field_type;
mod json_key;
mod numbers;
mod open_enum;
mod rfc3339;
mod suggest;
mod unknown_fields;
mod validate;

pub use amounts::{Fen, Quantity, Rate, UnitPrice};
pub use decimal::Decimal;
pub(crate) use decode::{Encrypted, decode};
pub use digits::Digits;
pub(crate) use encode::encode;
pub use encoded::Warning;
pub(crate) use encoded::{Supply, Url};
pub use extra::Extra;
pub use field_type::FieldType;
pub use json_key::JsonKey;
pub(crate) use numbers::for_floats;
pub(crate) use open_enum::open_enum;
pub(crate) use suggest::{unknown_call, unknown_entry};

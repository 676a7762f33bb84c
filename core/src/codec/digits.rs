//! Identifiers of digits, which both strings and numbers carry on the wire.

use super::FieldType;
use super::numbers;
use crate::json::Raw;
use crate::schema::Kind;
use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// An identifier of digits, read from a string or from a number of any length.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits(String);

impl Digits {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Digits {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl FieldType for Digits {
    const KIND: Kind = Kind::Digits;
}

impl Serialize for Digits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::of(<&RawValue>::deserialize(deserializer)?);
        raw.owned_text()
            .or_else(|| numbers::whole_digits(raw))
            .map(Self)
            .ok_or_else(|| de::Error::custom("neither text nor a whole number"))
    }
}

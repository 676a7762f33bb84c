//! How Rust types stand in the tables.

use super::numbers;
use crate::json::Raw;
use crate::schema::{Kind, Unit};
use crate::secret::{Personal, Secret};
use serde::de::{self, Deserialize, Deserializer, MapAccess};
use serde_json::value::RawValue;

/// A type that can be a field of an official table.
pub trait FieldType: Sized {
    /// What the table says it holds.
    const KIND: Kind;
    /// What it counts, where the type says so.
    const UNIT: Unit = Unit::None;

    /// Reads a required value.
    #[doc(hidden)]
    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>
    where
        Self: Deserialize<'de>,
    {
        map.next_value()
    }

    /// Reads an optional value; null counts as absent.
    #[doc(hidden)]
    fn read_optional<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error>
    where
        Self: Deserialize<'de>,
    {
        map.next_value()
    }
}

impl FieldType for String {
    const KIND: Kind = Kind::Text;
}

impl FieldType for Secret {
    const KIND: Kind = Kind::Text;
}

impl FieldType for Personal {
    const KIND: Kind = Kind::Text;
}

impl FieldType for bool {
    const KIND: Kind = Kind::Boolean;
}

impl<T: FieldType> FieldType for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
}

impl FieldType for i64 {
    const KIND: Kind = Kind::Integer;

    fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value::<Number>().map(|number| number.0)
    }

    fn read_optional<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(map.next_value::<Option<Number>>()?.map(|number| number.0))
    }
}

/// A whole number, also where a sample shows it as a string.
pub(super) struct Number(pub(super) i64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        numbers::whole_number(Raw::of(raw)).map(Self).ok_or_else(|| de::Error::custom("not a whole number"))
    }
}

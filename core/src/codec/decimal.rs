//! Numbers that may have a fraction, kept as they are written: no float ever holds them.

use super::FieldType;
use crate::json::{Raw, Shape};
use crate::schema::Kind;
use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A number as it is written, such as `1.5`, read from a number or from a string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Decimal {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl FieldType for Decimal {
    const KIND: Kind = Kind::Decimal;
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::of(<&RawValue>::deserialize(deserializer)?);
        written(raw).map(Self).ok_or_else(|| de::Error::custom("neither text nor a number"))
    }
}

/// A number as it is written, also where a sample shows it as a string.
pub(super) fn written(raw: Raw<'_>) -> Option<String> {
    raw.owned_text().or_else(|| (raw.shape() == Shape::Number).then(|| raw.get().to_owned()))
}

/// Whether it is digits, with a fraction or without, and a sign or none: what every reader of JSON takes for that number.
pub(super) fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole) && digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_digits_with_or_without_a_fraction() {
        for good in ["0", "1", "1.5", "-0.25", "100000000000000000000.000000000000000000001"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in ["", "-", "1.", ".5", "01", "1e2", "+1", " 1", "1.5.5", "一"] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }

    #[test]
    fn it_is_read_from_numbers_and_strings_alike() {
        for (written, read) in [("1.50", "1.50"), ("\"1.50\"", "1.50"), ("2", "2"), ("\"\"", "")] {
            assert_eq!(serde_json::from_str::<Decimal>(written).unwrap().as_str(), read);
        }
        assert!(serde_json::from_str::<Decimal>("true").is_err());
    }
}

//! Numbers that the gateway counts in small units: money in fen, quantities, prices, rates. They are read from the text people write
//! and written as such; no float ever holds them.

use super::FieldType;
use super::decimal::is_decimal;
use super::field_type::Number;
use crate::error::{self, Code, Error};
use crate::json::MAX_SAFE;
use crate::schema::{Kind, Unit};
use serde::de::{Deserialize, Deserializer, MapAccess};
use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! amounts {
    ($($(#[$doc:meta])* $name:ident, $unit:ident, $read:ident, $places:literal, $least:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// In its unit, as it travels.
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// In its unit, as it travels.
            pub const fn get(self) -> i64 {
                self.0
            }

            /// From decimal text.
            ///
            /// # Errors
            /// `input.type` for what is no decimal number, `input.range` for more decimals than the unit has, or a number beyond 2^53.
            pub fn $read(text: &str) -> error::Result<Self> {
                scaled(text, $places).map(Self)
            }
        }

        /// As decimal text.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&written(self.0, $places, $least))
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl From<$name> for i64 {
            fn from(amount: $name) -> Self {
                amount.0
            }
        }

        impl FieldType for $name {
            const KIND: Kind = Kind::Integer;
            const UNIT: Unit = Unit::$unit;

            fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
                i64::read(map).map(Self)
            }

            fn read_optional<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self>, A::Error> {
                Ok(i64::read_optional(map)?.map(Self))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Number::deserialize(deserializer).map(|number| Self(number.0))
            }
        }
    )*};
}

amounts! {
    /// Money in fen (分), 1/100 yuan; its text is yuan.
    ///
    /// ```
    /// # use fapiao::Fen;
    /// assert_eq!(Fen::from_yuan("12.30")?.get(), 1230);
    /// assert_eq!(Fen::new(1230).to_string(), "12.30");
    /// # Ok::<(), fapiao::Error>(())
    /// ```
    Fen, Fen, from_yuan, 2, 2;
    /// A quantity (数量) in units of 10^-8.
    ///
    /// ```
    /// # use fapiao::Quantity;
    /// assert_eq!(Quantity::from_decimal("1.5")?.get(), 150_000_000);
    /// assert_eq!(Quantity::new(100_000_000).to_string(), "1");
    /// # Ok::<(), fapiao::Error>(())
    /// ```
    Quantity, HundredMillionth, from_decimal, 8, 0;
    /// The price of one unit (单价) in 10^-6 fen, which is 10^-8 yuan; its text is yuan.
    ///
    /// ```
    /// # use fapiao::UnitPrice;
    /// assert_eq!(UnitPrice::from_yuan("0.5")?.get(), 50_000_000);
    /// assert_eq!(UnitPrice::new(1_230_000_000).to_string(), "12.30");
    /// # Ok::<(), fapiao::Error>(())
    /// ```
    UnitPrice, MillionthFen, from_yuan, 8, 2;
    /// A tax rate (税率) in 1/10000; its text is a percentage without the sign.
    ///
    /// ```
    /// # use fapiao::Rate;
    /// assert_eq!(Rate::from_percent("6")?.get(), 600);
    /// assert_eq!(Rate::new(150).to_string(), "1.5");
    /// # Ok::<(), fapiao::Error>(())
    /// ```
    Rate, TenThousandth, from_percent, 2, 0;
}

/// A decimal number times 10^places, whole and below 2^53.
fn scaled(text: &str, places: usize) -> error::Result<i64> {
    if !is_decimal(text) {
        let message = "the text is no decimal number: write digits with or without a fraction, such as 12.30";
        return Err(Error::new(Code::InputType, message));
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places {
        return Err(Error::new(Code::InputRange, format!("there are more than {places} decimals")));
    }
    let number = format!("{whole}{fraction:0<places$}").parse::<i64>().ok();
    let number = number.filter(|number| (-MAX_SAFE..=MAX_SAFE).contains(number));
    number.ok_or_else(|| Error::new(Code::InputRange, "the number is too large"))
}

/// A whole number divided by 10^places, with as many decimals as it needs, and `least` at least.
fn written(number: i64, places: usize, least: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    let fraction = format!("{:0<least$}", fraction.trim_end_matches('0'));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_whole_numbers_of_the_unit() {
        for (text, fen) in [
            ("12.30", 1230),
            ("12.3", 1230),
            ("12", 1200),
            ("0.01", 1),
            ("-0.5", -50),
            ("12.3000", 1230),
            ("0", 0),
            ("90071992547409.91", MAX_SAFE),
        ] {
            assert_eq!(Fen::from_yuan(text).unwrap().get(), fen, "{text}");
        }
        assert_eq!(Quantity::from_decimal("0.00000001").unwrap().get(), 1);
        assert_eq!(UnitPrice::from_yuan("0.885").unwrap().get(), 88_500_000);
        assert_eq!(Rate::from_percent("13").unwrap().get(), 1300);
    }

    #[test]
    fn what_a_unit_cannot_hold_is_refused_and_never_rounded() {
        for (text, code) in [
            ("12.345", Code::InputRange),
            ("90071992547409.92", Code::InputRange),
            ("99999999999999999999", Code::InputRange),
            ("1,234.00", Code::InputType),
            ("¥12", Code::InputType),
            ("1e2", Code::InputType),
            ("", Code::InputType),
            (" 12", Code::InputType),
            ("12.", Code::InputType),
        ] {
            assert_eq!(Fen::from_yuan(text).unwrap_err().code(), code, "{text}");
        }
        assert_eq!(Rate::from_percent("6.005").unwrap_err().code(), Code::InputRange);
    }

    #[test]
    fn whole_numbers_become_text_again() {
        for (fen, text) in
            [(1230, "12.30"), (1200, "12.00"), (1, "0.01"), (0, "0.00"), (-50, "-0.50"), (-1230, "-12.30")]
        {
            assert_eq!(Fen::new(fen).to_string(), text);
            assert_eq!(Fen::from_yuan(text).unwrap().get(), fen);
        }
        assert_eq!(Fen::new(i64::MIN).to_string(), "-92233720368547758.08");
        for (number, text) in [(100_000_000, "1"), (150_000_000, "1.5"), (1, "0.00000001"), (0, "0")] {
            assert_eq!(Quantity::new(number).to_string(), text);
        }
        assert_eq!(Rate::new(600).to_string(), "6");
        assert_eq!(Rate::new(50).to_string(), "0.5");
    }
}

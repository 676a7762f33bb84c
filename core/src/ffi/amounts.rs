//! Amounts, for languages that pass texts: no float is on the way.

use crate::codec::{Fen, Quantity, Rate, UnitPrice};
use crate::error::{Code, Error, Result};

/// A number in another unit, as text: what is wanted, and its counterpart.
///
/// | `wanted` | Of |
/// |---|---|
/// | `fen` | yuan, decimal |
/// | `yuan` | fen |
/// | `quantity` | a decimal number |
/// | `count` | a quantity, 10^-8 |
/// | `unit_price` | yuan, decimal |
/// | `price` | a unit price, 10^-6 fen |
/// | `rate` | per cent, decimal |
/// | `percent` | a rate, 1/10000 |
///
/// # Errors
/// `input.type`, `input.range`; the field is what is wanted.
pub fn amount(wanted: &str, text: &str) -> Result<String> {
    let whole = || text.parse::<i64>().map_err(|_| Error::new(Code::InputType, "a whole number is wanted"));
    let digits = |number: i64| number.to_string();
    let converted = match wanted {
        "fen" => Fen::from_yuan(text).map(i64::from).map(digits),
        "yuan" => whole().map(|fen| Fen::new(fen).to_string()),
        "quantity" => Quantity::from_decimal(text).map(i64::from).map(digits),
        "count" => whole().map(|quantity| Quantity::new(quantity).to_string()),
        "unit_price" => UnitPrice::from_yuan(text).map(i64::from).map(digits),
        "price" => whole().map(|price| UnitPrice::new(price).to_string()),
        "rate" => Rate::from_percent(text).map(i64::from).map(digits),
        "percent" => whole().map(|rate| Rate::new(rate).to_string()),
        _ => Err(Error::new(Code::InputType, "the unit is unknown")),
    };
    converted.map_err(|error| error.at(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_is_read_and_written() {
        for (unit, number, written, text) in [
            ("fen", "1230", "yuan", "12.30"),
            ("quantity", "150000000", "count", "1.5"),
            ("unit_price", "88500000", "price", "0.885"),
            ("rate", "600", "percent", "6"),
        ] {
            assert_eq!(amount(unit, text).unwrap(), number);
            assert_eq!(amount(written, number).unwrap(), text);
        }
    }

    #[test]
    fn what_is_wanted_is_the_field_at_fault() {
        for (wanted, text) in [("fen", "12.345"), ("percent", "6 %"), ("jiao", "1")] {
            assert_eq!(amount(wanted, text).unwrap_err().field(), Some(wanted));
        }
    }
}

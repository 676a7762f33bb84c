//! Amounts, for languages that pass texts: no float is on the way.

use crate::codec::{Fen, Quantity, Rate, UnitPrice};
use crate::error::{Code, Error, Result};

/// The whole number that a decimal text is in a unit: `fen` (of yuan), `quantity`, `unit_price` (of yuan), `rate` (of per cent).
///
/// # Errors
/// `input.type`, `input.range`; the field is the unit.
pub fn number_of(unit: &str, text: &str) -> Result<String> {
    let (read, _) = of(unit)?;
    read(text).map(|number| number.to_string()).map_err(|error| error.at(unit))
}

/// The decimal text of a whole number in a unit.
///
/// # Errors
/// `input.type`; the field is the unit.
pub fn text_of(unit: &str, number: &str) -> Result<String> {
    let (_, write) = of(unit)?;
    let number = number.parse().map_err(|_| Error::new(Code::InputType, "a whole number is wanted").at(unit))?;
    Ok(write(number))
}

type Read = fn(&str) -> Result<i64>;
type Write = fn(i64) -> String;

fn of(unit: &str) -> Result<(Read, Write)> {
    match unit {
        "fen" => Ok((|text| Fen::from_yuan(text).map(i64::from), |number| Fen::new(number).to_string())),
        "quantity" => {
            Ok((|text| Quantity::from_decimal(text).map(i64::from), |number| Quantity::new(number).to_string()))
        }
        "unit_price" => {
            Ok((|text| UnitPrice::from_yuan(text).map(i64::from), |number| UnitPrice::new(number).to_string()))
        }
        "rate" => Ok((|text| Rate::from_percent(text).map(i64::from), |number| Rate::new(number).to_string())),
        _ => Err(Error::new(Code::InputType, "the unit is unknown").at("unit")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_is_read_and_written() {
        for (unit, text, number) in [
            ("fen", "12.30", "1230"),
            ("quantity", "1.5", "150000000"),
            ("unit_price", "0.885", "88500000"),
            ("rate", "6", "600"),
        ] {
            assert_eq!(number_of(unit, text).unwrap(), number, "{unit}");
            assert!(text.starts_with(&text_of(unit, number).unwrap()), "{unit}");
        }
    }

    #[test]
    fn the_unit_is_the_field_at_fault() {
        assert_eq!(number_of("fen", "12.345").unwrap_err().field(), Some("fen"));
        assert_eq!(text_of("rate", "6 %").unwrap_err().field(), Some("rate"));
        assert_eq!(number_of("jiao", "1").unwrap_err().field(), Some("unit"));
    }
}

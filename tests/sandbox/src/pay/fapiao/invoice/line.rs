//! One line of goods.

use serde::Deserialize;
use serde_json::{Value, json};

/// One line of goods as it was ordered, tax included.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Line {
    pub(crate) tax_code: String,
    #[serde(default)]
    pub(crate) goods_name: String,
    #[serde(default)]
    specification: String,
    #[serde(default)]
    unit: String,
    /// Left out by some providers: one piece.
    #[serde(default = "one_piece")]
    quantity: i64,
    pub(crate) total_amount: i64,
    /// Optional for direct merchants, whose configured goods carry a rate; the sandbox has none configured and takes 0.
    #[serde(default)]
    tax_rate: i64,
    #[serde(default = "no_favour")]
    tax_prefer_mark: String,
    pub(crate) discount: bool,
}

impl Line {
    /// The tax in it.
    pub(super) fn tax(&self) -> i64 {
        self.total_amount - self.amount()
    }

    /// The line as the query shows it.
    pub(super) fn view(&self) -> Value {
        json!({
            "tax_code": self.tax_code,
            "goods_name": self.goods_name,
            "specification": self.specification,
            "unit": self.unit,
            "quantity": self.quantity,
            "unit_price": self.unit_price(),
            "amount": self.amount(),
            "tax_amount": self.tax(),
            "total_amount": self.total_amount,
            "tax_rate": self.tax_rate,
            "tax_prefer_mark": self.tax_prefer_mark,
            "discount": self.discount,
        })
    }

    /// The amount without tax, rounded half away from zero.
    fn amount(&self) -> i64 {
        let (doubled, divisor) = (2 * self.total_amount * 10_000, 10_000 + self.tax_rate.max(0));
        (doubled + divisor * doubled.signum()) / (2 * divisor)
    }

    /// The price of one piece in units of 10^-6 fen, the scale of the official example.
    fn unit_price(&self) -> i64 {
        let price = i128::from(self.amount()) * 100_000_000_000_000 / i128::from(self.quantity.max(1));
        i64::try_from(price).unwrap_or(i64::MAX)
    }
}

fn one_piece() -> i64 {
    100_000_000
}

fn no_favour() -> String {
    "NO_FAVORABLE".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_split_into_net_and_tax_and_the_price_has_the_scale_of_the_official_example() {
        let line: Line = serde_json::from_value(json!({
            "tax_code": "3010101020203000000", "quantity": 100_000_000, "total_amount": 429_900, "tax_rate": 1300, "discount": false
        }))
        .unwrap();
        assert_eq!((line.amount(), line.tax(), line.unit_price()), (380_442, 49_458, 380_442_000_000));
    }
}

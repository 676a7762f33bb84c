//! One line of goods.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::goods;

/// The quantity of one piece, and of goods that know no quantity.
pub(crate) const ONE_PIECE: i64 = 100_000_000;

/// One line of goods as it was ordered, tax included.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Line {
    pub(crate) tax_code: String,
    #[serde(default)]
    pub(crate) goods_name: String,
    pub(crate) goods_category: Option<String>,
    pub(crate) goods_id: Option<i64>,
    #[serde(default)]
    specification: String,
    pub(crate) unit: Option<String>,
    /// Left out by some providers: one piece.
    pub(crate) quantity: Option<i64>,
    pub(crate) total_amount: i64,
    /// Optional for those whose configured goods carry a rate.
    pub(crate) tax_rate: Option<i64>,
    #[serde(default = "no_favour")]
    tax_prefer_mark: String,
    pub(crate) discount: bool,
}

impl Line {
    /// The line with what its entry in the merchant's list of goods says and the order left out.
    pub(crate) fn completed(mut self) -> Self {
        let Some(goods) = self.goods_id.and_then(goods::find) else { return self };
        if self.goods_name.is_empty() {
            goods.name.clone_into(&mut self.goods_name);
        }
        self.tax_rate = self.tax_rate.or(Some(goods.tax_rate));
        self
    }

    /// The tax in it.
    pub(crate) fn tax(&self) -> i64 {
        self.total_amount - self.amount()
    }

    /// The line as the query shows it.
    pub(super) fn view(&self) -> Value {
        json!({
            "tax_code": self.tax_code,
            "goods_name": self.goods_name,
            "specification": self.specification,
            "unit": self.unit.as_deref().unwrap_or_default(),
            "quantity": self.quantity.unwrap_or(ONE_PIECE),
            "unit_price": self.unit_price(),
            "amount": self.amount(),
            "tax_amount": self.tax(),
            "total_amount": self.total_amount,
            "tax_rate": self.rate(),
            "tax_prefer_mark": self.tax_prefer_mark,
            "discount": self.discount,
        })
    }

    /// The amount without tax, rounded half away from zero.
    fn amount(&self) -> i64 {
        let (doubled, divisor) = (2 * self.total_amount * 10_000, 10_000 + self.rate().max(0));
        (doubled + divisor * doubled.signum()) / (2 * divisor)
    }

    fn rate(&self) -> i64 {
        self.tax_rate.unwrap_or_default()
    }

    /// The price of one piece in units of 10^-6 fen, the scale of the official example.
    fn unit_price(&self) -> i64 {
        let price =
            i128::from(self.amount()) * 100_000_000_000_000 / i128::from(self.quantity.unwrap_or(ONE_PIECE).max(1));
        i64::try_from(price).unwrap_or(i64::MAX)
    }
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

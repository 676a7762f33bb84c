//! One invoice and how it looks to its merchant.

use rsa::RsaPublicKey;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{buyer::Buyer, party};
use crate::{clock, random};

/// One line of goods as it was ordered, tax included.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Line {
    pub(super) tax_code: String,
    #[serde(default)]
    pub(super) goods_name: String,
    #[serde(default)]
    specification: String,
    #[serde(default)]
    unit: String,
    /// Left out by some providers: one piece.
    #[serde(default = "one_piece")]
    quantity: i64,
    pub(super) total_amount: i64,
    /// Optional for direct merchants, whose configured goods carry a rate; the sandbox has none configured and takes 0.
    #[serde(default)]
    pub(super) tax_rate: i64,
    #[serde(default = "no_favour")]
    tax_prefer_mark: String,
    pub(super) discount: bool,
}

/// Which family of invoices: with code, number and card, or with a number of 20 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Classic(Classic),
    Digital,
}

/// What only the older invoices have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Classic {
    pub(super) code: String,
    check_code: String,
    card_appid: String,
    pub(super) card_openid: String,
    card_id: String,
    card_code: String,
}

/// One invoice of an application.
#[derive(Debug, Clone)]
pub(super) struct Invoice {
    pub(super) fapiao_id: String,
    pub(super) kind: Kind,
    pub(super) number: String,
    pub(super) total_amount: i64,
    pub(super) lines: Vec<Line>,
    pub(super) buyer: Buyer,
    pub(super) seller: String,
    pub(super) remark: Option<String>,
    /// When it turns from accepted to issued, in milliseconds of the virtual clock.
    pub(super) ready_at: i64,
}

impl Classic {
    /// Invented numbers for the card in this user's wallet.
    pub(super) fn new(card_appid: &str, card_openid: &str) -> Self {
        Self {
            code: random::digits(12),
            check_code: random::digits(20),
            card_appid: card_appid.to_owned(),
            card_openid: card_openid.to_owned(),
            card_id: format!("p{}", random::alphanumeric(27)),
            card_code: random::digits(12),
        }
    }
}

impl Kind {
    /// A number of the length this family has.
    pub(super) fn number(&self) -> String {
        match self {
            Self::Classic(_) => random::digits(8),
            Self::Digital => random::digits(20),
        }
    }
}

impl Line {
    fn tax(&self) -> i64 {
        self.total_amount - self.amount()
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

    fn view(&self) -> Value {
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
}

impl Invoice {
    /// The status at a time.
    pub(super) fn status(&self, now_millis: i64) -> &'static str {
        if now_millis >= self.ready_at { "ISSUED" } else { "ISSUE_ACCEPTED" }
    }

    /// Tax in all lines.
    pub(super) fn tax(&self) -> i64 {
        self.lines.iter().map(Line::tax).sum()
    }

    /// When it was issued, as WeChat writes times.
    pub(super) fn issued_at(&self) -> String {
        clock::rfc3339(self.ready_at.div_euclid(1000))
    }

    /// One entry of the query's answer.
    pub(super) fn view(&self, now_millis: i64, key: &RsaPublicKey) -> Value {
        let mut view = json!({
            "fapiao_id": self.fapiao_id,
            "status": self.status(now_millis),
            "total_amount": self.total_amount,
            "tax_amount": self.tax(),
            "amount": self.total_amount - self.tax(),
            "seller_information": party::seller(&self.seller),
            "buyer_information": self.buyer.sealed(key),
            "extra_information": party::extra(),
            "items": self.lines.iter().map(Line::view).collect::<Vec<_>>(),
        });
        let mut add =
            |name: &str, value: Value| view.as_object_mut().map(|object| object.insert(name.to_owned(), value));
        if let Some(remark) = &self.remark {
            add("remark", Value::from(remark.clone()));
        }
        if self.status(now_millis) == "ISSUED" {
            add("blue_fapiao", self.blue());
            if let Kind::Classic(classic) = &self.kind {
                add("card_information", classic.card());
            }
        }
        view
    }

    fn blue(&self) -> Value {
        match &self.kind {
            Kind::Digital => json!({"fapiao_number": self.number, "fapiao_time": self.issued_at()}),
            Kind::Classic(classic) => json!({
                "fapiao_code": classic.code,
                "fapiao_number": self.number,
                "check_code": classic.check_code,
                "password": "0".repeat(108),
                "fapiao_time": self.issued_at(),
            }),
        }
    }
}

impl Classic {
    fn card(&self) -> Value {
        json!({
            "card_appid": self.card_appid,
            "card_openid": self.card_openid,
            "card_id": self.card_id,
            "card_code": self.card_code,
            "card_status": "INSERTED",
        })
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

//! What is printed on an invoice beside its numbers: sums, seller, signatories, lines.

use serde_json::{Value, json};

use super::super::party;

/// Sums, parties and lines as the query shows them.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) total_amount: i64,
    pub(crate) tax_amount: i64,
    pub(crate) amount: i64,
    pub(crate) seller: Value,
    pub(crate) extra: Value,
    pub(crate) items: Vec<Value>,
    pub(crate) remark: Option<String>,
}

impl Sheet {
    /// The sheet WeChat makes from what was ordered.
    pub(crate) fn of_lines(lines: &[super::Line], seller: &str, remark: Option<String>) -> Self {
        let total_amount = lines.iter().map(|line| line.total_amount).sum();
        let tax_amount = lines.iter().map(super::Line::tax).sum();
        Self {
            total_amount,
            tax_amount,
            amount: total_amount - tax_amount,
            seller: party::seller(seller),
            extra: party::extra(),
            items: lines.iter().map(super::Line::view).collect(),
            remark,
        }
    }

    /// Its fields in the query's answer.
    pub(super) fn view(&self) -> Value {
        let mut view = json!({
            "total_amount": self.total_amount,
            "tax_amount": self.tax_amount,
            "amount": self.amount,
            "seller_information": self.seller,
            "extra_information": self.extra,
            "items": self.items,
        });
        if let (Some(object), Some(remark)) = (view.as_object_mut(), &self.remark) {
            object.insert("remark".to_owned(), remark.clone().into());
        }
        view
    }
}

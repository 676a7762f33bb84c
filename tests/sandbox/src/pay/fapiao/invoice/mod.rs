//! One invoice and how it looks to its merchant.

mod card;
mod course;
mod line;
mod paper;

use rsa::RsaPublicKey;
use serde_json::{Value, json};

pub(super) use self::{
    card::Card,
    course::{Course, Reversal, Status, Step},
    line::Line,
    paper::{Kind, Paper, Side},
};
use super::{buyer::Buyer, party};

/// One invoice of an application.
#[derive(Debug, Clone)]
pub(super) struct Invoice {
    pub(super) fapiao_id: String,
    pub(super) kind: Kind,
    pub(super) blue: Paper,
    pub(super) card: Option<Card>,
    pub(super) course: Course,
    pub(super) total_amount: i64,
    pub(super) lines: Vec<Line>,
    pub(super) buyer: Buyer,
    pub(super) seller: String,
    pub(super) remark: Option<String>,
}

impl Invoice {
    /// Tax in all lines.
    pub(super) fn tax(&self) -> i64 {
        self.lines.iter().map(Line::tax).sum()
    }

    /// The numbers of one of its papers and the time on it.
    pub(super) fn paper(&self, side: Side, at: i64) -> Option<(&Paper, i64)> {
        match side {
            Side::Blue => Some((&self.blue, self.course.issued_at())),
            Side::Red => self.course.attempt(at).map(|reversal| (&reversal.red, reversal.step.done_at)),
        }
    }

    /// One entry of the query's answer, if there was an invoice at that time.
    pub(super) fn view(&self, at: i64, key: &RsaPublicKey) -> Option<Value> {
        let status = self.course.status(at)?;
        let mut view = json!({
            "fapiao_id": self.fapiao_id,
            "status": status.as_str(),
            "total_amount": self.total_amount,
            "tax_amount": self.tax(),
            "amount": self.total_amount - self.tax(),
            "seller_information": party::seller(&self.seller),
            "buyer_information": self.buyer.sealed(key),
            "extra_information": party::extra(),
            "items": self.lines.iter().map(Line::view).collect::<Vec<_>>(),
        });
        if let Some(object) = view.as_object_mut() {
            object.extend(self.later_fields(status, at).into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        Some(view)
    }

    /// The fields that are not always there.
    fn later_fields(&self, status: Status, at: i64) -> Vec<(&'static str, Value)> {
        let mut fields = Vec::new();
        if let Some(remark) = &self.remark {
            fields.push(("remark", Value::from(remark.clone())));
        }
        if matches!(status, Status::IssueFailed | Status::ReverseFailed) {
            fields.push(("fapiao_error_code", "BIZ_ERROR".into()));
            fields.push(("fapiao_error_message", "税局处理失败，请核对后重试".into()));
        }
        if matches!(status, Status::IssueAccepted | Status::IssueFailed) {
            return fields;
        }
        fields.push(("blue_fapiao", self.blue.view(self.course.issued_at())));
        if let Some(card) = &self.card {
            fields.push(("card_information", card.view(status)));
        }
        if let (Status::Reversed, Some((red, made_at))) = (status, self.paper(Side::Red, at)) {
            fields.push(("red_fapiao", red.view(made_at)));
        }
        fields
    }
}

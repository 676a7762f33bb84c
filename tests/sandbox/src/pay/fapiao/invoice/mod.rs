//! One invoice and how it looks to its merchant.

mod card;
mod course;
mod line;
mod paper;
mod sheet;

use rsa::RsaPublicKey;
use serde_json::{Map, Value};

pub(super) use self::{
    card::{Card, CardStatus, Holder},
    course::{Course, Reversal, Status, Step},
    line::{Line, ONE_PIECE},
    paper::{Classic, Kind, Paper, Side},
    sheet::Sheet,
};
use super::buyer::Buyer;
use crate::settings::CardResult;

/// One invoice of an application.
#[derive(Debug, Clone)]
pub(super) struct Invoice {
    pub(super) fapiao_id: String,
    pub(super) kind: Kind,
    pub(super) origin: Origin,
    pub(super) blue: Paper,
    pub(super) card: Option<Card>,
    pub(super) course: Course,
    pub(super) buyer: Buyer,
    pub(super) sheet: Sheet,
}

/// Who made the invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    WeChat,
    /// The merchant's own platform: WeChat has its card only.
    Elsewhere,
}

impl Invoice {
    /// One of its papers.
    pub(super) fn paper(&self, side: Side, at: i64) -> Option<&Paper> {
        match side {
            Side::Blue => Some(&self.blue),
            Side::Red => self.course.attempt(at).map(|reversal| &reversal.red),
        }
    }

    /// Whether it stands at a time: neither failed nor taken back.
    pub(super) fn is_live(&self, at: i64) -> bool {
        !matches!(self.course.status(at), None | Some(Status::IssueFailed | Status::Reversed))
    }

    /// Whether it is of the kind that users report as lost: inserted without a code, and its query cannot be answered.
    pub(super) fn is_unreadable(&self) -> bool {
        let lost = self.card.as_ref().is_some_and(|card| card.result == CardResult::Lost);
        self.origin == Origin::Elsewhere && self.blue.classic.is_none() && lost
    }

    /// One entry of the query's answer, if there was an invoice at that time.
    pub(super) fn view(&self, at: i64, key: &RsaPublicKey) -> Option<Value> {
        let status = self.course.status(at)?;
        let Value::Object(mut view) = self.sheet.view() else { return None };
        view.insert("fapiao_id".to_owned(), self.fapiao_id.clone().into());
        view.insert("status".to_owned(), status.as_str().into());
        view.insert("buyer_information".to_owned(), serde_json::to_value(self.buyer.sealed(key)).ok()?);
        view.append(&mut self.later_fields(status, at));
        Some(Value::Object(view))
    }

    /// The fields that are not always there.
    fn later_fields(&self, status: Status, at: i64) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        if matches!(status, Status::IssueFailed | Status::ReverseFailed) {
            add("fapiao_error_code", "BIZ_ERROR".into());
            add("fapiao_error_message", "税局处理失败，请核对后重试".into());
        }
        if matches!(status, Status::IssueAccepted | Status::IssueFailed) {
            return fields;
        }
        add("blue_fapiao", self.blue.view());
        if let Some(card) = self.card.as_ref().and_then(|card| card.view(at)) {
            add("card_information", card);
        }
        if let (Status::Reversed, Some(red)) = (status, self.paper(Side::Red, at)) {
            add("red_fapiao", red.view());
        }
        fields
    }
}

//! What merchants are told of: the five events and their content.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    book::Scope,
    invoice::{Card, CardStatus, Invoice, Origin, Status},
};
use crate::{
    agenda::Job,
    clock,
    sandbox::Sandbox,
    settings::{CardResult, Ending},
};

/// `event_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum EventKind {
    #[serde(rename = "FAPIAO.USER_APPLIED")]
    UserApplied,
    #[serde(rename = "FAPIAO.ISSUED")]
    Issued,
    #[serde(rename = "FAPIAO.REVERSED")]
    Reversed,
    #[serde(rename = "FAPIAO.CARD_INSERTED")]
    CardInserted,
    #[serde(rename = "FAPIAO.CARD_DISCARDED")]
    CardDiscarded,
}

/// Something that happens to an application.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) scope: Scope,
    pub(crate) apply_id: String,
}

/// Puts events down for their times, each once however many invoices it is about.
pub(super) fn schedule(sandbox: &Sandbox, scope: &Scope, apply_id: &str, mut due: Vec<(i64, EventKind)>) {
    due.sort_unstable();
    due.dedup();
    for (at, kind) in due {
        let event = Event { kind, scope: scope.clone(), apply_id: apply_id.to_owned() };
        sandbox.schedule(at, Job::Event(event));
    }
}

/// Tells of a title that was filled in.
pub(crate) fn tell_of_title(sandbox: &Sandbox, scope: &Scope, apply_id: &str, at: i64) {
    schedule(sandbox, scope, apply_id, vec![(at, EventKind::UserApplied)]);
}

/// Tells of a card that leaves its wallet at a time.
pub(crate) fn tell_of_discarded(sandbox: &Sandbox, scope: &Scope, apply_id: &str, at: Option<i64>) {
    let due = at.map(|at| (at, EventKind::CardDiscarded));
    schedule(sandbox, scope, apply_id, due.into_iter().collect());
}

impl Event {
    /// The content of the notification, as of a time; of these invoices, if some are given.
    pub(crate) fn resource(&self, sandbox: &Sandbox, at: i64, given: Option<Value>) -> Value {
        let mut resource = json!({"mchid": self.scope.mchid, "fapiao_apply_id": self.apply_id});
        if let (Some(object), Some(number)) = (resource.as_object_mut(), &self.scope.sub_mchid) {
            object.insert("sub_mchid".to_owned(), number.clone().into());
        }
        let (name, value) = match self.kind {
            EventKind::UserApplied => ("apply_time", clock::rfc3339(at.div_euclid(1000)).into()),
            _ => ("fapiao_information", given.unwrap_or_else(|| self.invoices(sandbox, at))),
        };
        resource.as_object_mut().map(|object| object.insert(name.to_owned(), value));
        resource
    }

    /// The same, of one invented invoice if neither is known.
    pub(crate) fn resource_or_invented(&self, sandbox: &Sandbox, at: i64, given: Option<Value>) -> Value {
        let is_known = sandbox.book().application(&self.scope, &self.apply_id).is_some();
        let (fapiao_status, card_status) = self.kind.after();
        let entry = json!({"fapiao_id": "fapiao-1", "fapiao_status": fapiao_status, "card_status": card_status});
        self.resource(sandbox, at, given.or_else(|| (!is_known).then(|| json!([entry]))))
    }

    fn invoices(&self, sandbox: &Sandbox, at: i64) -> Value {
        let book = sandbox.book();
        let application = book.application(&self.scope, &self.apply_id);
        let invoices = application.iter().flat_map(|application| &application.invoices);
        let entry = |invoice: &Invoice| {
            let status = invoice.course.status(at)?;
            let mut entry = json!({"fapiao_id": invoice.fapiao_id, "fapiao_status": status.as_str()});
            let card = invoice.card.as_ref().and_then(|card| card.status(at));
            if let (Some(object), Some(card)) = (entry.as_object_mut(), card) {
                object.insert("card_status".to_owned(), card.as_str().into());
            }
            Some(entry)
        };
        invoices.filter_map(entry).collect()
    }
}

impl EventKind {
    /// The official word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::UserApplied => "FAPIAO.USER_APPLIED",
            Self::Issued => "FAPIAO.ISSUED",
            Self::Reversed => "FAPIAO.REVERSED",
            Self::CardInserted => "FAPIAO.CARD_INSERTED",
            Self::CardDiscarded => "FAPIAO.CARD_DISCARDED",
        }
    }

    /// A summary in the words of the general table; the samples of these events have none.
    pub(crate) const fn summary(self) -> &'static str {
        match self {
            Self::UserApplied => "用户发票抬头填写完成",
            Self::Issued => "发票开具成功",
            Self::Reversed => "冲红成功",
            Self::CardInserted => "插卡成功",
            Self::CardDiscarded => "卡券作废",
        }
    }

    /// The statuses an invoice has with it.
    const fn after(self) -> (&'static str, &'static str) {
        match self {
            Self::UserApplied | Self::Issued => (Status::Issued.as_str(), CardStatus::InsertAccepted.as_str()),
            Self::CardInserted => (Status::Issued.as_str(), CardStatus::Inserted.as_str()),
            Self::Reversed => (Status::Reversed.as_str(), CardStatus::DiscardAccepted.as_str()),
            Self::CardDiscarded => (Status::Reversed.as_str(), CardStatus::Discarded.as_str()),
        }
    }

    /// The statuses an invoice had before, which official samples show in the event all the same.
    pub(crate) const fn before(self) -> (&'static str, &'static str) {
        match self {
            Self::UserApplied | Self::Issued => (Status::IssueAccepted.as_str(), CardStatus::InsertAccepted.as_str()),
            Self::CardInserted => (Status::Issued.as_str(), CardStatus::InsertAccepted.as_str()),
            Self::Reversed | Self::CardDiscarded => (Status::Issued.as_str(), CardStatus::Inserted.as_str()),
        }
    }
}

impl Invoice {
    /// The events its acceptance leads to, with their times.
    pub(super) fn coming(&self) -> Vec<(i64, EventKind)> {
        if self.course.issue_ending() == Ending::Failure {
            return Vec::new();
        }
        let mut due = Vec::new();
        if self.origin == Origin::WeChat {
            due.push((self.course.issued_at(), EventKind::Issued));
        }
        let told = self.card.as_ref().filter(|card| matches!(card.result, CardResult::Inserted | CardResult::Lost));
        due.extend(told.map(|card| (card.inserted_at(), EventKind::CardInserted)));
        due
    }

    /// The events a reversal leads to that succeeds at a time.
    pub(super) fn leaving(&self, done_at: i64) -> Vec<(i64, EventKind)> {
        let gone = self.card.as_ref().and_then(Card::discarded_at);
        [Some((done_at, EventKind::Reversed)), gone.map(|at| (at, EventKind::CardDiscarded))]
            .into_iter()
            .flatten()
            .collect()
    }
}

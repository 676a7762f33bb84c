//! One application: its title, and its invoices in order of arrival.

use super::super::{
    buyer::Buyer,
    invoice::{Invoice, Kind, Origin},
};
use crate::settings::{Ending, Policy};

/// Life of a title link in seconds.
const TITLE_LINK_LIFE: i64 = 30 * 60;
/// Invoices, or for digital ones `fapiao_id`s, an application takes.
const MOST: usize = 5;

/// A link under which the payer fills in a title.
#[derive(Debug, Clone)]
pub(crate) struct TitleLink {
    pub(crate) appid: String,
    pub(crate) openid: String,
    pub(crate) total_amount: i64,
    pub(crate) seller: Option<String>,
    /// Start of its life, seconds of the virtual clock.
    pub(crate) at: i64,
}

/// What the gateway remembers under one application's id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Application {
    pub(crate) link: Option<TitleLink>,
    pub(crate) invoices: Vec<Invoice>,
    /// Titles with the time they were filled in, milliseconds of the virtual clock.
    titles: Vec<(i64, Buyer)>,
}

/// What invoices are judged by when they are handed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) duplicates: Policy,
    /// The most they may sum up to with those that stand.
    pub(crate) limit: Option<i64>,
    pub(crate) now: i64,
}

/// Why invoices were not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAccepted {
    Duplicate,
    OverAmount,
    TooMany,
    /// The order belongs to another merchant.
    ForeignOrder,
}

impl TitleLink {
    /// Whether its 30 minutes are over.
    pub(super) fn is_expired(&self, now: i64) -> bool {
        now - self.at > TITLE_LINK_LIFE
    }
}

impl Application {
    /// The invoice of that id.
    pub(crate) fn invoice(&self, fapiao_id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.fapiao_id == fapiao_id)
    }

    /// The title as it was at a time.
    pub(crate) fn title(&self, at: i64) -> Option<&Buyer> {
        self.titles.iter().rev().find(|(since, _)| *since <= at).map(|(_, buyer)| buyer)
    }

    /// The payer fills in a title.
    pub(super) fn fill(&mut self, at: i64, buyer: Buyer) {
        self.titles.push((at, buyer));
    }

    /// Takes invoices in; gives the ids of those that are new, and what becomes of them.
    ///
    /// A second invoice beside one that stands is not forbidden in so many words, so it is taken.
    pub(super) fn accept(
        &mut self,
        mut invoices: Vec<Invoice>,
        terms: Terms,
    ) -> Result<Vec<(String, Ending)>, NotAccepted> {
        let before = invoices.len();
        invoices.retain(|invoice| self.invoice(&invoice.fapiao_id).is_none());
        if invoices.len() < before && terms.duplicates == Policy::Refuse {
            return Err(NotAccepted::Duplicate);
        }
        if invoices.iter().any(|invoice| self.counted(invoice.kind, terms.now) + invoices.len() > MOST) {
            return Err(NotAccepted::TooMany);
        }
        let wanted: i64 = invoices.iter().map(|invoice| invoice.sheet.total_amount).sum();
        let link = self.link.as_ref().map(|link| link.total_amount);
        if [link, terms.limit]
            .into_iter()
            .flatten()
            .any(|limit| !invoices.is_empty() && self.used(terms.now) + wanted > limit)
        {
            return Err(NotAccepted::OverAmount);
        }
        let new = invoices.iter().map(|invoice| (invoice.fapiao_id.clone(), invoice.course.issue_ending())).collect();
        self.invoices.append(&mut invoices);
        Ok(new)
    }

    /// How many count against the most: of digital invoices every id ever used, of others those that stand (the pages leave
    /// open whether the rest count).
    fn counted(&self, kind: Kind, now: i64) -> usize {
        self.issued().filter(|invoice| kind == Kind::Digital || invoice.is_live(now)).count()
    }

    fn used(&self, now: i64) -> i64 {
        self.issued().filter(|invoice| invoice.is_live(now)).map(|invoice| invoice.sheet.total_amount).sum()
    }

    fn issued(&self) -> impl Iterator<Item = &Invoice> {
        self.invoices.iter().filter(|invoice| invoice.origin == Origin::WeChat)
    }
}

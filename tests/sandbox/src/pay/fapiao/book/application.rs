//! One application: its title, and its invoices in order of arrival.

use super::super::{buyer::Buyer, invoice::Invoice};
use crate::settings::{Ending, Policy};

/// Life of a title link in seconds.
const TITLE_LINK_LIFE: i64 = 30 * 60;

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

/// Why invoices were not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAccepted {
    Duplicate,
    OverAmount,
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
    /// An application may get further invoices under new ids: the retry of a failed one is documented so, and nothing forbids it
    /// otherwise as long as the sum stays inside the amount of the title link.
    pub(crate) fn accept(
        &mut self,
        mut invoices: Vec<Invoice>,
        duplicates: Policy,
    ) -> Result<Vec<(String, Ending)>, NotAccepted> {
        let before = invoices.len();
        invoices.retain(|invoice| self.invoice(&invoice.fapiao_id).is_none());
        if invoices.len() < before && duplicates == Policy::Refuse {
            return Err(NotAccepted::Duplicate);
        }
        let wanted: i64 = invoices.iter().map(|invoice| invoice.total_amount).sum();
        if self.room().is_some_and(|room| wanted > room) {
            return Err(NotAccepted::OverAmount);
        }
        let new = invoices.iter().map(|invoice| (invoice.fapiao_id.clone(), invoice.course.issue_ending())).collect();
        self.invoices.append(&mut invoices);
        Ok(new)
    }

    fn room(&self) -> Option<i64> {
        let used: i64 = self.invoices.iter().map(|invoice| invoice.total_amount).sum();
        self.link.as_ref().map(|link| link.total_amount - used)
    }
}

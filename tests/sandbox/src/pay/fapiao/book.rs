//! What the gateway remembers of merchants' applications, links and files.

use std::collections::HashMap;

use super::{buyer::Buyer, invoice::Invoice};
use crate::{exchange::Effect, settings::Policy};

/// Life of a title link in seconds.
const TITLE_LINK_LIFE: i64 = 30 * 60;

/// Whose numbers an application's id is unique among.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) mchid: &'static str,
    pub(crate) sub_mchid: Option<String>,
}

/// A link under which the payer fills in a title.
#[derive(Debug, Clone)]
pub(super) struct TitleLink {
    pub(super) appid: String,
    pub(super) openid: String,
    pub(super) total_amount: i64,
    pub(super) seller: Option<String>,
    /// Start of its life, seconds of the virtual clock.
    pub(super) at: i64,
}

/// One application with its invoices in order of arrival.
#[derive(Debug, Clone, Default)]
pub(super) struct Application {
    pub(super) link: Option<TitleLink>,
    pub(super) title: Option<Buyer>,
    pub(super) invoices: Vec<Invoice>,
}

/// A download link.
#[derive(Debug, Clone)]
pub(super) struct Ticket {
    pub(super) scope: Scope,
    pub(super) apply_id: String,
    pub(super) fapiao_id: String,
    /// End of its life, milliseconds of the virtual clock.
    pub(super) until: i64,
    pub(super) used: bool,
}

/// Why invoices were not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotAccepted {
    Duplicate,
    OverAmount,
}

/// Why a payer could not fill in a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FillError {
    /// No title link was ever made for that application.
    NoLink,
    /// The link is older than 30 minutes.
    Expired,
}

/// The gateway's memory of this family of calls.
#[derive(Debug, Default)]
pub(crate) struct Book {
    applications: HashMap<(Scope, String), Application>,
    scopes: HashMap<String, Vec<Scope>>,
    tickets: HashMap<String, Ticket>,
}

impl Scope {
    /// An effect named by whose it is and some more keys.
    pub(super) fn effect(&self, kind: &'static str, more: &[(&str, &str)]) -> Effect {
        let mut keys = vec![("mchid", self.mchid)];
        keys.extend(self.sub_mchid.as_deref().map(|number| ("sub_mchid", number)));
        keys.extend_from_slice(more);
        Effect::new(kind, &keys)
    }
}

impl Application {
    /// Whether it was ever used for an invoice or a filled-in title.
    pub(super) fn invoice(&self, fapiao_id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.fapiao_id == fapiao_id)
    }

    fn room(&self) -> Option<i64> {
        let used: i64 = self.invoices.iter().map(|invoice| invoice.total_amount).sum();
        self.link.as_ref().map(|link| link.total_amount - used)
    }
}

impl Book {
    /// The application of that id, if it has ever been named by a title link or an issue.
    pub(super) fn application(&self, scope: &Scope, apply_id: &str) -> Option<&Application> {
        self.applications.get(&(scope.clone(), apply_id.to_owned()))
    }

    /// Makes a title link, in place of an earlier one of the same application.
    pub(super) fn link(&mut self, scope: &Scope, apply_id: &str, link: TitleLink) {
        self.entry(scope, apply_id).link = Some(link);
    }

    /// The payer fills in the title of the latest link of that application, whoever made it.
    pub(crate) fn fill(&mut self, apply_id: &str, buyer: Buyer, now: i64) -> Result<Scope, FillError> {
        let scopes = self.scopes.get(apply_id).into_iter().flatten().cloned();
        let linked = scopes.filter_map(|scope| {
            let made = self.application(&scope, apply_id)?.link.as_ref()?.at;
            Some((made, scope))
        });
        let (made, scope) = linked.max_by_key(|(made, _)| *made).ok_or(FillError::NoLink)?;
        if now - made > TITLE_LINK_LIFE {
            return Err(FillError::Expired);
        }
        self.entry(&scope, apply_id).title = Some(buyer);
        Ok(scope)
    }

    /// Takes invoices in; gives the ids of those that are new.
    ///
    /// An application may get further invoices under new ids: the retry of a failed one is documented so, and nothing forbids it
    /// otherwise as long as the sum stays inside the amount of the title link.
    pub(super) fn accept(
        &mut self,
        scope: &Scope,
        apply_id: &str,
        mut invoices: Vec<Invoice>,
        duplicates: Policy,
    ) -> Result<Vec<String>, NotAccepted> {
        let application = self.entry(scope, apply_id);
        let before = invoices.len();
        invoices.retain(|invoice| application.invoice(&invoice.fapiao_id).is_none());
        if invoices.len() < before && duplicates == Policy::Refuse {
            return Err(NotAccepted::Duplicate);
        }
        let wanted: i64 = invoices.iter().map(|invoice| invoice.total_amount).sum();
        if application.room().is_some_and(|room| wanted > room) {
            return Err(NotAccepted::OverAmount);
        }
        let new = invoices.iter().map(|invoice| invoice.fapiao_id.clone()).collect();
        application.invoices.append(&mut invoices);
        Ok(new)
    }

    /// Remembers a download link under its token.
    pub(super) fn hand_out(&mut self, token: String, ticket: Ticket) {
        self.tickets.insert(token, ticket);
    }

    /// The download link of a token, open or not.
    pub(super) fn ticket(&mut self, token: &str) -> Option<&mut Ticket> {
        self.tickets.get_mut(token)
    }

    fn entry(&mut self, scope: &Scope, apply_id: &str) -> &mut Application {
        let key = (scope.clone(), apply_id.to_owned());
        if !self.applications.contains_key(&key) {
            self.scopes.entry(apply_id.to_owned()).or_default().push(scope.clone());
        }
        self.applications.entry(key).or_default()
    }
}

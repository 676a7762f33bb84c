//! What the gateway remembers of merchants' applications, links and files.

mod application;
mod media;

use std::collections::HashMap;

pub(super) use self::application::{Application, NotAccepted, Terms, TitleLink};
use self::media::Media;
use super::{
    buyer::Buyer,
    invoice::{Card, Invoice, Origin, Side},
};
use crate::{exchange::Effect, settings::Ending};

/// Whose numbers an application's id is unique among.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) mchid: &'static str,
    pub(crate) sub_mchid: Option<String>,
}

/// A download link.
#[derive(Debug, Clone)]
pub(super) struct Ticket {
    pub(super) scope: Scope,
    pub(super) apply_id: String,
    pub(super) fapiao_id: String,
    pub(super) side: Side,
    /// End of its life, milliseconds of the virtual clock.
    pub(super) until: i64,
    pub(super) used: bool,
}

/// What came of inserting invoices from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inserted {
    /// They are in, under these ids.
    New(Vec<String>),
    /// The same invoices were in before.
    Before,
    /// Other invoices were in before; an order is inserted once.
    Otherwise,
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
    pub(super) media: Media,
    /// Orders of WeChat Pay the tests have told of: whose they are and what was paid.
    orders: HashMap<String, (Scope, i64)>,
    /// The application each `fapiao_id` was used in; it is unique per merchant.
    ids: HashMap<(Scope, String), String>,
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

impl Book {
    /// The application of that id, if it has ever been named by a title, its link or an issue.
    pub(super) fn application(&self, scope: &Scope, apply_id: &str) -> Option<&Application> {
        self.applications.get(&(scope.clone(), apply_id.to_owned()))
    }

    /// The application of that id, made when there is none.
    pub(super) fn entry(&mut self, scope: &Scope, apply_id: &str) -> &mut Application {
        let key = (scope.clone(), apply_id.to_owned());
        if !self.applications.contains_key(&key) {
            self.scopes.entry(apply_id.to_owned()).or_default().push(scope.clone());
        }
        self.applications.entry(key).or_default()
    }

    /// The payer fills in the title of the latest link of that application, whoever made it.
    pub(crate) fn fill(&mut self, apply_id: &str, buyer: Buyer, now_millis: i64) -> Result<Scope, FillError> {
        let scopes = self.scopes.get(apply_id).into_iter().flatten();
        let linked = scopes.filter_map(|scope| {
            let link = self.application(scope, apply_id)?.link.as_ref()?;
            Some((link, scope.clone()))
        });
        let (link, scope) = linked.max_by_key(|(link, _)| link.at).ok_or(FillError::NoLink)?;
        if link.is_expired(now_millis.div_euclid(1000)) {
            return Err(FillError::Expired);
        }
        self.entry(&scope, apply_id).fill(now_millis, buyer);
        Ok(scope)
    }

    /// The payer fills in a title at the bill of an order, which needs no link.
    pub(crate) fn fill_at_bill(&mut self, scope: &Scope, apply_id: &str, buyer: Buyer, now_millis: i64) {
        self.entry(scope, apply_id).fill(now_millis, buyer);
    }

    /// Tells of an order that was paid.
    pub(crate) fn pay(&mut self, scope: &Scope, transaction_id: &str, amount: i64) {
        self.orders.insert(transaction_id.to_owned(), (scope.clone(), amount));
    }

    /// Takes invoices into an application; gives the ids of those that are new, and what becomes of them.
    ///
    /// Orders the sandbox was not told of are everybody's and have any amount.
    pub(super) fn accept(
        &mut self,
        scope: &Scope,
        apply_id: &str,
        invoices: Vec<Invoice>,
        terms: Terms,
    ) -> Result<Vec<(String, Ending)>, NotAccepted> {
        let order = self.orders.get(apply_id);
        if order.is_some_and(|(owner, _)| owner != scope) {
            return Err(NotAccepted::ForeignOrder);
        }
        let paid = order.map(|(_, amount)| *amount);
        let limit = [paid, terms.limit].into_iter().flatten().min();
        let foreign = |invoice: &Invoice| {
            self.ids.get(&(scope.clone(), invoice.fapiao_id.clone())).is_some_and(|used| used != apply_id)
        };
        if invoices.iter().any(foreign) {
            return Err(NotAccepted::Duplicate);
        }
        let new = self.entry(scope, apply_id).accept(invoices, Terms { limit, ..terms })?;
        for (fapiao_id, _) in &new {
            self.ids.insert((scope.clone(), fapiao_id.clone()), apply_id.to_owned());
        }
        Ok(new)
    }

    /// Takes invoices from elsewhere into an application.
    pub(super) fn insert(&mut self, scope: &Scope, apply_id: &str, mut invoices: Vec<Invoice>) -> Inserted {
        let application = self.entry(scope, apply_id);
        let ids = |invoices: &[Invoice]| -> Vec<String> {
            let inserted = invoices.iter().filter(|invoice| invoice.origin == Origin::Elsewhere);
            inserted.map(|invoice| invoice.fapiao_id.clone()).collect()
        };
        let (held, new) = (ids(&application.invoices), ids(&invoices));
        if held.is_empty() {
            application.invoices.append(&mut invoices);
            return Inserted::New(new);
        }
        if held == new { Inserted::Before } else { Inserted::Otherwise }
    }

    /// The card of an invoice.
    pub(crate) fn card(&mut self, scope: &Scope, apply_id: &str, fapiao_id: &str) -> Option<&mut Card> {
        let application = self.applications.get_mut(&(scope.clone(), apply_id.to_owned()))?;
        let invoice = application.invoices.iter_mut().find(|invoice| invoice.fapiao_id == fapiao_id)?;
        invoice.card.as_mut()
    }

    /// The card of that code under an account's template, with whose invoice it is.
    pub(crate) fn card_of_code(&mut self, appid: &str, code: &str) -> Option<(Scope, String, &mut Card)> {
        self.applications.iter_mut().find_map(|((scope, apply_id), application)| {
            let cards = application.invoices.iter_mut().filter_map(|invoice| invoice.card.as_mut());
            let card = cards.into_iter().find(|card| card.holder.appid == appid && card.code == code)?;
            Some((scope.clone(), apply_id.clone(), card))
        })
    }

    /// Remembers a download link under its token.
    pub(super) fn hand_out(&mut self, token: String, ticket: Ticket) {
        self.tickets.insert(token, ticket);
    }

    /// The download link of a token, open or not.
    pub(super) fn ticket(&mut self, token: &str) -> Option<&mut Ticket> {
        self.tickets.get_mut(token)
    }
}

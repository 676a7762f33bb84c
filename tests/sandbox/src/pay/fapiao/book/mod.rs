//! What the gateway remembers of merchants' applications, links and files.

mod application;

use std::collections::HashMap;

pub(super) use self::application::{Application, NotAccepted, TitleLink};
use super::{buyer::Buyer, invoice::Side};
use crate::exchange::Effect;

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

    /// Remembers a download link under its token.
    pub(super) fn hand_out(&mut self, token: String, ticket: Ticket) {
        self.tickets.insert(token, ticket);
    }

    /// The download link of a token, open or not.
    pub(super) fn ticket(&mut self, token: &str) -> Option<&mut Ticket> {
        self.tickets.get_mut(token)
    }
}

//! Orders that users authorise: one order, one invoice.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::AccountError;
use crate::random;

/// The user fills in the title on the page.
const USER_FILLS: i64 = 1;

/// Orders by their id.
#[derive(Debug, Default)]
pub(crate) struct Orders(HashMap<String, Order>);

#[derive(Debug)]
struct Order {
    /// `type` of the latest link.
    kind: i64,
    /// `source` of the latest link.
    source: String,
    consent: Option<Consent>,
    end: Option<End>,
}

/// What a user agreed to.
#[derive(Debug, Clone)]
pub(super) struct Consent {
    pub(super) at: i64,
    pub(super) openid: String,
    /// `user_auth_info`.
    pub(super) title: Option<Value>,
}

/// How an order ended: its id is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Rejected,
    Inserted,
}

/// What a user fills in on the page: one of the two, else an invented person.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AuthorisedTitle {
    user_field: Option<Map<String, Value>>,
    biz_field: Option<Map<String, Value>>,
}

impl Orders {
    /// Gives a link for an order.
    pub(super) fn link(&mut self, order_id: &str, kind: i64, source: &str) -> Result<(), AccountError> {
        let new = Order { kind, source: String::new(), consent: None, end: None };
        let order = self.0.entry(order_id.to_owned()).or_insert(new);
        order.open()?;
        order.kind = kind;
        source.clone_into(&mut order.source);
        Ok(())
    }

    /// The user agrees; gives who that is and the link's `source`, or nothing if no link was ever made.
    pub(crate) fn authorise(
        &mut self,
        order_id: &str,
        title: AuthorisedTitle,
        openid: Option<String>,
        now: i64,
    ) -> Option<(String, String)> {
        let order = self.0.get_mut(order_id)?;
        let title = (order.kind == USER_FILLS).then(|| title.view());
        let openid = openid.unwrap_or_else(|| format!("o{}", random::alphanumeric(27)));
        let consent = order.consent.get_or_insert(Consent { at: now, openid, title });
        Some((consent.openid.clone(), order.source.clone()))
    }

    /// What the user agreed to so far; an order nobody has heard of is one that nobody has authorised.
    pub(super) fn consent(&self, order_id: &str) -> Result<Option<&Consent>, AccountError> {
        match self.0.get(order_id) {
            Some(order) if order.end == Some(End::Rejected) => Err(AccountError::REJECTED),
            order => Ok(order.and_then(|order| order.consent.as_ref())),
        }
    }

    /// Turns an order down. Which code answers an order with its card in the wallet is not documented.
    pub(super) fn reject(&mut self, order_id: &str) -> Result<(), AccountError> {
        let order = self.authorised(order_id)?;
        if order.end == Some(End::Inserted) {
            return Err(AccountError::INSERTED);
        }
        order.open()?;
        order.end = Some(End::Rejected);
        Ok(())
    }

    /// The user of an order that an invoice can be inserted for.
    pub(super) fn ready(&mut self, order_id: &str) -> Result<String, AccountError> {
        let order = self.authorised(order_id)?;
        order.open()?;
        order.consent.as_ref().map(|consent| consent.openid.clone()).ok_or(AccountError::NEVER_AUTH)
    }

    /// The invoice is inserted.
    pub(super) fn use_up(&mut self, order_id: &str) {
        if let Some(order) = self.0.get_mut(order_id) {
            order.end = Some(End::Inserted);
        }
    }

    fn authorised(&mut self, order_id: &str) -> Result<&mut Order, AccountError> {
        self.0.get_mut(order_id).filter(|order| order.consent.is_some()).ok_or(AccountError::NEVER_AUTH)
    }
}

impl Order {
    fn open(&self) -> Result<(), AccountError> {
        match self.end {
            None => Ok(()),
            Some(End::Rejected) => Err(AccountError::REJECTED),
            Some(End::Inserted) => Err(AccountError::ORDER_REPEATED),
        }
    }
}

impl AuthorisedTitle {
    fn view(self) -> Value {
        match (self.user_field, self.biz_field) {
            (Some(person), _) => json!({"user_field": person}),
            (None, Some(organisation)) => json!({"biz_field": organisation}),
            (None, None) => {
                json!({"user_field": {"title": "张三", "phone": "13800000000", "email": "zhangsan@example.com"}})
            }
        }
    }
}

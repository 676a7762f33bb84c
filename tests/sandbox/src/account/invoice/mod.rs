//! The invoice calls of this side, and what they work on.

mod attributes;
mod calls;
mod cards;
mod fields;
mod orders;
mod status;
mod titles;

pub(super) use self::calls::ROUTES;
pub(crate) use self::{
    attributes::Attributes,
    cards::Cards,
    orders::{AuthorisedTitle, Orders},
    titles::{ScannedTitle, TitleCodes},
};
use crate::random;

/// The id of the invoicing platform, which is the sandbox's account itself.
pub(crate) const S_PAPPID: &str = "c2FuZGJveDAwMDAwMQ==";
/// A ticket is valid so long.
const TICKET_LIFE: i64 = 7200;

/// The gateway's memory of this family of calls.
#[derive(Debug, Default)]
pub(crate) struct Invoices {
    ticket: Option<(String, i64)>,
    pub(crate) attributes: Attributes,
    pub(crate) orders: Orders,
    pub(crate) cards: Cards,
    pub(crate) titles: TitleCodes,
}

impl Invoices {
    /// The ticket and how long it is still valid: whether another call makes another one is not documented.
    fn ticket(&mut self, now: i64) -> (String, i64) {
        let current = self.ticket.take().filter(|(_, until)| now < *until);
        let (ticket, until) = current.unwrap_or_else(|| (random::alphanumeric(86), now + TICKET_LIFE));
        self.ticket = Some((ticket.clone(), until));
        (ticket, until - now)
    }

    fn is_ticket(&self, text: &str, now: i64) -> bool {
        self.ticket.as_ref().is_some_and(|(ticket, until)| ticket == text && now < *until)
    }
}

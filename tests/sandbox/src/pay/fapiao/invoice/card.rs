//! The card of an invoice in its user's wallet, by the virtual clock (milliseconds).

use serde_json::{Value, json};

use crate::{random, sandbox::Sandbox, settings::CardResult};

/// Whose wallet, and under which card template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) appid: String,
    pub(crate) openid: String,
    pub(crate) card_id: String,
}

/// A card with an invented code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) holder: Holder,
    pub(crate) code: String,
    pub(crate) result: CardResult,
    inserted: Span,
    discarded: Option<Span>,
}

/// A time between acceptance and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    accepted_at: i64,
    done_at: i64,
}

/// `card_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CardStatus {
    InsertAccepted,
    Inserted,
    DiscardAccepted,
    Discarded,
}

impl Card {
    /// The card of an invoice that is or will be there at a time; none if the world has no cards.
    pub(crate) fn coming(sandbox: &Sandbox, holder: Holder, at: i64) -> Option<Self> {
        let settings = *sandbox.settings();
        let inserted = Span::new(sandbox, at);
        let card = Self { holder, code: random::digits(12), result: settings.card_result, inserted, discarded: None };
        (settings.card_result != CardResult::None).then_some(card)
    }

    /// Takes the card out of the wallet at a time.
    pub(crate) fn discard(&mut self, sandbox: &Sandbox, at: i64) {
        self.discarded = self.discarded.or(Some(Span::new(sandbox, at)));
    }

    /// When the card is in the wallet.
    pub(crate) fn inserted_at(&self) -> i64 {
        self.inserted.done_at
    }

    /// When the card has left the wallet.
    pub(crate) fn discarded_at(&self) -> Option<i64> {
        self.discarded.map(|span| span.done_at)
    }

    /// The status at a time; none before there is an invoice.
    pub(crate) fn status(&self, at: i64) -> Option<CardStatus> {
        let leaving = self.discarded.filter(|span| at >= span.accepted_at);
        let status = match leaving {
            Some(span) if at >= span.done_at => CardStatus::Discarded,
            Some(_) => CardStatus::DiscardAccepted,
            None if at >= self.inserted.done_at && self.result == CardResult::Inserted => CardStatus::Inserted,
            None => CardStatus::InsertAccepted,
        };
        (at >= self.inserted.accepted_at).then_some(status)
    }

    /// `card_information` at a time.
    pub(super) fn view(&self, at: i64) -> Option<Value> {
        let status = self.status(at)?;
        let mut view = json!({
            "card_appid": self.holder.appid,
            "card_openid": self.holder.openid,
            "card_status": status.as_str(),
        });
        if let (Some(object), true) = (view.as_object_mut(), status != CardStatus::InsertAccepted) {
            object.insert("card_id".to_owned(), self.holder.card_id.clone().into());
            object.insert("card_code".to_owned(), self.code.clone().into());
        }
        Some(view)
    }
}

impl Span {
    fn new(sandbox: &Sandbox, accepted_at: i64) -> Self {
        Self { accepted_at, done_at: accepted_at + i64::from(sandbox.settings().card_seconds) * 1000 }
    }
}

impl CardStatus {
    /// The official word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::InsertAccepted => "INSERT_ACCEPTED",
            Self::Inserted => "INSERTED",
            Self::DiscardAccepted => "DISCARD_ACCEPTED",
            Self::Discarded => "DISCARDED",
        }
    }
}

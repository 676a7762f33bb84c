//! The card of an invoice in its user's wallet.

use serde_json::{Value, json};

use super::course::Status;
use crate::random;

/// A card with invented numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    appid: String,
    pub(crate) openid: String,
    id: String,
    code: String,
}

impl Card {
    /// A card in this user's wallet.
    pub(crate) fn new(appid: &str, openid: &str) -> Self {
        Self {
            appid: appid.to_owned(),
            openid: openid.to_owned(),
            id: format!("p{}", random::alphanumeric(27)),
            code: random::digits(12),
        }
    }

    /// The card as the query shows it beside an invoice of that status; a reversal takes it out of the wallet.
    pub(super) fn view(&self, status: Status) -> Value {
        let card_status = match status {
            Status::ReverseAccepted => "DISCARD_ACCEPTED",
            Status::Reversed => "DISCARDED",
            _ => "INSERTED",
        };
        json!({
            "card_appid": self.appid,
            "card_openid": self.openid,
            "card_id": self.id,
            "card_code": self.code,
            "card_status": card_status,
        })
    }
}

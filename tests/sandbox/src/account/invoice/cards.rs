//! Card templates and the cards in users' wallets.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{super::AccountError, fields::Fields, status::Status};
use crate::random;

/// A card is valid so long; no document says how long invoice cards are.
const CARD_LIFE: i64 = 365 * 86_400;

/// Templates and cards.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    templates: HashMap<String, Template>,
    cards: Vec<Card>,
}

/// A template of one payee.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pub(super) payee: String,
    pub(super) kind: String,
    pub(super) made_at: i64,
}

/// A card in a wallet.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) order_id: String,
    /// `card_id`: the template's id.
    pub(super) template: String,
    pub(super) openid: String,
    pub(super) code: String,
    encrypt_code: String,
    pub(super) status: Status,
    at: i64,
    /// `invoice_user_data` as it came.
    data: Map<String, Value>,
}

/// A card as the control API shows it: what `chooseInvoice` gives a page, and more.
#[derive(Debug, Serialize)]
pub(crate) struct Shown<'a> {
    order_id: &'a str,
    card_id: &'a str,
    code: &'a str,
    encrypt_code: &'a str,
    openid: &'a str,
    reimburse_status: &'static str,
}

impl Cards {
    /// Keeps a template; gives its id.
    pub(super) fn make(&mut self, template: Template) -> String {
        let card_id = format!("p{}", random::alphanumeric(27));
        self.templates.insert(card_id.clone(), template);
        card_id
    }

    pub(super) fn template(&self, card_id: &str) -> Option<&Template> {
        self.templates.get(card_id)
    }

    /// Whether an invoice of that code and number is in a wallet.
    pub(super) fn holds(&self, billing_code: &str, billing_no: &str) -> bool {
        let says = |card: &Card, name: &str, text: &str| {
            card.data.get(name).and_then(Value::as_str).unwrap_or_default() == text
        };
        self.cards.iter().any(|card| says(card, "billing_code", billing_code) && says(card, "billing_no", billing_no))
    }

    /// Puts a card into a wallet.
    pub(super) fn put(&mut self, card: Card) {
        self.cards.push(card);
    }

    /// The card of a plain code; an unknown one is answered as in the reports of invoice codes in its place.
    pub(super) fn by_code(&mut self, card_id: &str, code: &str) -> Result<&mut Card, AccountError> {
        let found = self.cards.iter_mut().find(|card| card.template == card_id && card.code == code);
        found.ok_or(AccountError::NEVER_AUTH)
    }

    /// The place of the card that a reimburser names; which code answers an unknown one is not documented.
    pub(super) fn named(&self, item: Fields<'_>) -> Result<usize, AccountError> {
        let (card_id, encrypt_code) = (item.text("card_id")?, item.text("encrypt_code")?);
        let named = |card: &Card| card.template == card_id && card.encrypt_code == encrypt_code;
        self.cards.iter().position(named).ok_or(AccountError::NO_CARD)
    }

    pub(super) fn at(&mut self, place: usize) -> Result<&mut Card, AccountError> {
        self.cards.get_mut(place).ok_or(AccountError::NO_CARD)
    }

    /// Every card, oldest first.
    pub(crate) fn shown(&self) -> Vec<Shown<'_>> {
        self.cards.iter().map(Card::shown).collect()
    }
}

impl Card {
    pub(super) fn new(order_id: &str, card_id: &str, openid: String, data: &Map<String, Value>, at: i64) -> Self {
        Self {
            order_id: order_id.to_owned(),
            template: card_id.to_owned(),
            openid,
            code: random::digits(12),
            // The official codes look like Base64 with characters that a URL would spoil.
            encrypt_code: format!("{}+/{}=", random::alphanumeric(40), random::alphanumeric(13)),
            status: Status::Init,
            at,
            data: data.clone(),
        }
    }

    fn shown(&self) -> Shown<'_> {
        Shown {
            order_id: &self.order_id,
            card_id: &self.template,
            code: &self.code,
            encrypt_code: &self.encrypt_code,
            openid: &self.openid,
            reimburse_status: self.status.as_str(),
        }
    }

    /// The card as a reimburser sees it.
    pub(super) fn view(&self, template: Option<&Template>, link: impl Fn(&str) -> Option<String>) -> Value {
        let mut info = self.data.clone();
        for (media, url) in [("s_pdf_media_id", "pdf_url"), ("s_trip_pdf_media_id", "trip_pdf_url")] {
            let media = info.remove(media);
            if let Some(found) = media.as_ref().and_then(Value::as_str).and_then(&link) {
                info.insert(url.to_owned(), found.into());
            }
        }
        info.insert("reimburse_status".to_owned(), self.status.as_str().into());
        info.insert("order_id".to_owned(), self.order_id.clone().into());
        let detail = self.data.get("info").and_then(|lines| lines.get(0)).and_then(|line| line.get("name")).cloned();
        json!({
            "card_id": self.template,
            "begin_time": self.at,
            "end_time": self.at + CARD_LIFE,
            "openid": self.openid,
            "type": template.map(|template| template.kind.as_str()),
            "payee": template.map(|template| template.payee.as_str()),
            "detail": detail.unwrap_or_else(|| Value::from("")),
            "user_info": info,
        })
    }
}

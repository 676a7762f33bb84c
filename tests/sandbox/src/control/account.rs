//! `/_sandbox/authorisation`, `/_sandbox/invoice-cards`, `/_sandbox/title-code`: what users of the account do.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Reply, body::Body};
use crate::{
    account::{AuthorisedTitle, ScannedTitle},
    sandbox::Sandbox,
};

#[derive(Deserialize)]
pub(super) struct Authorised {
    order_id: String,
    openid: Option<String>,
    #[serde(flatten)]
    title: AuthorisedTitle,
}

/// A user authorises the invoice of an order, and fills in a title where the link asks for one.
pub(super) async fn authorise(State(sandbox): State<Arc<Sandbox>>, Body(authorised): Body<Authorised>) -> Reply {
    let Authorised { order_id, openid, title } = authorised;
    if sandbox.invoices().orders.authorise(&order_id, title, openid, sandbox.clock.now()) {
        return Ok(Json(json!({})));
    }
    Err(Refused::new(StatusCode::NOT_FOUND, "no authorisation link was made for this order"))
}

/// The invoice cards in wallets: `card_id` and `encrypt_code` are what `chooseInvoice` gives a page.
pub(super) async fn cards(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    Json(json!({"cards": sandbox.invoices().cards.shown()}))
}

/// A user shows the QR code of a title.
pub(super) async fn show_title(State(sandbox): State<Arc<Sandbox>>, Body(title): Body<ScannedTitle>) -> Json<Value> {
    Json(json!({"scan_text": sandbox.invoices().titles.show(title, sandbox.clock.now())}))
}

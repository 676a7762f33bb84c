//! `/_sandbox/authorisation`, `/_sandbox/invoice-cards`, `/_sandbox/title-code`: what users of the account do.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Reply, body::Body};
use crate::{
    account::{AuthorisedTitle, ScannedTitle},
    pushes::{self, Event, Kind},
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
    let agreed = sandbox.invoices().orders.authorise(&order_id, title, openid, sandbox.clock.now());
    let no_link = || Refused::new(StatusCode::NOT_FOUND, "no authorisation link was made for this order");
    let (openid, source) = agreed.ok_or_else(no_link)?;
    let fields = [("FromUserName", openid.as_str()), ("SuccOrderId", &order_id), ("Source", &source)];
    pushes::tell(&sandbox, Event::new(Kind::UserAuthorizeInvoice, fields));
    Ok(Json(json!({})))
}

/// The invoice cards in wallets: `card_id` and `encrypt_code` are what `chooseInvoice` gives a page.
pub(super) async fn cards(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    Json(json!({"cards": sandbox.invoices().cards.shown()}))
}

/// A user shows the QR code of a title.
pub(super) async fn show_title(State(sandbox): State<Arc<Sandbox>>, Body(title): Body<ScannedTitle>) -> Json<Value> {
    Json(json!({"scan_text": sandbox.invoices().titles.show(title, sandbox.clock.now())}))
}

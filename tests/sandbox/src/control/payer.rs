//! `/_sandbox/title`, `/_sandbox/payment`, `/_sandbox/discard`: what the payer does.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::{Refused, Reply, body::Body};
use crate::{
    pay::fapiao::{self, Buyer, FillError, Scope},
    sandbox::Sandbox,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filled {
    fapiao_apply_id: String,
    buyer: Option<Buyer>,
    /// Whose order it is, when the payer comes from its bill and not by a link.
    mchid: Option<String>,
    sub_mchid: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Payment {
    mchid: String,
    sub_mchid: Option<String>,
    transaction_id: String,
    amount: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Discarded {
    mchid: String,
    sub_mchid: Option<String>,
    fapiao_apply_id: String,
    fapiao_id: String,
}

/// Fills in the title of an application: of its latest link, or at the bill of an order.
pub(super) async fn fill(State(sandbox): State<Arc<Sandbox>>, Body(filled): Body<Filled>) -> Reply {
    let apply_id = &filled.fapiao_apply_id;
    let buyer = filled.buyer.unwrap_or_else(Buyer::invented);
    let now = sandbox.clock.now_millis();
    let scope = if let Some(mchid) = filled.mchid {
        let scope = scope(&sandbox, &mchid, filled.sub_mchid)?;
        sandbox.book().fill_at_bill(&scope, apply_id, buyer, now);
        scope
    } else {
        sandbox.book().fill(apply_id, buyer, now).map_err(|error| match error {
            FillError::NoLink => Refused::new(StatusCode::NOT_FOUND, "no title link was made for this application"),
            FillError::Expired => Refused::new(StatusCode::GONE, "the title link is older than 30 minutes"),
        })?
    };
    fapiao::tell_of_title(&sandbox, &scope, apply_id, now);
    Ok(Json(json!({"mchid": scope.mchid, "sub_mchid": scope.sub_mchid, "fapiao_apply_id": apply_id})))
}

/// Pays an order, so that its owner and amount are known.
pub(super) async fn pay(State(sandbox): State<Arc<Sandbox>>, Body(paid): Body<Payment>) -> Reply {
    let scope = scope(&sandbox, &paid.mchid, paid.sub_mchid)?;
    sandbox.book().pay(&scope, &paid.transaction_id, paid.amount);
    Ok(Json(json!({})))
}

/// Takes a card out of the wallet.
pub(super) async fn discard(State(sandbox): State<Arc<Sandbox>>, Body(card): Body<Discarded>) -> Reply {
    let scope = scope(&sandbox, &card.mchid, card.sub_mchid)?;
    let mut book = sandbox.book();
    let held = book.card(&scope, &card.fapiao_apply_id, &card.fapiao_id);
    let held = held.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "no such card"))?;
    held.discard(&sandbox, sandbox.clock.now_millis());
    let gone = held.discarded_at();
    drop(book);
    fapiao::tell_of_discarded(&sandbox, &scope, &card.fapiao_apply_id, gone);
    Ok(Json(json!({})))
}

/// Whose numbers are meant.
pub(super) fn scope(sandbox: &Sandbox, mchid: &str, sub_mchid: Option<String>) -> Result<Scope, Refused> {
    let merchant = sandbox.keys.merchant(mchid);
    let mchid = merchant.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "no such merchant"))?.mchid;
    Ok(Scope { mchid, sub_mchid })
}

//! `/_sandbox/callbacks`, `/_sandbox/callback-url`: what merchants are told, and where.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, Reply, body::Body, payer::scope};
use crate::{
    callbacks,
    pay::fapiao::{Event, EventKind},
    sandbox::Sandbox,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Address {
    mchid: String,
    sub_mchid: Option<String>,
    callback_url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    event_type: EventKind,
    mchid: String,
    sub_mchid: Option<String>,
    fapiao_apply_id: String,
    /// In place of the invoices the sandbox knows of.
    fapiao_information: Option<Value>,
}

/// Sets where a merchant is told of events, as `PATCH development-config` does.
pub(super) async fn address(State(sandbox): State<Arc<Sandbox>>, Body(address): Body<Address>) -> Reply {
    let scope = scope(&sandbox, &address.mchid, address.sub_mchid)?;
    sandbox.registry().set_callback_url(scope, address.callback_url);
    Ok(Json(json!({})))
}

/// Every notification, once those that are due have been sent.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.catch_up().await;
    let callbacks = sandbox.callbacks();
    Json(json!({"callbacks": callbacks.all()}))
}

/// Sends an event of any kind at once.
pub(super) async fn trigger(State(sandbox): State<Arc<Sandbox>>, Body(wanted): Body<Wanted>) -> Reply {
    let scope = scope(&sandbox, &wanted.mchid, wanted.sub_mchid)?;
    let event = Event { kind: wanted.event_type, scope, apply_id: wanted.fapiao_apply_id };
    let resource = event.resource(&sandbox, sandbox.clock.now_millis(), wanted.fapiao_information);
    let number = callbacks::announce(&sandbox, &event, resource);
    let number = number.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "this merchant has set no callback_url"))?;
    sandbox.catch_up().await;
    Ok(Json(json!(sandbox.callbacks().get(number))))
}

/// Sends a notification again, whatever its schedule says.
pub(super) async fn again(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Reply {
    let number = sandbox.callbacks().find(&id);
    let number = number.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "no such notification"))?;
    sandbox.in_turn(callbacks::send_again(&sandbox, number)).await;
    Ok(Json(json!(sandbox.callbacks().get(number))))
}

//! `/_sandbox/push-url`, `/_sandbox/push-url-check`, `/_sandbox/pushes`, `/_sandbox/title-submission`: what an account and a
//! third-party platform are told, and where.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Refused, Reply,
    body::Body,
    one_fault::{OneFault, planned},
};
use crate::{
    faults::Scope,
    pushes::{self, Choice, Event, Kind, Receiver},
    sandbox::Sandbox,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whose {
    #[serde(default)]
    receiver: Receiver,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    event: Kind,
    fault: Option<OneFault>,
    /// Elements in place of invented ones.
    #[serde(flatten)]
    fields: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Submission {
    title: String,
    openid: Option<String>,
    #[serde(default = "organisation")]
    title_type: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    tax_no: String,
    #[serde(default)]
    addr: String,
    #[serde(default)]
    bank_type: String,
    #[serde(default)]
    bank_no: String,
    #[serde(default)]
    attach: String,
}

impl Wanted {
    /// The event, and the fault it was ordered with.
    pub(super) fn read(self) -> (Event, Option<OneFault>) {
        (Event { kind: self.event, fields: self.fields }, self.fault)
    }
}

/// Sets where an account or a platform is told, as its console does.
pub(super) async fn address(State(sandbox): State<Arc<Sandbox>>, Body(choice): Body<Choice>) -> Reply {
    pushes::set_address(&sandbox, choice).map_err(refuse)?;
    sandbox.catch_up().await;
    Ok(Json(json!({})))
}

/// Asks the address the question of the console.
pub(super) async fn check(State(sandbox): State<Arc<Sandbox>>, Body(whose): Body<Whose>) -> Reply {
    let address = sandbox.pushes().address(whose.receiver).cloned().ok_or_else(nowhere)?;
    let (status, answer, passed) = pushes::check_address(&sandbox, &address).await;
    Ok(Json(json!({"status": status, "answer": answer, "passed": passed})))
}

/// Every push, once those that are due have been sent.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.catch_up().await;
    let pushes = sandbox.pushes();
    Json(json!({"pushes": pushes.all()}))
}

/// Sends an event of any kind at once.
pub(super) async fn trigger(State(sandbox): State<Arc<Sandbox>>, Body(wanted): Body<Wanted>) -> Reply {
    let (event, fault) = wanted.read();
    let planned = planned(fault, Scope::Push)?;
    let number = pushes::announce(&sandbox, event, planned).map_err(refuse)?.ok_or_else(nowhere)?;
    sandbox.catch_up().await;
    Ok(Json(json!(sandbox.pushes().get(number))))
}

/// Sends a push again, whatever its schedule says.
pub(super) async fn again(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Reply {
    let number = sandbox.pushes().find(&id);
    let number = number.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "no such push"))?;
    sandbox.in_turn(pushes::send_again(&sandbox, number)).await;
    Ok(Json(json!(sandbox.pushes().get(number))))
}

/// A user chooses a title under the link of `getselecttitleurl`.
pub(super) async fn submit_title(State(sandbox): State<Arc<Sandbox>>, Body(given): Body<Submission>) -> Reply {
    let event = Event::new(
        Kind::SubmitInvoiceTitle,
        [
            ("title", given.title.as_str()),
            ("phone", &given.phone),
            ("tax_no", &given.tax_no),
            ("addr", &given.addr),
            ("bank_type", &given.bank_type),
            ("bank_no", &given.bank_no),
            ("attach", &given.attach),
            ("title_type", &given.title_type),
        ]
        .into_iter()
        .chain(given.openid.as_deref().map(|openid| ("FromUserName", openid))),
    );
    pushes::tell(&sandbox, event);
    Ok(Json(json!({})))
}

/// Why an event can't be written.
pub(super) fn refuse(reason: String) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, reason)
}

fn nowhere() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "no address was set: POST /push-url")
}

fn organisation() -> String {
    "InvoiceUserTitleBusinessType".to_owned()
}

//! `/_sandbox/signed-callback`, `/_sandbox/signed-push`: what would be sent, for tests that hand it to their own program.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Refused, Reply,
    body::Body,
    one_fault::{OneFault, planned},
    payer::scope,
    pushes::{Wanted as WantedPush, refuse},
};
use crate::{
    callbacks,
    faults::{Planned, Scope},
    pay::fapiao::{Event, EventKind},
    pushes,
    sandbox::Sandbox,
};

/// Faults of sending, which change nothing of what is sent.
const OF_SENDING: [&str; 5] = ["callback_twice", "callback_held", "callback_lost", "push_twice", "push_lost"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    event_type: EventKind,
    #[serde(default = "direct")]
    mchid: String,
    sub_mchid: Option<String>,
    #[serde(default = "invented_id")]
    fapiao_apply_id: String,
    fapiao_information: Option<Value>,
    fault: Option<OneFault>,
}

/// A callback, signed and encrypted, that is not sent.
pub(super) async fn callback(State(sandbox): State<Arc<Sandbox>>, Body(wanted): Body<Wanted>) -> Reply {
    let scope = scope(&sandbox, &wanted.mchid, wanted.sub_mchid)?;
    let planned = of_writing(planned(wanted.fault, Scope::Callback)?)?;
    let event = Event { kind: wanted.event_type, scope, apply_id: wanted.fapiao_apply_id };
    let resource = event.resource_or_invented(&sandbox, sandbox.clock.now_millis(), wanted.fapiao_information);
    let (url, letter) = callbacks::preview(&sandbox, &event, resource, &planned);
    let headers: Value = letter.headers.into_iter().map(|(name, value)| json!([name, value])).collect();
    let mut body = json!({"headers": headers, "body_base64": STANDARD.encode(&letter.body)});
    if let (Some(object), Some(url)) = (body.as_object_mut(), url) {
        object.insert("url".to_owned(), url.into());
    }
    Ok(Json(body))
}

/// A push, signed and encrypted, that is not sent.
pub(super) async fn push(State(sandbox): State<Arc<Sandbox>>, Body(wanted): Body<WantedPush>) -> Reply {
    let (event, fault) = wanted.read();
    let planned = of_writing(planned(fault, Scope::Push)?)?;
    let letter = pushes::preview(&sandbox, event, &planned).map_err(refuse)?;
    let headers = json!([["Content-Type", letter.content_type]]);
    Ok(Json(json!({"query": letter.query, "headers": headers, "body_base64": STANDARD.encode(letter.body)})))
}

fn of_writing(planned: Vec<Planned>) -> Result<Vec<Planned>, Refused> {
    match planned.iter().find(|fault| OF_SENDING.contains(&fault.kind.name)) {
        None => Ok(planned),
        Some(fault) => Err(Refused::new(
            StatusCode::BAD_REQUEST,
            format!("{} is about sending, and this is not sent", fault.kind.name),
        )),
    }
}

fn direct() -> String {
    "1900000001".to_owned()
}

fn invented_id() -> String {
    "4200000000202611280000000001".to_owned()
}

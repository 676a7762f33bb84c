//! `/_sandbox/component-authorisation`: the account lets the third-party platform act for it.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use crate::sandbox::Sandbox;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Gives what the platform's page is called with afterwards.
pub(super) async fn authorise(State(sandbox): State<Arc<Sandbox>>, Body(Nothing {}): Body<Nothing>) -> Json<Value> {
    let (code, expires_in) = sandbox.component().authorise(sandbox.clock.now());
    Json(json!({"authorization_code": code, "expires_in": expires_in}))
}

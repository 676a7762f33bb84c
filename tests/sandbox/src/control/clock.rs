//! `/_sandbox/clock`: the virtual clock.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::Body;
use crate::{clock::rfc3339, sandbox::Sandbox};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    advance: i32,
}

/// The time now.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    let now = sandbox.clock.now();
    Json(json!({"now": now, "time": rfc3339(now), "advanced": sandbox.clock.advanced_millis().div_euclid(1000)}))
}

/// Moves the clock; what is due until then happens at its time.
pub(super) async fn advance(state: State<Arc<Sandbox>>, Body(by): Body<Advance>) -> Json<Value> {
    state.advance(by.advance.into()).await;
    show(state).await
}

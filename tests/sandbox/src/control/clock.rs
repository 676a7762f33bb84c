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
    Json(json!({"now": now, "time": rfc3339(now), "advanced": sandbox.clock.advanced()}))
}

/// Moves the clock.
pub(super) async fn advance(state: State<Arc<Sandbox>>, Body(by): Body<Advance>) -> Json<Value> {
    state.clock.advance(by.advance.into());
    show(state).await
}

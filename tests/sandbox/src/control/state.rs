//! `/_sandbox/settings`, `/_sandbox/listener`, `/_sandbox/reset`.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Refused,
    body::Body,
    faults::{put_up, set},
};
use crate::{exchange::Host, listener::Presence, sandbox::Sandbox, settings::Settings};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Doors {
    main: Option<Presence>,
    backup: Option<Presence>,
}

/// The settings.
pub(super) async fn settings(State(sandbox): State<Arc<Sandbox>>) -> Json<Settings> {
    Json(*sandbox.settings())
}

/// Changes some of them.
pub(super) async fn change(
    state: State<Arc<Sandbox>>,
    Body(change): Body<Map<String, Value>>,
) -> Result<Json<Settings>, Refused> {
    let applied = state.settings().apply(change);
    applied.map_err(|error| Refused::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    Ok(settings(state).await)
}

/// Takes listeners down or puts them up.
pub(super) async fn listener(State(sandbox): State<Arc<Sandbox>>, Body(doors): Body<Doors>) -> Json<Value> {
    for (host, wanted) in [(Host::Main, doors.main), (Host::Backup, doors.backup)] {
        if let Some(presence) = wanted {
            set(&sandbox, host, presence).await;
        }
    }
    Json(json!({}))
}

/// Forgets everything.
pub(super) async fn reset(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.reset();
    put_up(&sandbox).await;
    Json(json!({}))
}

//! `/_sandbox/ledger`: what arrived and what took effect.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Window {
    #[serde(default)]
    since: u64,
    #[serde(default = "unlimited")]
    limit: usize,
}

/// Arrivals in order.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>, Query(window): Query<Window>) -> Json<Value> {
    let (arrivals, last) = {
        let ledger = sandbox.ledger();
        (ledger.since(window.since, window.limit), ledger.last())
    };
    Json(json!({"arrivals": arrivals, "last": last}))
}

/// Effects with their counts.
pub(super) async fn effects(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    let effects = sandbox.ledger().effects();
    let doubled = effects.iter().filter(|effect| effect.count > 1).count();
    Json(json!({"effects": effects, "doubled": doubled}))
}

/// Forgets both.
pub(super) async fn clear(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.ledger().clear();
    Json(json!({}))
}

fn unlimited() -> usize {
    usize::MAX
}

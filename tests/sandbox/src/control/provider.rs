//! `/_sandbox/sub-merchants`, `/_sandbox/invitations`: what sub-merchants do about their provider.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::json;

use super::{Refused, Reply, body::Body};
use crate::{
    pay::fapiao::{Outcome, SubMerchantChange},
    sandbox::Sandbox,
};

/// Changes what a sub-merchant has accepted and opened.
pub(super) async fn change(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
    Body(change): Body<SubMerchantChange>,
) -> Reply {
    let mut registry = sandbox.registry();
    let known = registry.sub_merchant(&number);
    known.apply(change);
    Ok(Json(json!(known)))
}

/// Ends an invitation; a merchant that takes it up has then accepted the provider.
pub(super) async fn answer(
    State(sandbox): State<Arc<Sandbox>>,
    Path(code): Path<String>,
    Body(outcome): Body<Outcome>,
) -> Reply {
    let now = sandbox.clock.now();
    let ended = sandbox.registry().end_invitation(&code, now, outcome);
    ended.ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "no such invitation"))?;
    Ok(Json(json!({})))
}

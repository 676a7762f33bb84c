//! `/_sandbox/title`: what the payer does.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::{Refused, Reply, body::Body};
use crate::{
    pay::fapiao::{Buyer, FillError},
    sandbox::Sandbox,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filled {
    fapiao_apply_id: String,
    buyer: Option<Buyer>,
}

/// Fills in the title of the latest link of an application.
pub(super) async fn fill(State(sandbox): State<Arc<Sandbox>>, Body(filled): Body<Filled>) -> Reply {
    let buyer = filled.buyer.unwrap_or_else(Buyer::invented);
    let now = sandbox.clock.now();
    let done = sandbox.book().fill(&filled.fapiao_apply_id, buyer, now);
    let scope = done.map_err(|error| match error {
        FillError::NoLink => Refused::new(StatusCode::NOT_FOUND, "no title link was made for this application"),
        FillError::Expired => Refused::new(StatusCode::GONE, "the title link is older than 30 minutes"),
    })?;
    Ok(Json(json!({"mchid": scope.mchid, "sub_mchid": scope.sub_mchid, "fapiao_apply_id": filled.fapiao_apply_id})))
}

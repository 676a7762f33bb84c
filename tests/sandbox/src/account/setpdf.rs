//! `POST /card/invoice/platform/setpdf`: uploads the file of an invoice.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{AccountCall, AccountError, AccountRoute, TokenUse};
use crate::{
    exchange::{Answer, Effect},
    keys::APPID,
    route::{Door, Route},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/card/invoice/platform/setpdf",
    door: Door::Account(AccountRoute { token: TokenUse::Needed, handle }),
};

/// Which code answers which fault of the form is not documented: 40097 for its shape, 72040 for a file that is no PDF.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let parts = call.parts.as_ref().and_then(|parts| parts.as_ref().ok()).ok_or(AccountError::ARGUMENTS)?;
    let part = parts.iter().find(|part| part.name == "pdf").ok_or(AccountError::ARGUMENTS)?;
    let named = part.file_name.as_deref().is_some_and(|name| !name.is_empty());
    if !named || part.content_type.as_deref() != Some("application/pdf") {
        return Err(AccountError::ARGUMENTS);
    }
    if !part.body.starts_with(b"%PDF-") {
        return Err(AccountError::INVOICE_PDF);
    }
    let digest = format!("{:x}", Sha256::digest(&part.body));
    let media_id = call.sandbox.shelf().put(part.body.clone(), call.sandbox.clock.now());
    let body = json!({"errcode": 0, "errmsg": "ok", "s_media_id": media_id});
    Ok(Answer::json(200, &body).effect(Effect::new("media", &[("appid", APPID), ("sha256", &digest)])))
}

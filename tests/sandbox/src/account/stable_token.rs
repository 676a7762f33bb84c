//! `POST /cgi-bin/stable_token`: an access token.

use serde::Deserialize;
use serde_json::json;

use super::{AccountCall, AccountError, AccountRoute, TokenUse, tokens::Mode};
use crate::{
    exchange::{Answer, Effect},
    keys::{APP_SECRET, APPID},
    route::{Door, Route},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/cgi-bin/stable_token",
    door: Door::Account(AccountRoute { token: TokenUse::Unused, handle }),
};

#[derive(Deserialize)]
struct Asked {
    grant_type: Option<String>,
    appid: Option<String>,
    secret: Option<String>,
    #[serde(default)]
    force_refresh: bool,
}

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let asked: Asked = call.body()?;
    if asked.grant_type.as_deref() != Some("client_credential") {
        return Err(AccountError::GRANT_TYPE);
    }
    if asked.appid.ok_or(AccountError::APPID_MISSING)? != APPID {
        return Err(AccountError::APPID);
    }
    if asked.secret.ok_or(AccountError::SECRET_MISSING)? != APP_SECRET {
        return Err(AccountError::SECRET);
    }
    let mode = if asked.force_refresh { Mode::Forced } else { Mode::Normal };
    let grant = call.sandbox.tokens().grant(mode, call.sandbox.clock.now())?;
    let answer = Answer::json(200, &json!({"access_token": grant.token, "expires_in": grant.expires_in}));
    if !grant.is_new {
        return Ok(answer);
    }
    let kind = if asked.force_refresh { "forced" } else { "normal" };
    Ok(answer.effect(Effect::new("token", &[("appid", APPID), ("mode", kind)])))
}

//! `POST /cgi-bin/component/api_component_token`: the platform's own token, for a ticket it was pushed.

use serde::Deserialize;
use serde_json::json;

use super::{
    super::{AccountCall, AccountError, AccountRoute, TokenUse, tokens::Mode},
    check_appid,
};
use crate::{
    exchange::{Answer, Effect},
    keys::{COMPONENT_APPID, COMPONENT_SECRET},
    route::{Door, Route},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/cgi-bin/component/api_component_token",
    door: Door::Account(AccountRoute { token: TokenUse::Unused, handle }),
};

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names are WeChat's")]
struct Asked {
    component_appid: Option<String>,
    component_appsecret: Option<String>,
    #[serde(default)]
    component_verify_ticket: String,
}

/// Whether a repeated call gives another token is not documented: as with stable tokens, only in the last five minutes.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let asked: Asked = call.body()?;
    check_appid(asked.component_appid.as_deref())?;
    if asked.component_appsecret.ok_or(AccountError::SECRET_MISSING)? != COMPONENT_SECRET {
        return Err(AccountError::SECRET);
    }
    let now = call.sandbox.clock.now();
    let mut component = call.sandbox.component();
    component.tickets.check(&asked.component_verify_ticket, now)?;
    let grant = component.tokens.grant(Mode::Normal, now)?;
    let answer = Answer::json(200, &json!({"component_access_token": grant.token, "expires_in": grant.expires_in}));
    let effect = Effect::new("token", &[("appid", COMPONENT_APPID), ("mode", "component")]);
    Ok(if grant.is_new { answer.effect(effect) } else { answer })
}

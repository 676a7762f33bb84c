//! `POST /cgi-bin/component/api_authorizer_token`: the next token of an account that lets the platform act.

use serde::Deserialize;
use serde_json::json;

use super::{
    super::{AccountCall, AccountError, tokens::Mode},
    check_appid, post,
};
use crate::{
    exchange::{Answer, Effect},
    keys::APPID,
    route::Route,
};

pub(super) const ROUTE: Route = post("/cgi-bin/component/api_authorizer_token", handle);

#[derive(Deserialize)]
struct Asked {
    component_appid: Option<String>,
    #[serde(default)]
    authorizer_appid: String,
    #[serde(default)]
    authorizer_refresh_token: String,
}

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let asked: Asked = call.body()?;
    check_appid(asked.component_appid.as_deref())?;
    let (now, habit) = (call.sandbox.clock.now(), call.sandbox.settings().refresh_tokens);
    let mut component = call.sandbox.component();
    let authorizer = component.authorizer.as_mut().filter(|_| asked.authorizer_appid == APPID);
    let authorizer = authorizer.ok_or(AccountError::NOT_AUTHORISED)?;
    let refresh_token = authorizer.refresh(&asked.authorizer_refresh_token, habit)?;
    let grant = authorizer.tokens.grant(Mode::Normal, now)?;
    let answer = Answer::json(
        200,
        &json!({
            "authorizer_access_token": grant.token,
            "expires_in": grant.expires_in,
            "authorizer_refresh_token": refresh_token,
        }),
    );
    let effect = Effect::new("token", &[("appid", APPID), ("mode", "authorizer")]);
    Ok(if grant.is_new { answer.effect(effect) } else { answer })
}

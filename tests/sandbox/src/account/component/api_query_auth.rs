//! `POST /cgi-bin/component/api_query_auth`: the first tokens of an account, for the code of its authorisation.

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

pub(super) const ROUTE: Route = post("/cgi-bin/component/api_query_auth", handle);

#[derive(Deserialize)]
struct Asked {
    component_appid: Option<String>,
    #[serde(default)]
    authorization_code: String,
}

/// The set of permissions is the one of invoices.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let asked: Asked = call.body()?;
    check_appid(asked.component_appid.as_deref())?;
    let now = call.sandbox.clock.now();
    let mut component = call.sandbox.component();
    let authorizer = component.redeem(&asked.authorization_code, now)?;
    let grant = authorizer.tokens.grant(Mode::Normal, now)?;
    let body = json!({"authorization_info": {
        "authorizer_appid": APPID,
        "authorizer_access_token": grant.token,
        "expires_in": grant.expires_in,
        "authorizer_refresh_token": authorizer.refresh_token,
        "func_info": [{"funcscope_category": {"id": 26}}],
    }});
    Ok(Answer::json(200, &body).effect(Effect::new("token", &[("appid", APPID), ("mode", "authorizer")])))
}

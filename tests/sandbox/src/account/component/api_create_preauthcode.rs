//! `POST /cgi-bin/component/api_create_preauthcode`: a code for the link under which an account authorises the platform.

use serde::Deserialize;
use serde_json::json;

use super::{
    super::{AccountCall, AccountError},
    PREAUTH_LIFE, check_appid, post,
};
use crate::{exchange::Answer, random, route::Route};

pub(super) const ROUTE: Route = post("/cgi-bin/component/api_create_preauthcode", handle);

#[derive(Deserialize)]
struct Asked {
    component_appid: Option<String>,
}

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let asked: Asked = call.body()?;
    check_appid(asked.component_appid.as_deref())?;
    let code = format!("preauthcode@@@{}", random::alphanumeric(64));
    Ok(Answer::json(200, &json!({"pre_auth_code": code, "expires_in": PREAUTH_LIFE})))
}

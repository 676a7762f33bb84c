//! `POST /card/invoice/platform/getpdf`: a link to an uploaded file.

use serde::Deserialize;
use serde_json::json;

use super::{AccountCall, AccountError, AccountRoute, TokenUse, media::LINK_LIFE, media_file};
use crate::{
    exchange::Answer,
    route::{Door, Route},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/card/invoice/platform/getpdf",
    door: Door::Account(AccountRoute { token: TokenUse::Needed, handle }),
};

#[derive(Deserialize)]
struct Asked {
    action: String,
    s_media_id: String,
}

/// The code for an unknown file is not documented; 40097 says that an argument is wrong.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let asked: Asked = call.body()?;
    if asked.action != "get_url" {
        return Err(AccountError::ARGUMENTS);
    }
    let url = media_file::link(call.sandbox, &asked.s_media_id).ok_or(AccountError::ARGUMENTS)?;
    let body = json!({"errcode": 0, "errmsg": "ok", "pdf_url": url, "pdf_url_expire_time": LINK_LIFE});
    Ok(Answer::json(200, &body))
}

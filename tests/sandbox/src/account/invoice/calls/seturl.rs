//! `POST /card/invoice/seturl`: the platform's own link, with its id in the query.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        S_PAPPID,
    },
    body, ok, post,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/seturl", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    body(call)?;
    let query = form_urlencoded::Serializer::new("action=list".to_owned()).append_pair("s_pappid", S_PAPPID).finish();
    Ok(ok(json!({"invoice_url": format!("https://mp.weixin.qq.com/bizmall/authinvoice?{query}")})))
}

//! `POST /card/invoice/biz/getselecttitleurl`: a link under which users choose a title for a merchant.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
    },
    body, ok, post,
};
use crate::{exchange::Answer, random, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/biz/getselecttitleurl", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    ["attach", "biz_name"].iter().try_for_each(|name| Fields(&body).may_be_empty(name).map(|_| ()))?;
    let key = random::alphanumeric(32);
    Ok(ok(json!({"url": format!("https://mp.weixin.qq.com/bizmall/invoicetitle?action=select&key={key}")})))
}

//! `POST /card/invoice/biz/getusertitleurl`: a link that hands a user a title.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
    },
    body, ok, post,
};
use crate::{exchange::Answer, random, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/biz/getusertitleurl", handle);

/// The enterprise sets the title.
const TITLE_SET: i64 = 0;

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (title, phone, tax_no) =
        (fields.may_be_empty("title")?, fields.may_be_empty("phone")?, fields.may_be_empty("tax_no")?);
    ["addr", "bank_type", "bank_no", "out_title_id"]
        .iter()
        .try_for_each(|name| fields.may_be_empty(name).map(|_| ()))?;
    fields.flag("user_fill")?;
    if title.is_empty() && fields.optional_number("user_fill")? == Some(TITLE_SET) {
        return Err(AccountError::TITLE);
    }
    let is_tax_no = (15..=20).contains(&tax_no.len()) && tax_no.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_phone = phone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_phone || !(tax_no.is_empty() || is_tax_no) {
        return Err(AccountError::PARAMETERS);
    }
    let key = random::alphanumeric(32);
    Ok(ok(json!({"url": format!("https://mp.weixin.qq.com/bizmall/invoicetitle?action=add&key={key}")})))
}

//! `POST /card/invoice/getauthurl`: the page where a user authorises one invoice.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        S_PAPPID,
        fields::Fields,
    },
    body, ok, post,
};
use crate::{exchange::Answer, keys::APPID, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/getauthurl", handle);

const SOURCES: [&str; 4] = ["app", "web", "wxa", "wap"];

/// Which code answers a foreign platform or an expired ticket is not documented: 72031, and the one about tokens.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (s_pappid, order_id) = (fields.text("s_pappid")?, fields.text("order_id")?);
    fields.fen("money")?;
    fields.number("timestamp")?;
    let (source, ticket, kind) = (fields.text("source")?, fields.text("ticket")?, fields.number("type")?);
    fields.may_be_empty("redirect_url")?;
    if s_pappid != S_PAPPID || !SOURCES.contains(&source) || !(0..=2).contains(&kind) {
        return Err(AccountError::PARAMETERS);
    }
    let mut invoices = call.sandbox.invoices();
    if invoices.attributes.contact.is_none() {
        return Err(AccountError::NO_CONTACT);
    }
    if !invoices.is_ticket(ticket, call.sandbox.clock.now()) {
        return Err(AccountError::TICKET);
    }
    invoices.orders.link(order_id, kind, source)?;
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("order_id", order_id)
        .append_pair("s_pappid", s_pappid)
        .finish();
    Ok(ok(if source == "wxa" {
        json!({"auth_url": format!("pages/auth/auth?{query}"), "appid": APPID})
    } else {
        json!({"auth_url": format!("https://mp.weixin.qq.com/bizmall/authinvoice?action=auth&{query}")})
    }))
}

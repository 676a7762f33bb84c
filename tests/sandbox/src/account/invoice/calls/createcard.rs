//! `POST /card/invoice/platform/createcard`: a template of invoice cards.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        cards::Template,
        fields::Fields,
    },
    body, ok, post,
};
use crate::{
    exchange::{Answer, Effect},
    keys::APPID,
    route::Route,
};

pub(super) const ROUTE: Route = post("/card/invoice/platform/createcard", handle);

/// Longest short name of a payee, in Chinese characters.
const TITLE: usize = 9;
/// Longest name of a link.
const URL_NAME: usize = 5;

const OPTIONAL: [&str; 5] =
    ["custom_url", "custom_url_sub_title", "promotion_url_name", "promotion_url", "promotion_url_sub_title"];

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let info = Fields(&body).object("invoice_info")?;
    let look = info.object("base_info")?;
    look.text("logo_url")?;
    let title = look.text("title")?.chars().filter(|letter| !letter.is_ascii()).count();
    if title > TITLE || look.may_be_empty("custom_url_name")?.chars().count() > URL_NAME {
        return Err(AccountError::PARAMETERS);
    }
    OPTIONAL.iter().try_for_each(|name| look.may_be_empty(name).map(|_| ()))?;
    let (payee, kind) = (info.text("payee")?, info.text("type")?);
    let made_at = call.sandbox.clock.now();
    let card_id =
        call.sandbox.invoices().cards.make(Template { payee: payee.to_owned(), kind: kind.to_owned(), made_at });
    let effect = Effect::new("invoice_card_template", &[("appid", APPID), ("payee", payee)]);
    Ok(ok(json!({"card_id": card_id})).effect(effect))
}

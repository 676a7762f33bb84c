//! `POST /card/code/consume`: takes the card of a WeChat Pay invoice out of the wallet.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
    },
    body, ok, post,
};
use crate::{
    exchange::{Answer, Effect},
    keys::APPID,
    pay::fapiao,
    route::Route,
};

pub(super) const ROUTE: Route = post("/card/code/consume", handle);

const CODE: usize = 20;
const CARD_ID: usize = 32;

/// A card that is not in a wallet (unknown, consumed or deleted) answers 40127, as the card documents say of the latter two.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (code, card_id) = (fields.text("code")?, fields.may_be_empty("card_id")?);
    if code.len() > CODE || card_id.len() > CARD_ID {
        return Err(AccountError::ARGUMENTS);
    }
    let now = call.sandbox.clock.now_millis();
    let mut book = call.sandbox.book();
    let (scope, apply_id, card) = book.card_of_code(APPID, code).ok_or(AccountError::USER_CARD)?;
    let is_there = card.status(now).is_some_and(|status| status.as_str() == "INSERTED");
    if !is_there || !(card_id.is_empty() || card_id == card.holder.card_id) {
        return Err(AccountError::USER_CARD);
    }
    card.discard(call.sandbox, now);
    let (holder, gone) = (card.holder.clone(), card.discarded_at());
    drop(book);
    fapiao::tell_of_discarded(call.sandbox, &scope, &apply_id, gone);
    let effect = Effect::new("card_consumed", &[("appid", APPID), ("code", code)]);
    Ok(ok(json!({"card": {"card_id": holder.card_id}, "openid": holder.openid})).effect(effect))
}

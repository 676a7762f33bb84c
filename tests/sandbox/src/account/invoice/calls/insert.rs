//! `POST /card/invoice/insert`: an issued invoice into the wallet of the user who authorised its order.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        cards::Card,
        fields::Fields,
    },
    body, ok, post,
};
use crate::{
    exchange::{Answer, Effect},
    keys::APPID,
    route::Route,
    sandbox::Sandbox,
};

pub(super) const ROUTE: Route = post("/card/invoice/insert", handle);

const OPTIONAL: [&str; 9] = [
    "buyer_number",
    "buyer_address_and_phone",
    "buyer_bank_account",
    "seller_number",
    "seller_address_and_phone",
    "seller_bank_account",
    "remarks",
    "cashier",
    "maker",
];
/// `billing_time` has ten digits.
const TIMES: std::ops::RangeInclusive<i64> = 1_000_000_000..=9_999_999_999;

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (order_id, card_id, appid) = (fields.text("order_id")?, fields.text("card_id")?, fields.text("appid")?);
    let card_ext = fields.object("card_ext")?;
    card_ext.text("nonce_str")?;
    let data = card_ext.object("user_card")?.object("invoice_user_data")?;
    check(data)?;
    if appid != APPID {
        return Err(AccountError::PARAMETERS);
    }
    check_number(call.sandbox, data)?;
    check_template(call.sandbox, card_id)?;
    let openid = call.sandbox.invoices().orders.ready(order_id)?;
    link_files(call.sandbox, data)?;
    let mut invoices = call.sandbox.invoices();
    let card = Card::new(order_id, card_id, openid.clone(), data.0, call.sandbox.clock.now());
    let code = card.code.clone();
    invoices.orders.use_up(order_id);
    invoices.cards.put(card);
    let effect = Effect::new("invoice_card", &[("appid", APPID), ("order_id", order_id)]);
    Ok(ok(json!({"code": code, "openid": openid})).effect(effect))
}

/// Presence and shape of what stands on the card.
fn check(data: Fields<'_>) -> Result<(), AccountError> {
    data.fen("fee")?;
    data.text("title")?;
    if !TIMES.contains(&data.number("billing_time")?) {
        return Err(AccountError::PARAMETERS);
    }
    data.text("billing_no")?;
    for line in data.optional_list("info")? {
        line.may_be_empty("name")?;
        line.may_be_empty("unit")?;
        line.optional_number("price")?;
        // A quantity may have a fraction.
        if line.0.get("num").is_some_and(|num| !num.is_number() && !num.is_string()) {
            return Err(AccountError::ARGUMENTS);
        }
    }
    data.fen("fee_without_tax")?;
    data.fen("tax")?;
    data.text("s_pdf_media_id")?;
    data.may_be_empty("s_trip_pdf_media_id")?;
    OPTIONAL.iter().try_for_each(|name| data.may_be_empty(name).map(|_| ()))
}

/// Number, code and check code: a digital invoice has a number of 20 digits and neither of the others.
fn check_number(sandbox: &Sandbox, data: Fields<'_>) -> Result<(), AccountError> {
    let (number, code) = (data.text("billing_no")?, data.may_be_empty("billing_code")?);
    let is_digital = number.len() == 20;
    match (code, data.may_be_empty("check_code")?) {
        ("", "") if is_digital => match sandbox.settings().digital_insert_errcode {
            0 => {}
            errcode => return Err(AccountError::other(errcode.into())),
        },
        ("", _) => return Err(AccountError::NUMBER),
        (_, "") => return Err(AccountError::NO_CHECK_CODE),
        _ => {}
    }
    if !number.bytes().chain(code.bytes()).all(|byte| byte.is_ascii_digit()) {
        return Err(AccountError::NUMBER);
    }
    if sandbox.invoices().cards.holds(code, number) { Err(AccountError::NUMBER_REPEATED) } else { Ok(()) }
}

/// A template nobody made is not this account's; one that was just made can't be used yet.
fn check_template(sandbox: &Sandbox, card_id: &str) -> Result<(), AccountError> {
    let (now, wait) = (sandbox.clock.now(), i64::from(sandbox.settings().createcard_seconds));
    let invoices = sandbox.invoices();
    let template = invoices.cards.template(card_id).ok_or(AccountError::CARD)?;
    if now < template.made_at + wait { Err(AccountError::CARD) } else { Ok(()) }
}

/// Files are kept for good once a card is linked to them.
fn link_files(sandbox: &Sandbox, data: Fields<'_>) -> Result<(), AccountError> {
    let (pdf, trips) = (data.text("s_pdf_media_id")?, data.may_be_empty("s_trip_pdf_media_id")?);
    let now = sandbox.clock.now();
    let mut shelf = sandbox.shelf();
    let files = [pdf, trips].into_iter().filter(|media_id| !media_id.is_empty());
    if !files.clone().all(|media_id| shelf.has(media_id, now)) {
        return Err(AccountError::INVOICE_PDF);
    }
    files.for_each(|media_id| shelf.link_to_card(media_id));
    Ok(())
}

//! `POST /card/invoice/setbizattr?action=…`: what a merchant sets once, and what is set.

use serde_json::{Map, Value, json};

use super::{
    super::{
        super::{AccountCall, AccountError},
        attributes,
        fields::Fields,
    },
    body, done, ok, post,
};
use crate::{
    exchange::{Answer, Effect},
    route::Route,
};

pub(super) const ROUTE: Route = post("/card/invoice/setbizattr", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let pairs = call.arrival.query_pairs();
    let action = pairs.iter().find(|(name, _)| name == "action").map(|(_, action)| action.as_str());
    let action = action.ok_or(AccountError::ACTION)?;
    let body = body(call)?;
    if let Some(name) = action.strip_prefix("get_") {
        return get(call, name);
    }
    set(call, action, &body)?;
    Ok(done().effect(Effect::new("biz_attribute", &[("action", action)])))
}

/// Setting again overwrites: whether the gateway takes it more than once is not documented.
fn set(call: &AccountCall<'_>, action: &str, body: &Map<String, Value>) -> Result<(), AccountError> {
    let fields = Fields(body);
    match action {
        "set_auth_field" => {
            let value = attributes::auth_field(fields)?;
            call.sandbox.invoices().attributes.auth_field = Some(value);
        }
        "set_pay_mch" => {
            let (mchid, value) = attributes::paymch_info(fields)?;
            call.sandbox.keys.merchant(mchid).ok_or(AccountError::MERCHANT)?;
            call.sandbox.invoices().attributes.paymch_info = Some(value);
        }
        "set_contact" => {
            let value = attributes::contact(fields)?;
            call.sandbox.invoices().attributes.contact = Some(value);
        }
        _ => return Err(AccountError::ACTION),
    }
    Ok(())
}

fn get(call: &AccountCall<'_>, name: &str) -> Result<Answer, AccountError> {
    let attributes = &call.sandbox.invoices().attributes;
    let (name, value, never_set) = match name {
        "auth_field" => (name, &attributes.auth_field, AccountError::NO_FIELDS),
        "pay_mch" => ("paymch_info", &attributes.paymch_info, AccountError::NO_MERCHANT),
        "contact" => (name, &attributes.contact, AccountError::NO_CONTACT),
        _ => return Err(AccountError::ACTION),
    };
    let value = value.as_ref().ok_or(never_set)?;
    Ok(ok(json!({name: value})))
}

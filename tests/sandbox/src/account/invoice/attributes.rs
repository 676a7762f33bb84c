//! What a merchant sets once: fields of the authorisation page, merchant number, contact.

use serde_json::{Value, json};

use super::{super::AccountError, fields::Fields};

/// The settings of `setbizattr`, each as it came.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    pub(super) auth_field: Option<Value>,
    pub(super) paymch_info: Option<Value>,
    pub(super) contact: Option<Value>,
}

/// Texts and numbers (0, 1) that the objects of `auth_field` have.
const USER: [&str; 5] = ["show_title", "show_phone", "show_email", "require_phone", "require_email"];
const BUSINESS: [&str; 11] = [
    "show_title",
    "show_tax_no",
    "show_addr",
    "show_phone",
    "show_bank_type",
    "show_bank_no",
    "require_tax_no",
    "require_addr",
    "require_phone",
    "require_bank_type",
    "require_bank_no",
];

/// The fields of the authorisation page, checked.
pub(super) fn auth_field(body: Fields<'_>) -> Result<Value, AccountError> {
    let given = body.object("auth_field")?;
    for (name, flags) in [("user_field", USER.as_slice()), ("biz_field", &BUSINESS)] {
        let Some(object) = given.optional_object(name)? else { continue };
        flags.iter().try_for_each(|flag| object.flag(flag))?;
        for custom in object.optional_list("custom_field")? {
            custom.text("key")?;
            custom.flag("is_require")?;
            custom.may_be_empty("notice")?;
        }
    }
    Ok(json!(given.0))
}

/// Merchant number and platform, checked but for whether there is such a merchant.
pub(super) fn paymch_info(body: Fields<'_>) -> Result<(&str, Value), AccountError> {
    let given = body.object("paymch_info")?;
    let (mchid, s_pappid) = (given.text("mchid")?, given.text("s_pappid")?);
    Ok((mchid, json!({"mchid": mchid, "s_pappid": s_pappid})))
}

/// The contact, checked.
pub(super) fn contact(body: Fields<'_>) -> Result<Value, AccountError> {
    let given = body.object("contact")?;
    let (phone, time_out) = (given.text("phone")?, given.number("time_out")?);
    if time_out < 0 {
        return Err(AccountError::PARAMETERS);
    }
    Ok(json!({"phone": phone, "time_out": time_out}))
}

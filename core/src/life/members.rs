//! Reads and checks the members of inputs.

use super::config::LifeConfig;
use super::facts::is_id;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw, Shape, safe_integer};

/// The last second of the year 9999.
const LAST_TIME: i64 = 253_402_300_799;

/// The error about one member of an input.
pub(super) fn wrong(field: &str, why: &str) -> Error {
    Error::new(Code::LifeInput, format!("`{field}` {why}")).at(field)
}

/// Checks a time in Unix seconds.
pub(super) fn check_time(now: i64) -> Result<i64> {
    if (1..=LAST_TIME).contains(&now) {
        return Ok(now);
    }
    Err(Error::new(Code::LifeTime, "the time must be in Unix seconds, and after 1970").at("now"))
}

/// Refuses what is about another merchant.
pub(super) fn check_merchant(config: &LifeConfig, mchid: Option<&str>, sub_mchid: Option<&str>) -> Result<()> {
    let same =
        mchid == Some(config.mchid.as_str()) && sub_mchid.filter(|id| !id.is_empty()) == config.sub_mchid.as_deref();
    if same {
        return Ok(());
    }
    let whose = |mchid: &str, sub: Option<&str>| sub.map_or_else(|| mchid.to_owned(), |sub| format!("{mchid}/{sub}"));
    let error = Error::new(Code::LifeMerchant, "this is about another merchant than the life is");
    Err(error
        .with("merchant", whose(mchid.unwrap_or_default(), sub_mchid))
        .with("merchant_of_the_life", whose(&config.mchid, config.sub_mchid.as_deref())))
}

/// Refuses what is about another application.
pub(super) fn check_application(config: &LifeConfig, apply_id: &str) -> Result<()> {
    if apply_id == config.apply_id {
        return Ok(());
    }
    let error = Error::new(Code::LifeApplication, "this is about another application than the life is");
    let shown = if is_id(apply_id) { apply_id } else { "" };
    Err(error.with("fapiao_apply_id", shown).with("fapiao_apply_id_of_the_life", config.apply_id.as_str()))
}

/// A member; null counts as absent, since other languages write it so.
pub(super) fn value<'a>(object: &Object<'a>, name: &str) -> Option<Raw<'a>> {
    object.value(name).filter(|raw| raw.shape() != Shape::Null)
}

pub(super) fn text(object: &Object<'_>, name: &str) -> Option<String> {
    value(object, name).and_then(Raw::owned_text)
}

pub(super) fn id(object: &Object<'_>, name: &str) -> Result<String> {
    let id = text(object, name).filter(|id| is_id(id));
    id.ok_or_else(|| wrong(name, "must have 1 to 32 letters, digits or -_|*"))
}

/// Money, fen: more than nothing.
pub(super) fn amount(object: &Object<'_>, name: &str) -> Result<i64> {
    let amount = value(object, name).and_then(|raw| safe_integer(raw.get())).filter(|amount| *amount > 0);
    amount.ok_or_else(|| {
        Error::new(Code::LifeAmount, format!("`{name}` must be a whole number of fen, more than 0")).at(name)
    })
}

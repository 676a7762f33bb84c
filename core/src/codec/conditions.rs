//! Rules of a field that depend on another field of the same object.

use super::encoded::Warning;
use super::validate;
use crate::error::{Code, Result};
use crate::json::{Object, Raw, safe_integer};
use crate::schema::{Condition, Field, Generations, Rule};

/// The rules of a field that is left out.
pub(super) fn without(field: &Field, generations: Generations, object: &Object<'_>, path: &str) -> Result<()> {
    let mut conditions = field.conditions(generations).filter(|one| one.rule == Rule::Required);
    match conditions.find(|condition| holds(*condition, object)) {
        None => Ok(()),
        Some(condition) => {
            let what = format!("is required where `{}` is {}", condition.field, condition.value);
            Err(validate::member(Code::InputMissing, path, field.name, &what))
        }
    }
}

/// The rules of a field that has a value, at its path; what is advised against is returned.
pub(super) fn with(
    field: &Field,
    generations: Generations,
    object: &Object<'_>,
    raw: Raw<'_>,
    path: &str,
) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let name = field.name;
    for condition in field.conditions(generations) {
        let place = format!("where `{}` is {}", condition.field, condition.value);
        let error = |code, what: &str| Err(validate::named(code, name, &format!("{what} {place}")).at(path));
        let sign = safe_integer(raw.get()).map_or(0, i64::signum);
        match (condition.rule, holds(condition, object)) {
            (Rule::NotNegative | Rule::Positive, true) if sign < 0 => return error(Code::InputRange, "is negative"),
            (Rule::Positive, true) if sign == 0 => return error(Code::InputRange, "is zero"),
            (Rule::Negative, true) if sign >= 0 => return error(Code::InputRange, "is not negative"),
            (Rule::Only, false) => return error(Code::InputRule, "may be there only"),
            (Rule::Unwanted, true) => {
                let message = format!("`{name}` is left out by the documents {place}");
                warnings.push(Warning { field: path.to_owned(), message });
            }
            _ => {}
        }
    }
    Ok(warnings)
}

/// Whether another field of the same object has the value that a condition names.
fn holds(condition: Condition, object: &Object<'_>) -> bool {
    validate::is(object, condition.field, condition.value)
}

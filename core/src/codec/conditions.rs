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

#[cfg(test)]
mod tests {
    use crate::catalogue;
    use crate::codec::encoded::{Encoded, Supply};
    use crate::codec::{Warning, encode};
    use crate::error::{Code, Result};
    use crate::json::Object;
    use crate::schema::{FilledBy, Generations};

    struct Nobody;

    impl Supply for Nobody {
        fn supply(&self, _: FilledBy) -> Result<Option<String>> {
            Ok(None)
        }
    }

    fn encoded(call: &str, payload: &str) -> Result<Encoded> {
        encode(catalogue::call(call).unwrap(), Generations::ALL, &Nobody, &Object::parse(payload).unwrap())
    }

    fn card(number: &str, more: &str) -> Vec<Warning> {
        let payload = format!(
            r#"{{"fapiao_apply_id":"1","scene":"WITH_WECHATPAY","buyer_information":{{"type":"INDIVIDUAL","name":"n"}},
            "fapiao_card_information":[{{"fapiao_media_id":"m","fapiao_number":"{number}",{more}"fapiao_time":"2026-11-22T08:00:00+08:00",
            "total_amount":1,"tax_amount":0,"amount":1,"seller_information":{{"name":"n","taxpayer_id":"1","address":"a"}},
            "extra_information":{{"drawer":"d"}}}}]}}"#
        );
        encoded("insert_cards", &payload).unwrap().warnings
    }

    #[test]
    fn what_is_unusual_or_has_a_consequence_is_warned_of() {
        let fields = |warnings: Vec<Warning>| warnings.into_iter().map(|warning| warning.field).collect::<Vec<_>>();
        let at = |name: &str| format!("/fapiao_card_information/0/{name}");
        assert_eq!(fields(card("12897794", r#""fapiao_code":"044001911211","#)), [""; 0]);
        let digital = card("24312000000012345678", "");
        assert!(digital[0].message.contains("a card may never appear"), "{digital:?}");
        assert_eq!(fields(digital), [at("fapiao_code")]);
        let long = card("243120000000123456789", r#""fapiao_code":"0440019112111","#);
        assert_eq!(fields(long), [at("fapiao_number"), at("fapiao_code")]);
    }

    #[test]
    fn a_condition_looks_into_a_list_and_an_encrypted_value_of_the_query_stands_apart() {
        let invite = |modes: &str, more: &str| {
            let payload =
                format!(r#"{{"operation_type":"AUTH_BINDING","fapiao_mode":[{modes}],{more}"invite_code":"1"}}"#);
            encoded("sp_invite_url", &payload)
        };
        let error = invite(r#""NEW","TENCENT_DIGITAL_TAX""#, "").unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::InputMissing, Some("/fapiao_ability_type_list")));
        let plain = invite(r#""NEW""#, r#""operate_user":"Z","#).unwrap();
        assert_eq!(
            (plain.encrypted_query.as_slice(), plain.to_encrypt.len()),
            (["operate_user".to_owned()].as_slice(), 1)
        );
        assert!(plain.query.iter().all(|(name, value)| name != "operate_user" && value != "Z"));
    }
}

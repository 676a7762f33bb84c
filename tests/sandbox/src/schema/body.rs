//! Reading a JSON body and checking it against its table.

use serde_json::{Map, Value};

use super::{Broken, Field, FieldFault, Reading, Rule, value::check_scalar};

/// Reads a body: UTF-8, a JSON object, no nulls, no characters of four bytes.
pub(crate) fn read_body(bytes: &[u8]) -> Result<Value, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|error| broken("", None, format!("is not UTF-8: {error}")))?;
    let value: Value =
        serde_json::from_str(text).map_err(|error| broken("", None, format!("is not valid JSON: {error}")))?;
    if !value.is_object() {
        return Err(broken("", None, "must be a JSON object"));
    }
    plain("", &value)?;
    Ok(value)
}

/// Checks a body against its table and gives it back with sealed fields opened.
pub(crate) fn check_body(table: &[Field], mut body: Value, reading: Reading<'_>) -> Result<Value, Broken> {
    let Value::Object(object) = &mut body else {
        return Err(broken("", None, "must be a JSON object"));
    };
    check_object(table, "", object, reading)?;
    Ok(body)
}

fn check_object(
    table: &[Field],
    at: &str,
    object: &mut Map<String, Value>,
    reading: Reading<'_>,
) -> Result<(), Broken> {
    if let Some(name) = object.keys().find(|name| !table.iter().any(|field| field.name == **name)) {
        let fault = FieldFault::Unknown;
        return Err(Broken { fault, ..broken(&pointer(at, name), object.get(name), "is not a field of this call") });
    }
    for field in table {
        let here = pointer(at, field.name);
        let Some(value) = object.get_mut(field.name) else {
            if field.is_needed(reading.role) {
                return Err(broken(&here, None, "is required"));
            }
            continue;
        };
        if field.is_unwanted(reading.role) {
            let fault = FieldFault::Unknown;
            return Err(Broken { fault, ..broken(&here, Some(value), "is not a field of a direct merchant's call") });
        }
        check_value(field.rule, &here, value, reading)?;
    }
    Ok(())
}

fn check_value(rule: Rule, at: &str, value: &mut Value, reading: Reading<'_>) -> Result<(), Broken> {
    match (rule, value) {
        (Rule::Object(table), Value::Object(object)) => check_object(table, at, object, reading),
        (Rule::Object(_), other) => Err(broken(at, Some(other), "must be an object")),
        (Rule::List { max, of }, Value::Array(entries)) => check_list(max, of, at, entries, reading),
        (Rule::List { .. }, other) => Err(broken(at, Some(other), "must be an array")),
        (scalar, value) => {
            if let Some(plain) = check_scalar(scalar, value, reading).map_err(|issue| broken(at, Some(value), issue))? {
                *value = Value::from(plain);
            }
            Ok(())
        }
    }
}

fn check_list(max: usize, of: &[Field], at: &str, entries: &mut [Value], reading: Reading<'_>) -> Result<(), Broken> {
    if entries.is_empty() || entries.len() > max {
        return Err(broken(at, None, format!("has {} entries, between 1 and {max} are allowed", entries.len())));
    }
    for (index, entry) in entries.iter_mut().enumerate() {
        let here = format!("{at}/{index}");
        let Value::Object(object) = entry else {
            return Err(broken(&here, Some(entry), "must be an object"));
        };
        check_object(of, &here, object, reading)?;
    }
    Ok(())
}

fn plain(at: &str, value: &Value) -> Result<(), Broken> {
    match value {
        Value::Null => Err(broken(at, None, "must not be null: leave the field out")),
        Value::String(text) if outside_basic_plane(text) => {
            Err(broken(at, Some(value), "holds a character of four UTF-8 bytes"))
        }
        Value::Array(entries) => {
            entries.iter().enumerate().try_for_each(|(index, entry)| plain(&format!("{at}/{index}"), entry))
        }
        Value::Object(object) => object.iter().try_for_each(|(name, entry)| plain(&pointer(at, name), entry)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn outside_basic_plane(text: &str) -> bool {
    text.chars().any(|letter| letter.len_utf8() > 3)
}

fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn broken(field: &str, value: Option<&Value>, issue: impl Into<String>) -> Broken {
    let value = value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    Broken { field: field.to_owned(), value, issue: issue.into(), location: "body", fault: FieldFault::Invalid }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::*, *};
    use crate::keys::Role;

    const LINE: &[Field] = &[text("unit", 2), integer("amount").required()];
    const TABLE: &[Field] = &[sub_mchid(), id("id").required(), list("lines", 2, LINE), field("mail", Rule::Sealed)];

    #[test]
    fn a_fault_is_named_by_its_json_pointer() {
        let body = json!({"id": "a", "lines": [{"amount": 1}, {"amount": 1.5}]});
        assert_eq!(check(body, Role::Direct).unwrap_err().field, "/lines/1/amount");
    }

    #[test]
    fn unknown_fields_are_told_apart_from_wrong_ones() {
        let fault = check(json!({"id": "a", "b/c": 1}), Role::Direct).unwrap_err();
        assert_eq!((fault.field.as_str(), fault.fault), ("/b~1c", FieldFault::Unknown));
    }

    #[test]
    fn the_sub_merchant_is_required_of_providers_and_refused_of_direct_merchants() {
        assert_eq!(check(json!({"id": "a"}), Role::Partner).unwrap_err().field, "/sub_mchid");
        assert_eq!(check(json!({"id": "a", "sub_mchid": "1"}), Role::Direct).unwrap_err().field, "/sub_mchid");
    }

    #[test]
    fn sealed_fields_arrive_opened() {
        assert_eq!(check(json!({"id": "a", "mail": "x"}), Role::Direct).unwrap()["mail"], "opened x");
    }

    #[test]
    fn nulls_and_emoji_are_refused_wherever_they_are() {
        assert_eq!(read_body(br#"{"a":[{"b":null}]}"#).unwrap_err().field, "/a/0/b");
        assert_eq!(read_body("{\"a\":{\"b\":\"\u{1F600}\"}}".as_bytes()).unwrap_err().field, "/a/b");
    }

    fn check(body: Value, role: Role) -> Result<Value, Broken> {
        check_body(TABLE, body, Reading { role, unseal: &|text| Ok(format!("opened {text}")) })
    }
}

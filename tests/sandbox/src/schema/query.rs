//! Reading path and query parameters against their table.

use serde_json::{Map, Value};

use super::{Broken, Field, FieldFault, Need, Reading, Rule, value::check_scalar};
use crate::keys::Role;

/// Checks decoded parameters; gives them typed, with notes on those the table does not know.
///
/// The rule about unknown fields is written of bodies, so an unknown parameter is ignored and only noted.
pub(crate) fn check_query(
    table: &[Field],
    pairs: &[(String, String)],
    reading: Reading<'_>,
) -> Result<(Map<String, Value>, Vec<String>), Broken> {
    let mut typed = Map::new();
    for field in table {
        let sent = pairs.iter().find(|(name, _)| name == field.name).map(|(_, value)| value.as_str());
        if let Some(value) = check_parameter(field, sent, reading)? {
            typed.insert(field.name.to_owned(), value);
        }
    }
    Ok((typed, notes(table, pairs)))
}

fn check_parameter(field: &Field, sent: Option<&str>, reading: Reading<'_>) -> Result<Option<Value>, Broken> {
    let Some(text) = sent else {
        if field.need == Need::Required || (field.need == Need::PartnerOnly && reading.role == Role::Partner) {
            return Err(broken(field.name, None, "is required"));
        }
        return Ok(None);
    };
    if field.need == Need::PartnerOnly && reading.role == Role::Direct {
        let fault = FieldFault::Unknown;
        return Err(Broken {
            fault,
            ..broken(field.name, Some(text), "is not a parameter of a direct merchant's call")
        });
    }
    let value = typed(field.rule, text);
    let opened = check_scalar(field.rule, &value, reading).map_err(|issue| broken(field.name, Some(text), issue))?;
    Ok(Some(opened.map_or(value, Value::from)))
}

fn typed(rule: Rule, text: &str) -> Value {
    match (rule, text) {
        (Rule::Integer { .. }, _) => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        (Rule::Boolean, "true") => Value::Bool(true),
        (Rule::Boolean, "false") => Value::Bool(false),
        _ => Value::from(text),
    }
}

fn notes(table: &[Field], pairs: &[(String, String)]) -> Vec<String> {
    let mut notes = Vec::new();
    for (at, (name, _)) in pairs.iter().enumerate() {
        if !table.iter().any(|field| field.name == name) {
            notes.push(format!("parameter {name} is not in the table and was ignored"));
        }
        if pairs.iter().take(at).any(|(earlier, _)| earlier == name) {
            notes.push(format!("parameter {name} came more than once, the first was read"));
        }
    }
    notes
}

fn broken(field: &str, value: Option<&str>, issue: impl Into<String>) -> Broken {
    Broken {
        field: field.to_owned(),
        value: value.map(str::to_owned),
        issue: issue.into(),
        location: "query",
        fault: FieldFault::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::*, *};

    const TABLE: &[Field] = &[integer("total_amount").required(), boolean("show"), sub_mchid()];

    #[test]
    fn parameters_are_typed_by_their_row() {
        let (typed, notes) = check(&[("total_amount", "12"), ("show", "true")]).unwrap();
        assert_eq!(Value::Object(typed), serde_json::json!({"total_amount": 12, "show": true}));
        assert!(notes.is_empty());
    }

    #[test]
    fn only_literal_booleans_and_integers_pass() {
        assert_eq!(check(&[("total_amount", "1"), ("show", "1")]).unwrap_err().field, "show");
        assert_eq!(check(&[("total_amount", "1.0")]).unwrap_err().field, "total_amount");
    }

    #[test]
    fn unknown_and_repeated_parameters_are_noted() {
        let (_, notes) = check(&[("total_amount", "1"), ("total_amount", "2"), ("shoe", "true")]).unwrap();
        assert_eq!(notes.len(), 2);
    }

    fn check(pairs: &[(&str, &str)]) -> Result<(Map<String, Value>, Vec<String>), Broken> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let reading = Reading { role: Role::Direct, unseal: &|_| Err("nothing is sealed here".to_owned()) };
        check_query(TABLE, &pairs, reading)
    }
}

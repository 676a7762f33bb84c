//! Reading path and query parameters against their table.

use serde_json::{Map, Value};

use super::{Broken, Field, FieldFault, Reading, Rule, value::check_scalar};

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
        let sent: Vec<_> =
            pairs.iter().filter(|(name, _)| name == field.name).map(|(_, value)| value.as_str()).collect();
        if let Some(value) = check_parameter(field, &sent, reading)? {
            typed.insert(field.name.to_owned(), value);
        }
    }
    Ok((typed, notes(table, pairs)))
}

fn check_parameter(field: &Field, sent: &[&str], reading: Reading<'_>) -> Result<Option<Value>, Broken> {
    let Some(text) = sent.first().copied() else {
        if field.is_needed(reading.role) {
            return Err(broken(field.name, None, "is required"));
        }
        return Ok(None);
    };
    if field.is_unwanted(reading.role) {
        let fault = FieldFault::Unknown;
        return Err(Broken {
            fault,
            ..broken(field.name, Some(text), "is not a parameter of a direct merchant's call")
        });
    }
    let value = typed(field.rule, text, sent);
    let opened = check_scalar(field.rule, &value, reading).map_err(|issue| broken(field.name, Some(text), issue))?;
    Ok(Some(opened.map_or(value, Value::from)))
}

fn typed(rule: Rule, text: &str, all: &[&str]) -> Value {
    match (rule, text) {
        (Rule::Words(_), _) => all.iter().flat_map(|text| text.split(',')).collect(),
        (Rule::Integer { .. }, _) => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        (Rule::Boolean, "true") => Value::Bool(true),
        (Rule::Boolean, "false") => Value::Bool(false),
        _ => Value::from(text),
    }
}

fn notes(table: &[Field], pairs: &[(String, String)]) -> Vec<String> {
    let mut notes = Vec::new();
    for (at, (name, _)) in pairs.iter().enumerate() {
        let row = table.iter().find(|field| field.name == name);
        if row.is_none() {
            notes.push(format!("parameter {name} is not in the table and was ignored"));
        }
        if row.is_some_and(|field| matches!(field.rule, Rule::Words(_))) {
            continue;
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
    use crate::keys::Role;

    const TABLE: &[Field] =
        &[integer("total_amount").required(), boolean("show"), sub_mchid(), field("mode", Rule::Words(&["A", "B"]))];

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

    #[test]
    fn lists_come_by_repeating_the_key_or_with_commas() {
        for pairs in [[("mode", "A"), ("mode", "B")].as_slice(), &[("mode", "A,B")]] {
            let (typed, notes) = check(&[&[("total_amount", "1")], pairs].concat()).unwrap();
            assert_eq!((&typed["mode"], notes.len()), (&serde_json::json!(["A", "B"]), 0));
        }
        assert_eq!(check(&[("total_amount", "1"), ("mode", "A,C")]).unwrap_err().field, "mode");
    }

    fn check(pairs: &[(&str, &str)]) -> Result<(Map<String, Value>, Vec<String>), Broken> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let reading = Reading { role: Role::Direct, unseal: &|_| Err("nothing is sealed here".to_owned()) };
        check_query(TABLE, &pairs, reading)
    }
}

//! The check of one value against one rule.

use serde_json::Value;

use super::{Reading, Rule};
use crate::clock;

/// Checks a value that holds no fields of its own; gives the plain text of a sealed one.
pub(super) fn check_scalar(rule: Rule, value: &Value, reading: Reading<'_>) -> Result<Option<String>, String> {
    match rule {
        Rule::Text { max } => text(value).and_then(|text| at_most(text, max)),
        Rule::Fixed { length } => text(value).and_then(|text| exactly(text, length)),
        Rule::Unmeasured => text(value).map(|_| None),
        Rule::Id => text(value).and_then(id),
        Rule::Hex { length } => text(value).and_then(|text| hex(text, length)),
        Rule::Integer { min, max } => integer(value, min, max),
        Rule::Boolean => value.is_boolean().then_some(None).ok_or_else(|| "must be a boolean".to_owned()),
        Rule::OneOf(words) => text(value).and_then(|text| word(text, words)),
        Rule::Time => text(value).and_then(time),
        Rule::Texts => each(value, |entry| text(entry).map(|_| None)),
        Rule::Words(words) => each(value, |entry| text(entry).and_then(|text| word(text, words))),
        Rule::Sealed => text(value).and_then(|text| (reading.unseal)(text)).map(Some),
        Rule::Object(_) | Rule::List { .. } => Err("must hold fields".to_owned()),
    }
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| "must be a string".to_owned())
}

fn at_most(text: &str, max: usize) -> Result<Option<String>, String> {
    let length = text.chars().count();
    if length > max {
        return Err(format!("has {length} characters, at most {max} are allowed"));
    }
    Ok(None)
}

fn exactly(text: &str, wanted: usize) -> Result<Option<String>, String> {
    let length = text.chars().count();
    if length != wanted {
        return Err(format!("has {length} characters, {wanted} are needed"));
    }
    Ok(None)
}

fn time(text: &str) -> Result<Option<String>, String> {
    clock::millis(text).map(|_| None).ok_or_else(|| "must be a time of RFC 3339".to_owned())
}

fn each(value: &Value, check: impl Fn(&Value) -> Result<Option<String>, String>) -> Result<Option<String>, String> {
    let entries = value.as_array().ok_or_else(|| "must be an array".to_owned())?;
    entries.iter().try_for_each(|entry| check(entry).map(|_| ())).map(|()| None)
}

fn id(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() || !text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_|*".contains(letter)) {
        return Err("must be made of letters, digits, - _ | *".to_owned());
    }
    at_most(text, 32)
}

fn hex(text: &str, length: usize) -> Result<Option<String>, String> {
    let lower = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if text.len() != length || !lower {
        return Err(format!("must be {length} lower-case hexadecimal digits"));
    }
    Ok(None)
}

fn integer(value: &Value, min: i64, max: i64) -> Result<Option<String>, String> {
    let number = value.as_i64().ok_or_else(|| "must be an integer".to_owned())?;
    if !(min..=max).contains(&number) {
        return Err(format!("must be between {min} and {max}"));
    }
    Ok(None)
}

fn word(text: &str, words: &[&str]) -> Result<Option<String>, String> {
    if !words.contains(&text) {
        return Err(format!("must be one of {}", words.join(", ")));
    }
    Ok(None)
}

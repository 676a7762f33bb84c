//! The state as one versioned JSON text, and back.

mod read;
mod write;

use super::config::LifeConfig;
use super::facts::Facts;
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::json::{Members, Object, Raw, Shape, list, quote};

/// The version that is written.
const VERSION: &str = "1";
/// Longest text that is taken.
const MAX_BYTES: usize = 1024 * 1024;

/// Writes the text.
pub(super) fn to_text(config: &LifeConfig, facts: &Facts) -> String {
    let state = write::state(facts);
    let config = config.to_json();
    let mut json = Members::new();
    json.json("life", VERSION).json("config", &config).json("facts", &state);
    json.text("sha256", Some(&checksum(&config, &state))).end()
}

/// Reads a text of this version or an earlier one.
pub(super) fn parse(text: &str) -> Result<(LifeConfig, Facts)> {
    let damaged = |what: &str| Error::new(Code::LifeText, what.to_owned()).at("text");
    let object = Some(text).filter(|text| text.len() <= MAX_BYTES).and_then(Object::parse);
    let object = object.ok_or_else(|| damaged("the text is not what a life gave: it is cut, or something else"))?;
    let version = object.value("life").map(Raw::get);
    match version {
        Some(VERSION) => {}
        Some(other) if other.parse::<u32>().is_ok_and(|other| other > 1) => {
            let error = Error::new(Code::LifeVersion, "the text was written by a newer version of this library");
            return Err(error.at("life").with("version", other));
        }
        _ => return Err(damaged("the text is not what a life gave: it does not say its version")),
    }
    let (Some(config), Some(facts)) = (object.value("config"), object.value("facts")) else {
        return Err(damaged("the text is cut: `config` or `facts` is missing"));
    };
    let sum = object.value("sha256").and_then(Raw::owned_text).unwrap_or_default();
    if !digest::equal(sum.as_bytes(), checksum(config.get(), facts.get()).as_bytes()) {
        return Err(damaged("the text was altered: its digest is wrong"));
    }
    let config = LifeConfig::parse(config.get()).map_err(|error| damaged(error.message()))?;
    let facts = read::state(facts).ok_or_else(|| damaged("the text is not what a life gave: a fact is unreadable"))?;
    Ok((config, facts))
}

/// SHA-256 of both in one form, whatever a database did to order and white space.
fn checksum(config: &str, facts: &str) -> String {
    let mut text = String::new();
    for part in [config, facts] {
        if let Some(raw) = Raw::parse(part) {
            canonical(raw, &mut text);
        }
    }
    digest::hex(&digest::sha256(text.as_bytes()))
}

/// Writes a value with its names in order and without white space.
fn canonical(raw: Raw<'_>, into: &mut String) {
    match raw.shape() {
        Shape::Object => {
            let object = raw.object();
            let mut members: Vec<_> = object.iter().flat_map(Object::members).collect();
            members.sort_by_key(|(name, _)| *name);
            into.push('{');
            for (name, value) in members {
                quote(name, into);
                into.push(':');
                canonical(value, into);
                into.push(',');
            }
            into.push('}');
        }
        Shape::List => {
            into.push('[');
            for value in raw.list().unwrap_or_default() {
                canonical(value, into);
                into.push(',');
            }
            into.push(']');
        }
        Shape::Text => quote(&raw.text_lossy().unwrap_or_default(), into),
        _ => into.push_str(raw.get()),
    }
}

/// A list of texts and numbers that are JSON already.
fn row(values: &[String]) -> String {
    list(values.iter().cloned())
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    quote(text, &mut json);
    json
}

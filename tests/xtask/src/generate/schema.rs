//! The JSON Schema of all calls, and the table of error codes.

use super::MARK;
use anyhow::Result;
use fapiao::catalogue;
use fapiao::ffi::report;
use fapiao::schema::{AnswerKind, Call, Charset, Field, FilledBy, Generations, Kind, Table};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The registry of error codes.
pub(super) fn errors() -> Result<Value> {
    let codes: Value = serde_json::from_str(&report::registry())?;
    Ok(json!({ "$comment": MARK, "codes": codes }))
}

/// Requests and answers of every call.
pub(super) fn calls() -> Value {
    let mut definitions = BTreeMap::new();
    let entries: Map<_, _> =
        catalogue::calls().map(|call| (call.name.to_owned(), entry(call, &mut definitions))).collect();
    for content in fapiao::callbacks::CONTENTS {
        reference(content, Side::Answer, Generations::ALL, &mut definitions);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": MARK,
        "title": "Calls of WeChat's electronic invoice systems",
        "x-calls": entries,
        "$defs": definitions,
    })
}

fn entry(call: &'static Call, definitions: &mut BTreeMap<String, Value>) -> Value {
    let callers: Vec<_> = call.callers.iter().map(|caller| caller.as_str()).collect();
    let generations = call.callers.iter().fold(Vec::new(), |mut all: Vec<&str>, caller| {
        all.extend(caller.generations().and(call.generations).names());
        all.sort_unstable();
        all.dedup();
        all
    });
    let answer = match call.answer {
        AnswerKind::Json(table) => reference(table, Side::Answer, Generations::ALL, definitions),
        AnswerKind::Accepted => json!({ "const": { "accepted": true } }),
        _ => json!({ "description": "A file: its bytes travel beside the JSON.", "type": "object",
            "properties": { "media_type": { "type": "string" }, "filename": { "type": "string" } }, "required": ["media_type"] }),
    };
    json!({
        "title": call.title,
        "description": call.doc,
        "number": call.number,
        "page": call.page,
        "method": call.method.as_str(),
        "path": call.path,
        "callers": callers,
        "generations": generations,
        "replay": call.replay.as_str(),
        "request": reference(call.request, Side::Request, call.generations, definitions),
        "answer": answer,
    })
}

/// Requests are closed, answers are open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Answer,
}

/// A reference to a table's definition, which is made on the way.
fn reference(
    table: &'static Table,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Value {
    let mut name = table.name.to_owned();
    let mut payload = table.fields.iter().filter(|field| field.filled_by == FilledBy::Payload);
    if side == Side::Request && payload.any(|field| !field.known.covers(generations)) {
        // The same object with fewer fields in older generations is a definition of its own.
        name = generations.names().fold(name, |name, generation| format!("{name}{generation}"));
    }
    if side == Side::Answer && table.fields.iter().any(|field| field.name == "type" || field.encrypted) {
        name.push_str("Answer");
    }
    if !definitions.contains_key(&name) {
        definitions.insert(name.clone(), Value::Null);
        let definition = object(table, side, generations, definitions);
        definitions.insert(name.clone(), definition);
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn object(
    table: &'static Table,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Value {
    let fields = table.fields.iter().filter(|field| field.filled_by == FilledBy::Payload);
    let fields: Vec<_> = fields.filter(|field| side == Side::Answer || field.known.meets(generations)).collect();
    let required: Vec<_> = fields
        .iter()
        .filter(|field| field.required.covers(generations.and(field.known)) && field.required != Generations::NONE)
        .map(|field| field.name)
        .collect();
    let properties: Map<_, _> =
        fields.iter().map(|field| (field.name.to_owned(), property(field, side, generations, definitions))).collect();
    json!({
        "description": table.doc,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": side == Side::Answer,
    })
}

fn property(
    field: &'static Field,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Value {
    let mut value = kind(field, field.kind, side, generations, definitions);
    let Some(schema) = value.as_object_mut() else { return value };
    schema.insert("description".to_owned(), field.doc.into());
    if !field.unit.as_str().is_empty() {
        schema.insert("x-unit".to_owned(), field.unit.as_str().into());
    }
    if field.encrypted {
        schema.insert("x-encrypted".to_owned(), true.into());
    }
    if field.sensitive {
        schema.insert("x-sensitive".to_owned(), true.into());
    }
    if field.max != 0 && side == Side::Request {
        let limit = if matches!(field.kind, Kind::List(_)) { "maxItems" } else { "maxLength" };
        schema.insert(limit.to_owned(), field.max.into());
    }
    match field.charset {
        Charset::Id => schema.insert("pattern".to_owned(), "^[0-9A-Za-z_|*-]+$".into()),
        Charset::Time => schema.insert("format".to_owned(), "date-time".into()),
        _ => None,
    };
    value
}

fn kind(
    field: &'static Field,
    kind_of: Kind,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Value {
    match kind_of {
        Kind::Integer if side == Side::Request && !field.signed && !field.unit.as_str().is_empty() => {
            json!({ "type": "integer", "minimum": 0 })
        }
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Choice(values) => json!({ "type": "string", "examples": values }),
        Kind::Object(table) => reference(table, side, generations, definitions),
        Kind::List(element) => {
            json!({ "type": "array", "items": kind(field, *element, side, generations, definitions) })
        }
        _ => json!({ "type": "string" }),
    }
}

//! The JSON Schema of all calls, and the table of error codes.

use super::{MARK, names};
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
pub(super) fn calls() -> Result<Value> {
    let mut definitions = BTreeMap::new();
    let mut entries = Map::new();
    for call in catalogue::calls() {
        entries.insert(call.name.to_owned(), entry(call, &mut definitions)?);
    }
    for content in fapiao::callbacks::CONTENTS.into_iter().chain(fapiao::pushes::CONTENTS) {
        reference(content, Side::Answer, Generations::ALL, &mut definitions)?;
    }
    reference(fapiao::life::CONFIG, Side::Request, Generations::ALL, &mut definitions)?;
    Ok(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": MARK,
        "title": "Calls of WeChat's electronic invoice systems",
        "x-calls": entries,
        "$defs": definitions,
    }))
}

fn entry(call: &'static Call, definitions: &mut BTreeMap<String, Value>) -> Result<Value> {
    let callers: Vec<_> = call.callers.iter().map(|caller| caller.as_str()).collect();
    let generations = call.callers.iter().fold(Vec::new(), |mut all: Vec<&str>, caller| {
        all.extend(caller.generations().and(call.generations).names());
        all.sort_unstable();
        all.dedup();
        all
    });
    let answer = match call.answer {
        AnswerKind::Json(table) => reference(table, Side::Answer, Generations::ALL, definitions)?,
        AnswerKind::Accepted => json!({ "const": { "accepted": true } }),
        AnswerKind::NoContent => json!({ "const": {} }),
        _ => json!({ "description": "A file: its bytes travel beside the JSON.", "type": "object",
            "properties": { "media_type": { "type": "string" }, "filename": { "type": "string" } }, "required": ["media_type"] }),
    };
    Ok(json!({
        "title": call.title,
        "description": call.doc,
        "number": call.number,
        "page": call.page,
        "method": call.method.as_str(),
        "path": call.path,
        "callers": callers,
        "generations": generations,
        "replay": call.replay.as_str(),
        "request": reference(call.request, Side::Request, call.generations, definitions)?,
        "answer": answer,
    }))
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
) -> Result<Value> {
    let mut name = match side {
        Side::Request => names::of_request(table, generations, names::by_call)?,
        Side::Answer => table.name.to_owned(),
    };
    if side == Side::Answer && names::is_given(table) {
        name.push_str("Answer");
    }
    if !definitions.contains_key(&name) {
        definitions.insert(name.clone(), Value::Null);
        let definition = object(table, side, generations, definitions)?;
        definitions.insert(name.clone(), definition);
    }
    Ok(json!({ "$ref": format!("#/$defs/{name}") }))
}

fn object(
    table: &'static Table,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Result<Value> {
    let fields = table.fields.iter().filter(|field| field.filled_by == FilledBy::Payload);
    let fields: Vec<_> = fields.filter(|field| side == Side::Answer || field.known.meets(generations)).collect();
    let required: Vec<_> =
        fields.iter().filter(|field| names::is_required(field, generations)).map(|field| field.name).collect();
    let mut properties = Map::new();
    for field in fields {
        properties.insert(field.name.to_owned(), property(field, side, generations, definitions)?);
    }
    Ok(json!({
        "description": table.doc,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": side == Side::Answer,
    }))
}

fn property(
    field: &'static Field,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Result<Value> {
    let mut value = kind(field, field.kind, side, generations, definitions)?;
    let Some(schema) = value.as_object_mut() else { return Ok(value) };
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
        let limit = match field.kind {
            Kind::List(_) => "maxItems",
            Kind::Integer => "maximum",
            _ => "maxLength",
        };
        schema.insert(limit.to_owned(), field.max.into());
    }
    if field.min != 0 && side == Side::Request {
        schema.insert("minLength".to_owned(), field.min.into());
    }
    match field.charset {
        Charset::Id => schema.insert("pattern".to_owned(), "^[0-9A-Za-z_|*-]+$".into()),
        Charset::Time => schema.insert("format".to_owned(), "date-time".into()),
        _ => None,
    };
    Ok(value)
}

fn kind(
    field: &'static Field,
    kind_of: Kind,
    side: Side,
    generations: Generations,
    definitions: &mut BTreeMap<String, Value>,
) -> Result<Value> {
    Ok(match kind_of {
        Kind::Integer if side == Side::Request && !field.signed && !field.unit.as_str().is_empty() => {
            json!({ "type": "integer", "minimum": 0 })
        }
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Choice(values) => json!({ "type": "string", "examples": values }),
        Kind::Object(table) => reference(table, side, generations, definitions)?,
        Kind::List(element) => {
            json!({ "type": "array", "items": kind(field, *element, side, generations, definitions)? })
        }
        _ => json!({ "type": "string" }),
    })
}

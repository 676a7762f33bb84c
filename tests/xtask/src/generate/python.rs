//! Python: a class for each kind of caller with a method for each of its calls, and a `TypedDict` for each object.

use super::examples::{self, Example, Language};
use super::{MARK, schema};
use anyhow::{Context, Result, ensure};
use fapiao::catalogue;
use fapiao::schema::{AnswerKind, Call, CallerKind, Table};
use serde_json::Value;
use std::fmt::Write;

/// The callers, each a class.
const CALLERS: [CallerKind; 5] =
    [CallerKind::Direct, CallerKind::Partner, CallerKind::SubMerchant, CallerKind::Account, CallerKind::Component];

const PYTHON: Language = Language { truth: ["True", "False"], key: |name| format!("\"{name}\""), step: 4 };

/// Words that cannot name a field in class syntax.
const KEYWORDS: [&str; 12] =
    ["and", "as", "class", "def", "except", "from", "global", "import", "in", "is", "lambda", "pass"];

/// `_calls.py`.
pub(super) fn calls() -> Result<String> {
    let schema = schema::calls()?;
    let mut out = format!("{}{}", header("Callers and their calls."), include_str!("python/head.py.txt"));
    for kind in CALLERS {
        out.push_str(constructor(kind));
        for call in catalogue::calls().filter(|call| call.callers.contains(&kind)) {
            let example = example(call, kind).with_context(|| call.name.to_owned())?;
            method(&mut out, call, &example, &schema).with_context(|| call.name.to_owned())?;
        }
    }
    Ok(out)
}

/// `types.py`.
pub(super) fn types() -> Result<String> {
    let schema = schema::calls()?;
    let definitions = schema.get("$defs").and_then(Value::as_object).context("the schema has no definitions")?;
    let mut out = format!("{}{}", header("Objects of requests and answers."), include_str!("python/types.py.txt"));
    for (name, definition) in definitions {
        class(&mut out, name, definition)?;
    }
    let names: Vec<_> = definitions.keys().map(String::as_str).chain(["Accepted", "NoContent"]).collect();
    out.push_str("\n\n__all__ = [\n");
    for name in &names {
        writeln!(out, "    \"{name}\",")?;
    }
    out.push_str("]\n");
    Ok(out)
}

fn header(about: &str) -> String {
    format!("\"\"\"{about}\n\n{MARK}\n\"\"\"\n\n")
}

fn constructor(kind: CallerKind) -> &'static str {
    match kind {
        CallerKind::Partner => include_str!("python/partner.py.txt"),
        CallerKind::SubMerchant => include_str!("python/sub_merchant.py.txt"),
        CallerKind::Account => include_str!("python/account.py.txt"),
        CallerKind::Component => include_str!("python/component.py.txt"),
        _ => include_str!("python/direct.py.txt"),
    }
}

fn method(out: &mut String, call: &'static Call, example: &str, schema: &Value) -> Result<()> {
    let pointer = |part: &str| schema.pointer(&format!("/x-calls/{}/{part}/$ref", call.name)).and_then(Value::as_str);
    let request = pointer("request").map(last).context("a request without a definition")?;
    let answer = match call.answer {
        AnswerKind::Json(_) => {
            format!("types.{}", pointer("answer").map(last).context("an answer without a definition")?)
        }
        AnswerKind::Accepted => "types.Accepted".to_owned(),
        AnswerKind::NoContent => "types.NoContent".to_owned(),
        _ => "File".to_owned(),
    };
    let upload = examples::is_upload(call);
    let file = if upload { "file: bytes, filename: str, media_type: str, " } else { "" };
    writeln!(out, "\n    def {}(self, /, {file}**fields: Unpack[types.{request}]) -> Call[{answer}]:", call.name)?;
    docstring(out, call, example, schema.pointer(&format!("/$defs/{request}")).context("no definition")?)?;
    let given = if upload { ", _convert.attachment(file, filename, media_type)" } else { "" };
    writeln!(out, "        return Call(self, \"{}\", fields{given})", call.name)?;
    let of_file = |name: &&str| call.request.field(name).is_some();
    ensure!(!upload || !["file", "filename", "media_type"].iter().any(of_file), "a field is called like the file");
    ensure!(!has_keyword(call.request), "a field's name is a Python keyword");
    Ok(())
}

fn has_keyword(table: &Table) -> bool {
    table.fields.iter().any(|field| KEYWORDS.contains(&field.name))
}

/// How the call is made and sent.
fn example(call: &'static Call, kind: CallerKind) -> Result<String> {
    let file = if examples::is_upload(call) {
        vec!["file=pdf, filename=\"invoice.pdf\", media_type=\"application/pdf\"".to_owned()]
    } else {
        vec![]
    };
    let example = Example::of(call, kind)?;
    let fields = example.fields(&PYTHON, 16).map(|(name, value)| format!("{name}={value}"));
    let arguments: Vec<_> = file.into_iter().chain(fields).collect();
    let made = format!("{}.{}", examples::name_of(kind), call.name);
    let line = format!("client.send({made}({}))", arguments.join(", "));
    if !line.contains('\n') && line.len() < 100 {
        return Ok(line);
    }
    let lines: Vec<_> = arguments.iter().map(|argument| format!("                {argument},\n")).collect();
    Ok(format!("client.send({made}(\n{}            ))", lines.concat()))
}

fn docstring(out: &mut String, call: &Call, example: &str, definition: &Value) -> Result<()> {
    writeln!(out, "        r\"\"\"{}（{}）\n", call.doc, call.title)?;
    if call.path.is_empty() {
        writeln!(out, "        {}\n", call.page)?;
    } else {
        writeln!(out, "        `{} {}`, {}\n", call.method.as_str(), call.path, call.page)?;
    }
    let fields: Vec<_> = fields(definition)?.collect();
    let has_fields = !fields.is_empty();
    if has_fields {
        writeln!(out, "        Fields:")?;
    }
    for (name, property, required) in fields {
        let need = if required { "required" } else { "optional" };
        writeln!(out, "            {name} ({}, {need}): {}", annotation(property, false), about(property))?;
    }
    writeln!(out, "{}        Example:\n            {example}", if has_fields { "\n" } else { "" })?;
    writeln!(out, "        \"\"\"")?;
    Ok(())
}

fn class(out: &mut String, name: &str, definition: &Value) -> Result<()> {
    writeln!(out, "\n\nclass {name}(TypedDict):")?;
    writeln!(out, "    r\"\"\"{}\"\"\"", text(definition, "description"))?;
    for (field, property, required) in fields(definition)? {
        ensure!(!KEYWORDS.contains(&field), "{name}.{field} is a Python keyword");
        let kind = annotation(property, true);
        let kind = if required { kind } else { format!("NotRequired[{kind}]") };
        writeln!(out, "\n    {field}: {kind}\n    r\"\"\"{}\"\"\"", about(property))?;
    }
    Ok(())
}

/// The fields of an object, the required ones first, in the order of the official table.
fn fields(definition: &Value) -> Result<impl Iterator<Item = (&str, &Value, bool)>> {
    let properties = definition.get("properties").and_then(Value::as_object).context("no properties")?;
    let required: Vec<_> =
        definition.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let first: Vec<_> = required.iter().filter_map(|name| Some((*name, properties.get(*name)?, true))).collect();
    let rest = properties.iter().map(|(name, property)| (name.as_str(), property, false));
    Ok(first.into_iter().chain(rest.filter(move |(name, ..)| !required.contains(name))))
}

/// The Python type of a field; `typed` tells code from prose.
fn annotation(property: &Value, typed: bool) -> String {
    if let Some(reference) = property.get("$ref").and_then(Value::as_str) {
        return last(reference).to_owned();
    }
    match text(property, "type") {
        "integer" => "int".to_owned(),
        "boolean" => "bool".to_owned(),
        "array" => format!("list[{}]", property.get("items").map(|item| annotation(item, typed)).unwrap_or_default()),
        _ if typed && property.get("examples").is_some() => {
            let values: Vec<_> = examples(property).map(|value| format!("\"{value}\"")).collect();
            format!("Union[Literal[{}], str]", values.join(", "))
        }
        _ => "str".to_owned(),
    }
}

/// What a field is, with unit, length and known values.
fn about(property: &Value) -> String {
    let mut about = text(property, "description").to_owned();
    let mut add = |what: String| about.push_str(&what);
    if let Some(unit) = property.get("x-unit").and_then(Value::as_str) {
        add(format!(" In {unit}."));
    }
    let exact = property.get("minLength").filter(|min| property.get("maxLength") == Some(min));
    if let Some(length) = exact {
        add(format!(" Exactly {length} characters."));
    // Where the description does not say it itself.
    } else if !text(property, "description").contains("at most") {
        for (name, what) in [("maxLength", "characters"), ("maxItems", "items")] {
            if let Some(max) = property.get(name) {
                add(format!(" At most {max} {what}."));
            }
        }
    }
    if property.get("x-encrypted").is_some() && !text(property, "description").contains("travels encrypted") {
        add(" Travels encrypted.".to_owned());
    }
    if property.get("examples").is_some() {
        add(format!(" One of {}, or a newer value.", examples(property).collect::<Vec<_>>().join(", ")));
    }
    about
}

fn examples(property: &Value) -> impl Iterator<Item = &str> {
    property.get("examples").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

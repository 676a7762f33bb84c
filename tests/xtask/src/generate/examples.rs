//! An example of each call, for the documentation of its method: a right request from its vectors.

use crate::shell;
use anyhow::{Context, Result};
use fapiao::schema::{Call, CallerKind, Field, Kind, Layout, Table};
use serde_json::{Map, Value};
use std::fs;

/// Above it an example is more than a reader wants; a shorter one is taken where there is one.
const LONG: usize = 700;

/// The words of a language.
pub(super) struct Language {
    /// What `true` and `false` are.
    pub(super) truth: [&'static str; 2],
    /// How a member is named.
    pub(super) key: fn(&str) -> String,
    /// By how many blanks it indents.
    pub(super) step: usize,
}

/// A right request of this caller's.
pub(super) struct Example(Map<String, Value>, &'static Table);

impl Example {
    /// Of the vectors: the first that is short, else the shortest.
    pub(super) fn of(call: &'static Call, kind: CallerKind) -> Result<Self> {
        let path = shell::root().join(format!("tests/vectors/calls/{}.json", call.name));
        let text = fs::read_to_string(&path).with_context(|| format!("`{}` has no vectors", call.name))?;
        let document: Value = serde_json::from_str(&text)?;
        let is = |case: &Value, at: &str, value: &str| case.pointer(at).and_then(Value::as_str) == Some(value);
        let is_right = |case: &&Value| is(case, "/kind", "request") && is(case, "/result", "valid");
        let cases = document.get("cases").and_then(Value::as_array).context("no cases")?;
        let right: Vec<_> = cases.iter().filter(is_right).collect();
        let own: Vec<_> = right.iter().filter(|case| is(case, "/input/caller/kind", kind.as_str())).copied().collect();
        // Direct merchants and providers make some calls alike, and the vectors have one of the two.
        let requests = if own.is_empty() { right } else { own };
        let requests: Vec<_> = requests.iter().filter_map(|case| case.pointer("/input/request")?.as_object()).collect();
        let length = |request: &Map<String, Value>| Value::Object(request.clone()).to_string().len();
        let short = requests.iter().find(|request| length(request) <= LONG);
        let request = short.or_else(|| requests.iter().min_by_key(|request| length(request)));
        let request = (*request.context("no right request among the vectors")?).clone();
        Ok(Self(request, call.request))
    }

    /// Its fields, in the order of the official table: names, and values as a language writes them, indented so far.
    pub(super) fn fields<'a>(
        &'a self,
        language: &'a Language,
        indent: usize,
    ) -> impl Iterator<Item = (&'a str, String)> + 'a {
        ordered(&self.0, Some(self.1)).map(move |(name, kind, value)| (name, written(value, kind, language, indent)))
    }
}

/// What examples call a caller.
pub(super) const fn name_of(kind: CallerKind) -> &'static str {
    match kind {
        CallerKind::Direct | CallerKind::SubMerchant => "shop",
        CallerKind::Partner => "provider",
        CallerKind::Component => "platform",
        _ => "account",
    }
}

/// Whether a file goes with it.
pub(super) fn is_upload(call: &Call) -> bool {
    matches!(call.layout, Layout::Upload { .. })
}

fn written(value: &Value, kind: Option<Kind>, language: &Language, indent: usize) -> String {
    let [right, wrong] = language.truth;
    let deeper = indent + language.step;
    let (inner, pad) = (" ".repeat(deeper), " ".repeat(indent));
    match value {
        Value::Bool(value) => (if *value { right } else { wrong }).to_owned(),
        Value::Array(items) => {
            let kind = match kind {
                Some(Kind::List(kind)) => Some(*kind),
                _ => None,
            };
            let lines = items.iter().map(|item| written(item, kind, language, deeper));
            if items.iter().any(Value::is_object) {
                let lines: Vec<_> = lines.map(|line| format!("{inner}{line},\n")).collect();
                return format!("[\n{}{pad}]", lines.concat());
            }
            format!("[{}]", lines.collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) => {
            let table = match kind {
                Some(Kind::Object(table)) => Some(table),
                _ => None,
            };
            let line = |(name, kind, value): (&str, _, &Value)| {
                format!("{inner}{}: {},\n", (language.key)(name), written(value, kind, language, deeper))
            };
            format!("{{\n{}{pad}}}", ordered(members, table).map(line).collect::<Vec<_>>().concat())
        }
        other => other.to_string(),
    }
}

/// The members that there are, in the order of their table.
fn ordered<'a>(
    members: &'a Map<String, Value>,
    table: Option<&'static Table>,
) -> impl Iterator<Item = (&'a str, Option<Kind>, &'a Value)> {
    let field = |name: &str| -> Option<(usize, &'static Field)> {
        table?.fields.iter().enumerate().find(|(_, field)| field.name == name)
    };
    let mut found: Vec<_> = members
        .iter()
        .map(|(name, value)| {
            let (at, kind) = field(name).map_or((usize::MAX, None), |(at, field)| (at, Some(field.kind)));
            (at, name.as_str(), kind, value)
        })
        .collect();
    found.sort_by_key(|(at, ..)| *at);
    found.into_iter().map(|(_, name, kind, value)| (name, kind, value))
}

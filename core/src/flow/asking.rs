//! Asking what became of a call: the request, and what its answer says.

use super::exchange::{Exchange, Untyped};
use crate::catalogue::{self, Answer, Place, Source};
use crate::protocol::{Draft, Verified};
use crate::text;
use crate::wire::object::{Object, Raw, Shape};
use crate::wire::read::{self, BigNumbers};
use std::sync::Arc;

/// How deep an id may stand.
const MAX_DEPTH: usize = 4;

/// The exchange that asks what became of a call: its fields are the ids of that call's own payload.
pub(crate) fn ask(draft: &Draft, name: &str) -> Option<Exchange> {
    let call = catalogue::call(name)?;
    let payload = Raw::parse(&draft.payload)?;
    let fields = call.request.fields.iter().filter(|field| field.source == Source::Payload);
    let members =
        fields.filter_map(|field| Some(format!("\"{}\":{}", field.name, find(payload, field.name, 0, &|_| true)?)));
    let members: Vec<_> = members.collect();
    let json = format!("{{{}}}", text::join(members.iter().map(String::as_str), ","));
    Draft::new(&draft.identity, call, json, None).ok().map(Arc::new).map(Exchange::asking)
}

/// Whether a verified answer names what was asked for; `None` when it cannot be told.
pub(crate) fn is_there(answer: &Verified<Untyped>) -> Option<bool> {
    let (draft, body) = (answer.draft(), answer.body());
    let payload = Object::parse(&draft.payload)?;
    let found = Raw::parse(std::str::from_utf8(body).ok()?)?;
    // What stands in the path chose the application; what stands in the query chose one thing in it.
    let filters = draft.call.request.fields.iter().filter(|field| field.place == Place::Query);
    let mut ids = filters.filter_map(|field| Some((field.name, payload.value(field.name)?.text()?)));
    if ids.all(|(name, id)| find(found, name, 0, &|raw| raw.text().is_some_and(|text| text == id)).is_some()) {
        return Some(true);
    }
    match draft.call.answer {
        Answer::Json(table) => read::read(table, body, BigNumbers::Keep, &[]).is_ok().then_some(false),
        Answer::Accepted | Answer::File { .. } => None,
    }
}

/// The first such value of that name, the nearest to the top first.
fn find<'a>(raw: Raw<'a>, name: &str, depth: usize, such: &dyn Fn(Raw<'_>) -> bool) -> Option<&'a str> {
    if depth > MAX_DEPTH {
        return None;
    }
    let deeper = depth.saturating_add(1);
    match raw.shape() {
        Shape::Object => {
            let object = raw.object()?;
            let here = object.value(name).filter(|value| such(*value)).map(Raw::get);
            here.or_else(|| object.members().find_map(|(_, value)| find(value, name, deeper, such)))
        }
        Shape::List => raw.list()?.into_iter().find_map(|item| find(item, name, deeper, such)),
        _ => None,
    }
}

//! Names of the objects of requests: the table's own where it is the same for every caller, else with the caller in front.

use anyhow::{Result, ensure};
use fapiao::catalogue;
use fapiao::schema::{Call, Field, FilledBy, Generations, Kind, Table};
use std::fmt::Write;

/// In which forms of the official documents each call is described: once, or once for each of its callers.
pub(super) type Uses = fn(&Call) -> Vec<Generations>;

pub(super) fn by_call(call: &Call) -> Vec<Generations> {
    vec![call.generations]
}

pub(super) fn by_caller(call: &Call) -> Vec<Generations> {
    call.callers.iter().map(|caller| caller.generations().and(call.generations)).collect()
}

/// The fields a program gives in these generations.
pub(super) fn given(table: &'static Table, generations: Generations) -> impl Iterator<Item = &'static Field> {
    let payload = table.fields.iter().filter(|field| field.filled_by == FilledBy::Payload);
    payload.filter(move |field| field.known.meets(generations))
}

pub(super) fn is_required(field: &Field, generations: Generations) -> bool {
    field.required.covers(generations.and(field.known)) && field.required != Generations::NONE
}

/// What a table is called in a request of these generations.
pub(super) fn of_request(table: &'static Table, generations: Generations, uses: Uses) -> Result<String> {
    let wanted = shape(table, generations);
    let (same, other): (Vec<_>, Vec<_>) =
        all_uses(table, uses).into_iter().partition(|generations| shape(table, *generations) == wanted);
    if other.is_empty() {
        return Ok(table.name.to_owned());
    }
    let prefix = prefix(&same);
    let taken = other.iter().any(|generations| {
        let shape_of_other = shape(table, *generations);
        let group: Vec<_> = other.iter().copied().filter(|other| shape(table, *other) == shape_of_other).collect();
        self::prefix(&group) == prefix
    });
    ensure!(!taken, "two objects would be called {prefix}{}", table.name);
    Ok(format!("{prefix}{}", table.name))
}

/// Who gives an object that others give in another form. The newest form is that of invoices of every trade (通用行业).
fn prefix(uses: &[Generations]) -> &'static str {
    let all = |allowed: Generations| uses.iter().all(|generations| allowed.covers(*generations));
    let newest = uses.iter().all(|generations| generations.meets(Generations::G3));
    match () {
        () if newest && uses.contains(&Generations::G3) => "General",
        () if all(Generations::G1) => "Direct",
        () if all(Generations::G2_G3) => "SubMerchant",
        () => "",
    }
}

/// Whether a table is part of a request: where it is part of an answer too, that one has a name of its own.
pub(super) fn is_given(table: &'static Table) -> bool {
    catalogue::calls().any(|call| holds(call.request, table))
}

/// Every form in which a table is used in a request.
fn all_uses(table: &'static Table, uses: Uses) -> Vec<Generations> {
    catalogue::calls().filter(|call| holds(call.request, table)).flat_map(uses).collect()
}

fn holds(outer: &'static Table, table: &'static Table) -> bool {
    let inner = |field: &'static Field| inside(field.kind).is_some_and(|inner| holds(inner, table));
    outer.name == table.name || outer.fields.iter().any(inner)
}

fn inside(kind: Kind) -> Option<&'static Table> {
    match kind {
        Kind::Object(table) => Some(table),
        Kind::List(element) => inside(*element),
        _ => None,
    }
}

/// Fields, which of them are required, and the same of the objects inside: where two are equal, one name will do.
fn shape(table: &'static Table, generations: Generations) -> String {
    given(table, generations).fold(String::new(), |mut text, field| {
        let inner = inside(field.kind).map(|table| shape(table, generations)).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(text, "{}:{}({inner}) ", field.name, is_required(field, generations));
        text
    })
}

/// How long a text or a list may be, unless its description says so already.
pub(super) fn limit(field: &Field) -> Option<String> {
    let what = if matches!(field.kind, Kind::List(_)) { "items" } else { "characters" };
    if field.min != 0 && field.min == field.max {
        return Some(format!("Exactly {} {what}", field.max));
    }
    (field.max != 0 && !field.doc.contains("at most")).then(|| format!("At most {} {what}", field.max))
}

//! Refuses members that an object of a request must not have.

use super::suggest;
use super::validate;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw};
use crate::schema::{Field, FilledBy, Generations, Table};

/// Refuses fields that the table does not have for these generations, naming the nearest one it has.
pub(super) fn reject(table: &'static Table, object: &Object<'_>, generations: Generations, path: &str) -> Result<()> {
    let known = |field: &&Field| field.filled_by == FilledBy::Payload && field.known.meets(generations);
    for (name, value) in object.members() {
        match table.field(name) {
            Some(field) if known(&field) => {}
            // A constant may be written out, as the official samples do.
            Some(field) if is_constant(field, value) => {}
            Some(field) => return Err(not_here(field, path)),
            None => {
                let names = table.fields.iter().filter(known).map(|field| field.name);
                return Err(suggest::unknown_field(name, names, path));
            }
        }
    }
    // Every name is one of the table's by now, so that this stays linear.
    let repeated = |field: &&Field| object.members().filter(|(name, _)| *name == field.name).nth(1).is_some();
    if let Some(field) = table.fields.iter().find(repeated) {
        return Err(validate::member(Code::InputJson, path, field.name, "stands twice in one object"));
    }
    Ok(())
}

fn not_here(field: &Field, path: &str) -> Error {
    let what = if field.filled_by == FilledBy::Payload {
        format!("exists only in {} of this call", field.known.names().collect::<Vec<_>>().join(", "))
    } else {
        "is put in by the caller: leave it out".to_owned()
    };
    validate::member(Code::InputUnknown, path, field.name, &what)
}

fn is_constant(field: &Field, value: Raw<'_>) -> bool {
    matches!(field.filled_by, FilledBy::Constant(text) if value.text().as_deref() == Some(text))
}

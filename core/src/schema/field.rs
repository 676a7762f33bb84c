//! One field of an official table.

use super::check::Check;
use super::condition::{Condition, Conditions};
use super::generation::Generations;
use super::placement::{AnswerList, Charset, Empty, FilledBy, Location, QueryList, Unit};

/// An object's fields, in the order of the official table.
#[derive(Debug)]
pub struct Table {
    /// Name of the type in Rust, JSON Schema and TypeScript.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The fields.
    pub fields: &'static [Field],
    /// What ties them together.
    pub checks: &'static [Check],
}

impl Table {
    /// The field with that wire name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether any field in it, however deep, travels encrypted.
    pub fn has_encrypted(&self) -> bool {
        self.fields.iter().any(|field| field.encrypted || field.kind.has_encrypted())
    }
}

/// One line of an official table.
#[derive(Debug)]
#[non_exhaustive]
pub struct Field {
    /// The wire name, official misspellings included.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Where it goes.
    pub location: Location,
    /// How a list stands in the query.
    pub query_list: QueryList,
    /// Who fills it in.
    pub filled_by: FilledBy,
    /// A field that core fills in goes along only where the payload has this one.
    pub only_with: Option<&'static str>,
    /// The generations that know it.
    pub known: Generations,
    /// The generations that require it.
    pub required: Generations,
    /// Shortest text in characters; 0 where no document says.
    pub min: usize,
    /// Longest text in characters, list in items, or largest number; 0 where no document says.
    pub max: usize,
    /// Length that no longer text has as far as users know: a warning; 0 where nobody says.
    pub usual_max: usize,
    /// What to warn of where the field is left out.
    pub warn_without: &'static str,
    /// How a list stands in an answer.
    pub answer_list: AnswerList,
    /// The characters a text may have.
    pub charset: Charset,
    /// Whether it travels encrypted (RSAES-OAEP).
    pub encrypted: bool,
    /// Whether it is personal or opens something: kept out of `Debug` and logs.
    pub sensitive: bool,
    /// What a number counts.
    pub unit: Unit,
    /// What an empty text says.
    pub empty: Empty,
    /// Whether a number may be negative.
    pub signed: bool,
    /// Rules that depend on another field of the same object.
    pub(crate) conditions: Conditions,
    /// What the official table says of it.
    pub doc: &'static str,
}

impl Field {
    /// The rules of these generations that depend on another field of the same object.
    pub fn conditions(&self, generations: Generations) -> impl Iterator<Item = Condition> {
        self.conditions.iter().flatten().filter(move |condition| condition.generations.meets(generations)).copied()
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// A string.
    Text,
    /// Digits that both strings and numbers carry on the wire; always text here, so that none is lost.
    Digits,
    /// A whole number, at most 2^53 - 1 either side of zero.
    Integer,
    /// A whole number of up to 20 digits, not negative; a string of its digits is taken too, for languages that would round it.
    LongInteger,
    /// A number that may have a fraction, as it is written; a string of it is taken too, for languages that would round it.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// One of these strings, or one that did not exist when this was written; listed with the feature `docs`.
    Choice(&'static [&'static str]),
    /// A nested object.
    Object(&'static Table),
    /// A list of one kind.
    List(&'static Kind),
}

impl Kind {
    fn has_encrypted(&self) -> bool {
        match self {
            Kind::Object(table) => table.has_encrypted(),
            Kind::List(element) => element.has_encrypted(),
            _ => false,
        }
    }
}

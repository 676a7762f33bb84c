//! One field of an official table.

use super::condition::{self, Conditions};
use super::{Charset, Condition, FilledBy, Generations, Kind, Location, QueryList, Rule, Unit, prose};

/// An object's fields, in the order of the official table.
#[derive(Debug)]
pub struct Table {
    /// Name of the type in Rust, JSON Schema and TypeScript.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The fields.
    pub fields: &'static [Field],
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
    /// Longest text in characters, or list in items; 0 where no document says.
    pub max: usize,
    /// The characters a text may have.
    pub charset: Charset,
    /// Whether it travels encrypted (RSAES-OAEP).
    pub encrypted: bool,
    /// Whether it is personal or opens something: kept out of `Debug` and logs.
    pub sensitive: bool,
    /// What a number counts.
    pub unit: Unit,
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

    /// An optional body field.
    pub(crate) const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            name,
            kind,
            location: Location::Body,
            query_list: QueryList::Repeated,
            filled_by: FilledBy::Payload,
            only_with: None,
            known: Generations::ALL,
            required: Generations::NONE,
            max: 0,
            charset: Charset::Any,
            encrypted: false,
            sensitive: false,
            unit: Unit::None,
            signed: false,
            conditions: [None; condition::MOST],
            doc: prose(doc),
        }
    }

    /// Required wherever it is known.
    pub(crate) const fn always(mut self) -> Self {
        self.required = self.known;
        self
    }

    /// Required in these generations only.
    pub(crate) const fn required_in(mut self, generations: Generations) -> Self {
        self.required = generations;
        self
    }

    /// Required also where `field` of the same object has this value.
    pub(crate) const fn required_if(self, field: &'static str, value: &'static str) -> Self {
        self.where_is(field, value, Rule::Required)
    }

    /// Not negative where `field` of the same object has this value.
    pub(crate) const fn not_negative_if(self, field: &'static str, value: &'static str) -> Self {
        self.where_is(field, value, Rule::NotNegative)
    }

    /// Better left out where `field` of the same object has this value.
    pub(crate) const fn unwanted_if(self, field: &'static str, value: &'static str) -> Self {
        self.where_is(field, value, Rule::Unwanted)
    }

    const fn where_is(mut self, field: &'static str, value: &'static str, rule: Rule) -> Self {
        let condition = Condition { field, value, generations: self.known, rule };
        self.conditions = condition::add(self.conditions, condition);
        self
    }

    /// Known to these generations only.
    pub(crate) const fn only_in(mut self, generations: Generations) -> Self {
        self.known = generations;
        self.required = self.required.and(generations);
        self
    }

    /// Goes there.
    const fn location(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// Filled in by core.
    pub(crate) const fn filled_by(mut self, filled_by: FilledBy) -> Self {
        self.filled_by = filled_by;
        self
    }

    /// Filled in only where the payload has that field.
    pub(crate) const fn only_with(mut self, field: &'static str) -> Self {
        self.only_with = Some(field);
        self
    }

    /// A list that stands so in the query.
    pub(crate) const fn query_list(mut self, query_list: QueryList) -> Self {
        self.query_list = query_list;
        self.query()
    }

    /// Goes into the path.
    pub(crate) const fn path(self) -> Self {
        self.location(Location::Path)
    }

    /// Goes into the query.
    pub(crate) const fn query(self) -> Self {
        self.location(Location::Query)
    }

    /// Is the URL itself.
    pub(crate) const fn url(self) -> Self {
        self.location(Location::Url)
    }

    /// At most this many characters or items.
    pub(crate) const fn max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// An id: at most 32 half-width letters, digits and `-_|*`.
    pub(crate) const fn id(mut self) -> Self {
        self.max = 32;
        self.charset = Charset::Id;
        self
    }

    /// An RFC 3339 time.
    pub(crate) const fn time(mut self) -> Self {
        self.charset = Charset::Time;
        self
    }

    /// Is personal or opens something.
    pub(crate) const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Travels encrypted.
    pub(crate) const fn encrypted(mut self) -> Self {
        self.encrypted = true;
        self.sensitive = true;
        self
    }

    /// Counts in this unit.
    pub(crate) const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Money in fen, not negative.
    pub(crate) const fn fen(self) -> Self {
        self.unit(Unit::Fen)
    }

    /// May be negative, as discount lines are.
    pub(crate) const fn signed(mut self) -> Self {
        self.signed = true;
        self
    }
}

//! One field of an official table.

use super::{Charset, Generations, Kind, Place, Source, Unit, prose};

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

    /// Whether any field in it, however deep, travels sealed.
    pub fn has_sealed(&self) -> bool {
        self.fields.iter().any(|field| field.sealed || field.kind.has_sealed())
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
    pub place: Place,
    /// Who fills it in.
    pub source: Source,
    /// The generations that know it.
    pub known: Generations,
    /// The generations that require it.
    pub required: Generations,
    /// Required also where another field of the same object has this value.
    pub required_if: Option<(&'static str, &'static str)>,
    /// Longest text in characters, or list in items; 0 where no document says.
    pub max: usize,
    /// The characters a text may have.
    pub charset: Charset,
    /// Whether it travels encrypted (RSAES-OAEP).
    pub sealed: bool,
    /// Whether it is personal or opens something: kept out of `Debug` and logs.
    pub private: bool,
    /// What a number counts.
    pub unit: Unit,
    /// Whether a number may be negative; beside a `discount` that is false it may not.
    pub signed: bool,
    /// What the official table says of it.
    pub doc: &'static str,
}

impl Field {
    /// An optional body field.
    pub(crate) const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            name,
            kind,
            place: Place::Body,
            source: Source::Payload,
            known: Generations::ALL,
            required: Generations::NONE,
            required_if: None,
            max: 0,
            charset: Charset::Any,
            sealed: false,
            private: false,
            unit: Unit::None,
            signed: false,
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
    pub(crate) const fn required_if(mut self, field: &'static str, value: &'static str) -> Self {
        self.required_if = Some((field, value));
        self
    }

    /// Known to these generations only.
    pub(crate) const fn only_in(mut self, generations: Generations) -> Self {
        self.known = generations;
        self.required = self.required.and(generations);
        self
    }

    /// Goes there.
    pub(crate) const fn place(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Filled in by core.
    pub(crate) const fn source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// Goes into the path.
    pub(crate) const fn path(self) -> Self {
        self.place(Place::Path)
    }

    /// Goes into the query.
    pub(crate) const fn query(self) -> Self {
        self.place(Place::Query)
    }

    /// Is the URL itself.
    pub(crate) const fn url(self) -> Self {
        self.place(Place::Url)
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
    pub(crate) const fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// Travels encrypted.
    pub(crate) const fn sealed(mut self) -> Self {
        self.sealed = true;
        self.private = true;
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

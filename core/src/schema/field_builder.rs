//! What the attributes of a field may say: builder calls, one for each.

use super::condition::{self, Condition, Rule};
use super::field::{Field, Kind};
use super::generation::Generations;
use super::placement::{AnswerList, Charset, Empty, FilledBy, Location, QueryList, Unit};
use super::prose::prose;

impl Field {
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
            min: 0,
            max: 0,
            usual_max: 0,
            warn_without: "",
            answer_list: AnswerList::List,
            charset: Charset::Any,
            encrypted: false,
            sensitive: false,
            unit: Unit::None,
            empty: Empty::Value,
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

    /// Above zero where `field` of the same object has this value.
    pub(crate) const fn positive_if(self, field: &'static str, value: &'static str) -> Self {
        self.where_is(field, value, Rule::Positive)
    }

    /// Negative where `field` of the same object has this value.
    pub(crate) const fn negative_if(self, field: &'static str, value: &'static str) -> Self {
        self.where_is(field, value, Rule::Negative)
    }

    /// Left out unless `field` of the same object has this value.
    pub(crate) const fn only_if(self, field: &'static str, value: &'static str) -> Self {
        self.where_is(field, value, Rule::Only)
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

    /// Left out where the text is empty, required or not.
    pub(crate) const fn empty_is_none(mut self) -> Self {
        self.empty = Empty::None;
        self
    }

    /// May be empty, required or not.
    pub(crate) const fn may_be_empty(mut self) -> Self {
        self.empty = Empty::Permitted;
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

    /// At most this many characters or items, or this number.
    pub(crate) const fn max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// Exactly this many characters.
    pub(crate) const fn length(mut self, length: usize) -> Self {
        self.min = length;
        self.max(length)
    }

    /// At most this many characters as far as users know: a warning where there are more.
    pub(crate) const fn usual_max(mut self, max: usize) -> Self {
        self.usual_max = max;
        self
    }

    /// Leaving it out is allowed, yet has this consequence: a warning.
    pub(crate) const fn warn_without(mut self, consequence: &'static str) -> Self {
        self.warn_without = consequence;
        self
    }

    /// A list, in place of which an answer can hold its only entry.
    pub(crate) const fn one_or_list(mut self) -> Self {
        self.answer_list = AnswerList::OneOrList;
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

    /// May be negative, as discount lines are.
    pub(crate) const fn signed(mut self) -> Self {
        self.signed = true;
        self
    }
}

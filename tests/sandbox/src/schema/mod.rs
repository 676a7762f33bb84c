//! Tables of fields, as the official pages print them, and the check of requests against them.

mod body;
mod query;
mod value;

pub(crate) use body::{check_body, read_body};
pub(crate) use query::check_query;

use crate::keys::Role;

/// One row of an official table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
    pub(crate) need: Need,
}

/// When a field has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Optional,
    Required,
    /// Required from a service provider, refused from a direct merchant.
    PartnerOnly,
    /// Open to a service provider, refused from a direct merchant.
    PartnerMay,
}

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// Any text of at most so many characters.
    Text {
        max: usize,
    },
    /// A text of exactly so many characters.
    Fixed {
        length: usize,
    },
    /// A text for which no length is documented.
    Unmeasured,
    /// A merchant-chosen id: 1 to 32 of letters, digits, `-`, `_`, `|`, `*`.
    Id,
    /// Lower-case hexadecimal digits, exactly so many.
    Hex {
        length: usize,
    },
    /// A whole number inside bounds.
    Integer {
        min: i64,
        max: i64,
    },
    Boolean,
    OneOf(&'static [&'static str]),
    /// RFC 3339, with or without fractions of a second, `Z` or an offset.
    Time,
    /// A list of texts.
    Texts,
    /// In a query: one or more of a list of words, by repeating the key or with commas.
    Words(&'static [&'static str]),
    /// A text sealed with a key of WeChat Pay; the handler gets the plain text.
    Sealed,
    Object(&'static [Field]),
    /// Objects, at least one and at most so many.
    List {
        max: usize,
        of: &'static [Field],
    },
}

/// Where a table stands and who sends it.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) role: Role,
    pub(crate) unseal: &'a dyn Fn(&str) -> Result<String, String>,
}

/// A field that broke its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// JSON pointer in a body, plain name in a query.
    pub(crate) field: String,
    pub(crate) value: Option<String>,
    pub(crate) issue: String,
    pub(crate) location: &'static str,
    pub(crate) fault: FieldFault,
}

/// Whether a field is wrong or should not be there at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldFault {
    Invalid,
    Unknown,
}

const MONEY: i64 = 100_000_000_000;

/// A text field.
pub(crate) const fn text(name: &'static str, max: usize) -> Field {
    field(name, Rule::Text { max })
}

/// A text field without a documented length.
pub(crate) const fn unmeasured(name: &'static str) -> Field {
    field(name, Rule::Unmeasured)
}

/// A text of one length.
pub(crate) const fn fixed(name: &'static str, length: usize) -> Field {
    field(name, Rule::Fixed { length })
}

/// A time.
pub(crate) const fn time(name: &'static str) -> Field {
    field(name, Rule::Time)
}

/// A merchant-chosen id.
pub(crate) const fn id(name: &'static str) -> Field {
    field(name, Rule::Id)
}

/// An amount or a count; the bounds only keep sums inside 64 bits.
pub(crate) const fn integer(name: &'static str) -> Field {
    field(name, Rule::Integer { min: -MONEY, max: MONEY })
}

/// A code out of a numbered list.
pub(crate) const fn code(name: &'static str, max: i64) -> Field {
    field(name, Rule::Integer { min: 1, max })
}

/// A quantity in units of 10^-8.
pub(crate) const fn quantity(name: &'static str) -> Field {
    field(name, Rule::Integer { min: i64::MIN, max: i64::MAX })
}

/// `true` or `false`.
pub(crate) const fn boolean(name: &'static str) -> Field {
    field(name, Rule::Boolean)
}

/// One of a list of words.
pub(crate) const fn one_of(name: &'static str, words: &'static [&'static str]) -> Field {
    field(name, Rule::OneOf(words))
}

/// An object with its own table.
pub(crate) const fn object(name: &'static str, of: &'static [Field]) -> Field {
    field(name, Rule::Object(of))
}

/// A list of objects.
pub(crate) const fn list(name: &'static str, max: usize, of: &'static [Field]) -> Field {
    field(name, Rule::List { max, of })
}

/// A text that travels sealed.
pub(crate) const fn sealed(name: &'static str) -> Field {
    field(name, Rule::Sealed)
}

/// The sub-merchant's number.
pub(crate) const fn sub_mchid() -> Field {
    Field { name: "sub_mchid", rule: Rule::Text { max: 32 }, need: Need::PartnerOnly }
}

/// A field of any rule.
pub(crate) const fn field(name: &'static str, rule: Rule) -> Field {
    Field { name, rule, need: Need::Optional }
}

impl Field {
    /// The same field, required.
    pub(crate) const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// The same field, for providers only and optional.
    pub(crate) const fn of_partners(mut self) -> Self {
        self.need = Need::PartnerMay;
        self
    }

    /// Whether it may not be left out.
    fn is_needed(&self, role: Role) -> bool {
        self.need == Need::Required || (self.need == Need::PartnerOnly && role == Role::Partner)
    }

    /// Whether it may not be there.
    fn is_unwanted(&self, role: Role) -> bool {
        matches!(self.need, Need::PartnerOnly | Need::PartnerMay) && role == Role::Direct
    }
}

impl std::fmt::Debug for Reading<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reading").field("role", &self.role).finish_non_exhaustive()
    }
}

//! Rules that tie several fields of one object together.

/// A rule over the fields of one object, members of its lists included. Its errors name the field at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// A number is the sum of a member over a list.
    TotalOf {
        /// The number.
        total: &'static str,
        /// The list.
        list: &'static str,
        /// The member of each of its entries.
        member: &'static str,
    },
    /// A number is at most the sum of a member over a list.
    WithinTotalOf {
        /// The number.
        total: &'static str,
        /// The list.
        list: &'static str,
        /// The member of each of its entries.
        member: &'static str,
    },
    /// An entry with a flag directly follows one without it.
    Follows {
        /// The list.
        list: &'static str,
        /// The boolean member.
        flag: &'static str,
        /// Members that both have in common.
        same: &'static [&'static str],
    },
    /// One of these fields is there, where another one has a value.
    AnyOf {
        /// The fields, one of which suffices.
        fields: &'static [&'static str],
        /// The other field.
        field: &'static str,
        /// Its value, as text.
        value: &'static str,
    },
    /// A time is at most so much later than another one.
    WithinDays {
        /// The earlier time.
        from: &'static str,
        /// The later one.
        to: &'static str,
        /// How many days.
        days: i64,
    },
    /// A text begins with these characters.
    StartsWith {
        /// The field.
        field: &'static str,
        /// What it begins with.
        prefix: &'static str,
    },
}

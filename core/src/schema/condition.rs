//! Rules of a field that depend on another field of the same object.

use super::Generations;

/// A rule that holds where another field of the same object has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition {
    /// The other field.
    pub field: &'static str,
    /// Its value, as text.
    pub value: &'static str,
    /// The generations that have the rule.
    pub generations: Generations,
    /// What then holds.
    pub rule: Rule,
}

/// What holds of a field under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// It is required.
    Required,
    /// It may not be negative.
    NotNegative,
    /// It must be above zero.
    Positive,
    /// It must be negative.
    Negative,
    /// It may be there; without the condition it may not.
    Only,
    /// The documents leave it out: a warning, since their samples do not all agree.
    Unwanted,
}

/// Most conditions of one field.
pub(super) const MOST: usize = 3;

/// The conditions of one field.
pub(super) type Conditions = [Option<Condition>; MOST];

/// Adds a condition; with more than [`MOST`] the table does not compile.
#[expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs while tables are compiled"
)]
pub(super) const fn add(mut conditions: Conditions, condition: Condition) -> Conditions {
    let mut at = 0;
    while at < MOST {
        if conditions[at].is_none() {
            conditions[at] = Some(condition);
            return conditions;
        }
        at += 1;
    }
    panic!("a field has at most three conditions")
}

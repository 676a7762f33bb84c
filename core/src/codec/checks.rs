//! Rules over several fields of one object.

use super::rfc3339;
use super::validate::{self, member, pointer};
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw, safe_integer};
use crate::schema::{Check, Table};

const SECONDS_OF_A_DAY: i64 = 86_400;

/// Holds an object, whose fields are right one by one, against the rules of its table.
pub(super) fn run(table: &Table, object: &Object<'_>, path: &str) -> Result<()> {
    table.checks.iter().try_for_each(|check| Checked { object, path }.one(*check))
}

struct Checked<'a> {
    object: &'a Object<'a>,
    path: &'a str,
}

impl Checked<'_> {
    fn one(&self, check: Check) -> Result<()> {
        match check {
            Check::TotalOf { total, list, member } => match self.total_and_sum(total, list, member) {
                Some((have, sum)) if have != sum => {
                    Err(self.error(total, &format!("is {have}, but `{member}` of `{list}` sums up to {sum}")))
                }
                _ => Ok(()),
            },
            Check::WithinTotalOf { total, list, member } => match self.total_and_sum(total, list, member) {
                Some((have, sum)) if have > sum => {
                    Err(self.error(total, &format!("is {have}, but `{member}` of `{list}` sums up to {sum} only")))
                }
                _ => Ok(()),
            },
            Check::Follows { list, flag, same } => self.follows(list, flag, same),
            Check::AnyOf { fields, field, value } => self.any_of(fields, field, value),
            Check::WithinDays { from, to, days } => self.within_days(from, to, days),
            Check::StartsWith { field, prefix } => match self.object.value(field).and_then(Raw::text) {
                Some(text) if !text.starts_with(prefix) => Err(self.error(field, &format!("must begin with {prefix}"))),
                _ => Ok(()),
            },
        }
    }

    fn total_and_sum(&self, total: &str, list: &str, member: &str) -> Option<(i64, i64)> {
        let sum = self.entries(list).iter().try_fold(0_i64, |sum, entry| sum.checked_add(number(entry, member)?))?;
        Some((number(self.object, total)?, sum))
    }

    fn follows(&self, list: &str, flag: &str, same: &[&'static str]) -> Result<()> {
        let mut before: Option<Object<'_>> = None;
        for (index, entry) in self.entries(list).into_iter().enumerate() {
            let at = |name: &str, what: &str| {
                member(Code::InputRule, &pointer(&pointer(self.path, list), &index.to_string()), name, what)
            };
            if is_true(&entry, flag) {
                let Some(before) = before.as_ref().filter(|before| !is_true(before, flag)) else {
                    return Err(at(flag, "is true, but no line without it stands directly before this one"));
                };
                let value = |object: &Object<'_>, name| object.value(name).and_then(Raw::owned_text);
                if let Some(name) = same.iter().find(|name| value(before, name) != value(&entry, name)) {
                    return Err(at(name, "is not that of the line before, which this one discounts"));
                }
            }
            before = Some(entry);
        }
        Ok(())
    }

    fn any_of(&self, fields: &[&str], field: &str, value: &str) -> Result<()> {
        let there = |name: &&str| self.object.value(name).is_some();
        match fields {
            [first, rest @ ..] if validate::is(self.object, field, value) && !fields.iter().any(there) => {
                let others = rest.join("` or `");
                let what = format!("or `{others}` is required where `{field}` is {value}");
                Err(member(Code::InputMissing, self.path, first, &what))
            }
            _ => Ok(()),
        }
    }

    fn within_days(&self, from: &str, to: &str, days: i64) -> Result<()> {
        let time = |name| rfc3339::seconds(&self.object.value(name)?.text()?);
        let apart = time(from).zip(time(to)).and_then(|(from, to)| to.checked_sub(from));
        match apart {
            Some(apart) if apart > days.saturating_mul(SECONDS_OF_A_DAY) => {
                Err(self.error(to, &format!("is more than {days} days after `{from}`")))
            }
            _ => Ok(()),
        }
    }

    /// The entries of a list, as far as they are objects.
    fn entries(&self, list: &str) -> Vec<Object<'_>> {
        let entries = self.object.value(list).and_then(Raw::list).unwrap_or_default();
        entries.into_iter().filter_map(Raw::object).collect()
    }

    fn error(&self, name: &str, what: &str) -> Error {
        member(Code::InputRule, self.path, name, what)
    }
}

fn number(object: &Object<'_>, name: &str) -> Option<i64> {
    safe_integer(object.value(name)?.get())
}

fn is_true(object: &Object<'_>, name: &str) -> bool {
    object.value(name).is_some_and(|raw| raw.get() == "true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Field;

    fn seen(checks: &'static [Check], object: &str) -> Option<(Code, String)> {
        const NO_FIELDS: &[Field] = &[];
        let table = Table { name: "", doc: "", fields: NO_FIELDS, checks };
        let error = run(&table, &Object::parse(object).unwrap(), "/a").err()?;
        Some((error.code(), error.field().unwrap().to_owned()))
    }

    #[test]
    fn a_total_is_held_against_its_list() {
        const EXACT: &[Check] = &[Check::TotalOf { total: "t", list: "l", member: "m" }];
        const MOST: &[Check] = &[Check::WithinTotalOf { total: "t", list: "l", member: "m" }];
        let wrong = Some((Code::InputRule, "/a/t".to_owned()));
        for (total, exact, most) in [(4, &wrong, &None), (5, &None, &None), (6, &wrong, &wrong)] {
            let object = format!(r#"{{"t":{total},"l":[{{"m":7}},{{"m":-2}}]}}"#);
            assert_eq!((&seen(EXACT, &object), &seen(MOST, &object)), (exact, most), "{total}");
        }
        assert_eq!(seen(EXACT, r#"{"t":1,"l":[{"n":1}]}"#), None, "what is missing is another rule's matter");
    }

    #[test]
    fn a_flagged_entry_follows_one_without_the_flag() {
        const FOLLOWS: &[Check] = &[Check::Follows { list: "l", flag: "f", same: &["c"] }];
        let at = |field: &str| Some((Code::InputRule, format!("/a/l/{field}")));
        for (list, wanted) in [
            (r#"{"f":false,"c":"1"},{"f":true,"c":"1"},{"f":false,"c":"2"},{"f":true,"c":"2"}"#, None),
            (r#"{"f":true,"c":"1"}"#, at("0/f")),
            (r#"{"f":false,"c":"1"},{"f":true,"c":"1"},{"f":true,"c":"1"}"#, at("2/f")),
            (r#"{"f":false,"c":"1"},{"f":true,"c":"2"}"#, at("1/c")),
        ] {
            assert_eq!(seen(FOLLOWS, &format!(r#"{{"l":[{list}]}}"#)), wanted, "{list}");
        }
    }

    #[test]
    fn one_of_several_is_there_and_a_text_begins_as_it_must() {
        const ANY: &[Check] = &[Check::AnyOf { fields: &["x", "y"], field: "k", value: "K" }];
        const PREFIX: &[Check] = &[Check::StartsWith { field: "x", prefix: "301" }];
        assert_eq!(seen(ANY, r#"{"k":"K"}"#), Some((Code::InputMissing, "/a/x".to_owned())));
        assert_eq!((seen(ANY, r#"{"k":"K","y":"1"}"#), seen(ANY, r#"{"k":"other"}"#)), (None, None));
        assert_eq!(seen(PREFIX, r#"{"x":"30"}"#), Some((Code::InputRule, "/a/x".to_owned())));
        assert_eq!((seen(PREFIX, r#"{"x":"3010"}"#), seen(PREFIX, "{}")), (None, None));
    }
}

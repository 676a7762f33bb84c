//! Checks one value of a request against its line in the official table.

use super::decimal;
use super::encoded::Warning;
use super::rfc3339;
use crate::error::{Code, Error, Result};
use crate::json::{MAX_SAFE, Object, Raw, Shape, safe_integer};
use crate::schema::{Charset, Empty, Field, System, Unit};
use std::borrow::Cow;

/// Where a value stands: its JSON pointer and the line that rules it.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) path: &'a str,
    pub(crate) field: &'a Field,
    pub(crate) system: System,
    /// Whether this field must be filled in.
    pub(crate) required: bool,
}

impl At<'_> {
    /// "`name` what", at its path.
    pub(crate) fn error(&self, code: Code, what: &str) -> Error {
        named(code, self.field.name, what).at(self.path)
    }

    /// What a string says.
    pub(crate) fn text<'a>(&self, raw: Raw<'a>) -> Result<Cow<'a, str>> {
        raw.text().ok_or_else(|| match raw.shape() {
            Shape::Text => self.error(Code::InputCharset, "holds half a surrogate pair, which is no character"),
            _ => self.wrong_type("a string", raw),
        })
    }

    pub(crate) fn wrong_type(&self, wanted: &str, raw: Raw<'_>) -> Error {
        self.error(Code::InputType, &format!("must be {wanted}, not {}", raw.shape().name()))
    }
}

/// "`name` what", where the object at `path` has or lacks that member.
pub(crate) fn member(code: Code, path: &str, name: &str, what: &str) -> Error {
    named(code, name, what).at(pointer(path, name))
}

/// The JSON pointer of a member.
// Not at each place where it is written: they are many.
#[inline(never)]
pub(crate) fn pointer(path: &str, name: &str) -> String {
    let mut pointer = path.to_owned();
    pointer.push('/');
    pointer.push_str(name);
    pointer
}

/// "`name` what".
#[inline(never)]
pub(crate) fn named(code: Code, name: &str, what: &str) -> Error {
    Error::new(code, format!("`{name}` {what}"))
}

/// Most digits of a long whole number: those of a 64-bit one.
const MAX_DIGITS: usize = 20;
/// Most bytes of one encrypted value: what RSAES-OAEP with SHA-1 leaves of a 2048-bit key.
/// [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)
const MAX_ENCRYPTED: usize = 214;

/// Length and characters of a text.
pub(crate) fn text(at: At<'_>, text: &str) -> Result<()> {
    let wanted = at.required && at.field.empty != Empty::Permitted;
    if text.is_empty() && (wanted || at.field.charset != Charset::Any) {
        return Err(at.error(Code::InputLength, "is empty"));
    }
    let characters = text.chars().count();
    if at.field.max != 0 && characters > at.field.max {
        let most = at.field.max;
        return Err(at.error(Code::InputLength, &format!("has {characters} characters, {most} are allowed")));
    }
    if characters < at.field.min {
        let least = at.field.min;
        return Err(at.error(Code::InputLength, &format!("has {characters} characters, {least} are needed")));
    }
    if at.field.encrypted && text.len() > MAX_ENCRYPTED {
        let what = format!("has {} bytes of UTF-8, {MAX_ENCRYPTED} fit one encrypted field", text.len());
        return Err(at.error(Code::SealLength, &what));
    }
    if let Some(position) = text.chars().position(|character| !allowed(at, character)) {
        let wanted = match at.field.charset {
            Charset::Id => "half-width letters, digits and -_|* are allowed",
            Charset::Any | Charset::Time => "supplementary-plane characters such as emoji are refused by the gateway",
        };
        let place = position.saturating_add(1);
        return Err(
            at.error(Code::InputCharset, &format!("has a character that is not allowed, at place {place}: {wanted}"))
        );
    }
    if at.field.charset == Charset::Time && !rfc3339::has_form(text) {
        return Err(at.error(Code::InputCharset, "is not an RFC 3339 time such as 2026-11-22T10:00:00+08:00"));
    }
    Ok(())
}

/// What users know to be shorter, as a warning.
pub(crate) fn unusual(at: At<'_>, text: &str) -> Option<Warning> {
    let (characters, usual) = (text.chars().count(), at.field.usual_max);
    let message = || format!("`{}` has {characters} characters, more than {usual} are not known", at.field.name);
    (usual != 0 && characters > usual).then(|| Warning { field: at.path.to_owned(), message: message() })
}

/// Type and range of a whole number.
pub(crate) fn integer(at: At<'_>, raw: Raw<'_>) -> Result<()> {
    if raw.shape() != Shape::Number {
        return Err(at.wrong_type("a whole number", raw));
    }
    let digits = raw.get();
    if digits.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return Err(at.error(Code::InputType, "must be a whole number, not a fraction"));
    }
    let least = if at.field.signed || at.field.unit == Unit::None { -MAX_SAFE } else { 0 };
    // No length is anywhere near what a number cannot hold.
    let most = i64::try_from(at.field.max).ok().filter(|max| *max != 0).unwrap_or(MAX_SAFE);
    match safe_integer(digits) {
        Some(number) if number > most => Err(at.error(Code::InputRange, &format!("is above {most}"))),
        Some(number) if number >= least => Ok(()),
        Some(_) => Err(at.error(Code::InputRange, "is negative")),
        None => Err(at.error(Code::InputRange, "is beyond 2^53 - 1")),
    }
}

/// Number of elements of a list.
pub(crate) fn items(at: At<'_>, count: usize) -> Result<()> {
    if count == 0 && at.required {
        return Err(at.error(Code::InputLength, "is empty"));
    }
    if at.field.max != 0 && count > at.field.max {
        return Err(at.error(Code::InputLength, &format!("has {count} items, {} are allowed", at.field.max)));
    }
    Ok(())
}

/// A whole number of up to 20 digits, also as a string of them.
pub(crate) fn long_integer(at: At<'_>, raw: Raw<'_>) -> Result<String> {
    let digits = match raw.shape() {
        Shape::Number => raw.get().to_owned(),
        _ => raw.owned_text().ok_or_else(|| at.wrong_type("a whole number", raw))?,
    };
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !whole || (digits.len() > 1 && digits.starts_with('0')) {
        return Err(at.error(Code::InputType, "must be a whole number, not negative"));
    }
    if digits.len() > MAX_DIGITS {
        return Err(at.error(Code::InputRange, &format!("has {} digits, {MAX_DIGITS} are allowed", digits.len())));
    }
    Ok(digits)
}

/// A number that may have a fraction, also as a string of it.
pub(super) fn decimal(at: At<'_>, raw: Raw<'_>) -> Result<String> {
    let wrong = || at.wrong_type("a number", raw);
    let text = decimal::written(raw).ok_or_else(wrong)?;
    if !decimal::is_decimal(&text) {
        return Err(at.error(Code::InputType, "must be a number in digits, such as 1.5"));
    }
    if text.starts_with('-') && !at.field.signed {
        return Err(at.error(Code::InputRange, "is negative"));
    }
    Ok(text)
}

/// Whether a field of an object has a value, given as text; of a list, whether one of its entries has it.
pub(crate) fn is(object: &Object<'_>, name: &str, value: &str) -> bool {
    let one = |raw: Raw<'_>| raw.text().map_or(raw.get() == value, |text| text == value);
    object.value(name).is_some_and(|raw| raw.list().map_or_else(|| one(raw), |list| list.into_iter().any(one)))
}

fn allowed(at: At<'_>, character: char) -> bool {
    match at.field.charset {
        Charset::Id => character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '|' | '*'),
        Charset::Any | Charset::Time => at.system != System::Pay || character <= '\u{ffff}',
    }
}

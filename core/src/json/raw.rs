//! JSON as it stands in its text: keys and values are slices of it, so nothing is converted and nothing is lost.

use super::escape;
use std::borrow::Cow;

/// One well-formed JSON value, as it stands in its text.
#[derive(Clone, Copy)]
pub(crate) struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// Checks that a text is one JSON value.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        // Nothing is kept of it: reading a value would bring in the tables of floating-point numbers.
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
        Some(Self(text.trim_ascii()))
    }

    /// A value that was checked already.
    pub(crate) fn of(value: &'a serde_json::value::RawValue) -> Self {
        Self(value.get())
    }

    /// The value's text.
    pub(crate) fn get(self) -> &'a str {
        self.0
    }

    pub(crate) fn shape(self) -> Shape {
        match self.0.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::List,
            Some(b'"') => Shape::Text,
            Some(b't' | b'f') => Shape::Boolean,
            Some(b'n') => Shape::Null,
            _ => Shape::Number,
        }
    }

    /// What a string says; `None` for other values, and for half a surrogate pair.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        let inside = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if memchr::memchr(b'\\', inside.as_bytes()).is_none() {
            return Some(Cow::Borrowed(inside));
        }
        escape::unescape(inside).map(Cow::Owned)
    }

    /// What a string says, with U+FFFD in place of half a surrogate pair; `None` for other values.
    pub(crate) fn text_lossy(self) -> Option<Cow<'a, str>> {
        let lossy = || self.0.strip_prefix('"')?.strip_suffix('"').map(escape::unescape_lossy);
        self.text().or_else(|| lossy().map(Cow::Owned))
    }

    /// What a string says, for keeps.
    pub(crate) fn owned_text(self) -> Option<String> {
        self.text().map(Cow::into_owned)
    }

    /// The elements of a list.
    pub(crate) fn list(self) -> Option<Vec<Raw<'a>>> {
        let mut rest = Rest(self.0.strip_prefix('[')?);
        let mut elements = Vec::new();
        while let Some(element) = rest.value() {
            elements.push(element);
        }
        Some(elements)
    }

    /// The members of an object. In names, U+FFFD stands for half a surrogate pair.
    pub(crate) fn object(self) -> Option<Object<'a>> {
        let mut rest = Rest(self.0.strip_prefix('{')?);
        let mut members = Vec::new();
        while let Some(name) = rest.value() {
            members.push((name.text_lossy()?, rest.value()?));
        }
        Some(Object(members))
    }
}

/// An object's members in the order they stand.
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Object<'a> {
    /// Reads an object; `None` when the text is valid JSON of another type or not JSON.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        Raw::parse(text)?.object()
    }

    /// The value of a key; of equal keys the last.
    pub(crate) fn value(&self, name: &str) -> Option<Raw<'a>> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, Raw<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), *value))
    }
}

/// What a raw value is, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Object,
    List,
    Text,
    Number,
    Boolean,
    Null,
}

impl Shape {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Shape::Object => "an object",
            Shape::List => "a list",
            Shape::Text => "a string",
            Shape::Number => "a number",
            Shape::Boolean => "a boolean",
            Shape::Null => "null",
        }
    }
}

/// What is left of the inside of a list or object that is known to be well-formed.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// The next value, over the punctuation before it; `None` at the end.
    fn value(&mut self) -> Option<Raw<'a>> {
        let between = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':');
        let (_, text) = self.0.split_at_checked(self.0.bytes().take_while(|byte| between(*byte)).count())?;
        let (value, rest) = text.split_at_checked(length(text.as_bytes()))?;
        self.0 = rest;
        (!value.is_empty()).then_some(Raw(value))
    }
}

/// Bytes of the value that a well-formed text starts with; 0 where the list or object around it ends.
fn length(text: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0_usize;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at = at.saturating_add(string(text.get(at..).unwrap_or_default())),
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return at,
            },
            _ => {}
        }
        at = at.saturating_add(1);
        let over = depth == 0 && matches!(text.get(at), Some(b',' | b':' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n'));
        if over {
            return at;
        }
    }
    text.len()
}

/// Bytes of a string without its closing quote.
fn string(text: &[u8]) -> usize {
    let mut at = 1_usize;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at = at.saturating_add(found);
        if text.get(at) == Some(&b'"') {
            return at;
        }
        at = at.saturating_add(2);
    }
    text.len()
}

/// The largest whole number that every JSON reader keeps exactly, 2^53 - 1.
pub(crate) const MAX_SAFE: i64 = 9_007_199_254_740_991;

/// A whole number every JSON reader keeps exactly; also from a string of digits when `digits` is text.
pub(crate) fn safe_integer(digits: &str) -> Option<i64> {
    digits.parse().ok().filter(|number| (-MAX_SAFE..=MAX_SAFE).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(".*", inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// The value read again through [`Raw`] alone.
    fn reread(raw: Raw<'_>) -> Option<Value> {
        Some(match raw.shape() {
            Shape::Object => raw
                .object()?
                .members()
                .map(|(name, value)| Some((name.to_owned(), reread(value)?)))
                .collect::<Option<_>>()?,
            Shape::List => raw.list()?.into_iter().map(reread).collect::<Option<_>>()?,
            Shape::Text => Value::from(raw.owned_text()?),
            _ => serde_json::from_str(raw.get()).ok()?,
        })
    }

    proptest! {
        #[test]
        fn reads_what_another_reader_reads(value in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            prop_assert_eq!(Raw::parse(&text).and_then(reread), Some(value));
        }
    }
}

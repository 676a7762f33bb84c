//! Writes a JSON object member by member.

use super::escape::quote;

/// A JSON object on its way.
pub(crate) struct Members(String);

impl Members {
    pub(crate) fn new() -> Self {
        Self("{".to_owned())
    }

    /// A member whose value is JSON already.
    pub(crate) fn json(&mut self, name: &str, value: &str) -> &mut Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(name, &mut self.0);
        self.0.push(':');
        self.0.push_str(value);
        self
    }

    /// A text, or null.
    pub(crate) fn text(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        let mut quoted = String::new();
        match value {
            Some(text) => quote(text, &mut quoted),
            None => quoted.push_str("null"),
        }
        self.json(name, &quoted)
    }

    /// A whole number, or null.
    pub(crate) fn number(&mut self, name: &str, value: Option<i64>) -> &mut Self {
        let digits = value.map_or_else(|| "null".to_owned(), |number| number.to_string());
        self.json(name, &digits)
    }

    /// Closes it and hands it over.
    pub(crate) fn end(&mut self) -> String {
        self.0.push('}');
        std::mem::take(&mut self.0)
    }
}

/// A JSON list of values that are JSON already.
pub(crate) fn list(values: impl Iterator<Item = String>) -> String {
    let mut json = "[".to_owned();
    for value in values {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&value);
    }
    json.push(']');
    json
}

//! Reading the fields of these calls: what lacks is named as in published messages, numbers may be strings.

use serde_json::{Map, Value};

use super::super::AccountError;

/// An object of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// A text that has to be there.
    pub(super) fn text(self, name: &'static str) -> Result<&'a str, AccountError> {
        self.may_be_empty(name)
            .and_then(|text| if text.is_empty() { Err(AccountError::lacking(name)) } else { Ok(text) })
    }

    /// A text; one that is left out is empty.
    pub(super) fn may_be_empty(self, name: &str) -> Result<&'a str, AccountError> {
        self.0.get(name).map_or(Ok(""), |value| value.as_str().ok_or(AccountError::ARGUMENTS))
    }

    /// A whole number that has to be there; samples have numbers as strings.
    pub(super) fn number(self, name: &'static str) -> Result<i64, AccountError> {
        self.optional_number(name)?.ok_or(AccountError::lacking(name))
    }

    /// A whole number.
    pub(super) fn optional_number(self, name: &str) -> Result<Option<i64>, AccountError> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let number = value.as_str().map_or_else(|| value.as_i64(), |text| text.parse().ok());
        number.map(Some).ok_or(AccountError::ARGUMENTS)
    }

    /// An amount in fen, not below zero.
    pub(super) fn fen(self, name: &'static str) -> Result<i64, AccountError> {
        self.number(name).and_then(|fen| if fen < 0 { Err(AccountError::PARAMETERS) } else { Ok(fen) })
    }

    /// A number that says yes (1) or no (0).
    pub(super) fn flag(self, name: &str) -> Result<(), AccountError> {
        match self.optional_number(name)? {
            None | Some(0 | 1) => Ok(()),
            Some(_) => Err(AccountError::PARAMETERS),
        }
    }

    /// An object that has to be there.
    pub(super) fn object(self, name: &'static str) -> Result<Fields<'a>, AccountError> {
        self.optional_object(name)?.ok_or(AccountError::lacking(name))
    }

    /// An object.
    pub(super) fn optional_object(self, name: &str) -> Result<Option<Fields<'a>>, AccountError> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        value.as_object().map(|object| Some(Fields(object))).ok_or(AccountError::ARGUMENTS)
    }

    /// Objects; none where the list is left out.
    pub(super) fn optional_list(self, name: &str) -> Result<Vec<Fields<'a>>, AccountError> {
        let Some(value) = self.0.get(name) else { return Ok(Vec::new()) };
        let entries = value.as_array().ok_or(AccountError::ARGUMENTS)?;
        entries.iter().map(|entry| entry.as_object().map(Fields).ok_or(AccountError::ARGUMENTS)).collect()
    }

    /// At least one object.
    pub(super) fn list(self, name: &'static str) -> Result<Vec<Fields<'a>>, AccountError> {
        self.optional_list(name)
            .and_then(|list| if list.is_empty() { Err(AccountError::lacking(name)) } else { Ok(list) })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_lacks_is_told_apart_from_what_is_of_another_shape() {
        let body =
            json!({"text": "a", "empty": "", "number": 1, "as_text": "1468306058", "fen": -1, "half": 1.5, "list": []});
        let fields = Fields(body.as_object().unwrap());
        assert_eq!((fields.text("text"), fields.text("number")), (Ok("a"), Err(AccountError::ARGUMENTS)));
        for lacking in ["empty", "nothing"] {
            assert_eq!(fields.text(lacking), Err(AccountError::lacking(lacking)));
        }
        assert_eq!((fields.number("number"), fields.number("as_text")), (Ok(1), Ok(1_468_306_058)));
        assert_eq!(
            (fields.number("half"), fields.fen("fen")),
            (Err(AccountError::ARGUMENTS), Err(AccountError::PARAMETERS))
        );
        assert_eq!(fields.list("list").unwrap_err(), AccountError::lacking("list"));
        assert_eq!(fields.object("text").unwrap_err(), AccountError::ARGUMENTS);
    }
}

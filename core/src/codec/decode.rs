//! Reads an answer by its table: checks types, finds encrypted values, and writes it out so that no number loses a digit.

use super::decimal;
use super::numbers::{is_whole, whole_digits, whole_number};
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw, Shape, quote};
use crate::schema::{AnswerList, Field, Kind, Table};
use std::fmt;

/// An answer read by its table.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    /// The answer as JSON, with encrypted values replaced by the plaintexts given.
    pub(crate) json: String,
    /// The encrypted values found, in the order of the answer.
    pub(crate) encrypted: Vec<Encrypted>,
}

/// An encrypted value.
#[derive(Debug)]
pub(crate) struct Encrypted {
    /// Base64 as it came.
    pub(crate) ciphertext: String,
    /// Where it stands, as a JSON pointer.
    pub(crate) field: String,
}

/// Reads `body` by `table`. `decrypted` are the plaintexts of the encrypted values, in order; a value without one stays as it is.
pub(crate) fn decode(table: &'static Table, body: &[u8], decrypted: &[Option<String>]) -> Result<Decoded> {
    let not_json = || Error::new(Code::ParseJson, "the answer is not JSON");
    let text = std::str::from_utf8(body).map_err(|_| not_json())?;
    let raw = Raw::parse(text).ok_or_else(not_json)?;
    let object = raw.object().ok_or_else(|| wrong_type(&Path::Root, "an object", raw))?;
    let out = Decoded { json: String::with_capacity(text.len()), encrypted: Vec::new() };
    let mut decoder = Decoder { decrypted: decrypted.iter(), out };
    decoder.object(table, &object, &Path::Root)?;
    Ok(decoder.out)
}

/// Deepest nesting of unknown values that is looked into; keeps the work linear and the stack small.
const DEEPEST: usize = 64;

/// Where a value stands; written out only when an error names it.
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Member(parent, name) => write!(f, "{parent}/{name}"),
            Path::Item(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

struct Decoder<'a> {
    decrypted: std::slice::Iter<'a, Option<String>>,
    out: Decoded,
}

impl Decoder<'_> {
    fn object(&mut self, table: &'static Table, object: &Object<'_>, path: &Path<'_>) -> Result<()> {
        if let Some(field) = table.fields.iter().find(|field| required(field) && !has(object, field.name)) {
            let message = format!("`{}` is missing from the answer", field.name);
            return Err(Error::new(Code::ParseMissing, message).at(format!("{path}/{}", field.name)));
        }
        self.out.json.push('{');
        for (index, (name, value)) in object.members().enumerate() {
            self.comma(index);
            // Official examples print names with a blank behind them.
            let name = if table.field(name).is_none() && table.field(name.trim_end()).is_some() {
                name.trim_end()
            } else {
                name
            };
            quote(name, &mut self.out.json);
            self.out.json.push(':');
            match table.field(name) {
                Some(field) if value.shape() != Shape::Null || required(field) => {
                    self.kind(field, field.kind, value, &Path::Member(path, name))?;
                }
                _ => self.unknown(value, 0),
            }
        }
        self.out.json.push('}');
        Ok(())
    }

    fn kind(&mut self, field: &'static Field, kind: Kind, raw: Raw<'_>, path: &Path<'_>) -> Result<()> {
        match kind {
            Kind::Text | Kind::Choice(_) => self.text(field, raw, path)?,
            Kind::Digits => {
                let digits = raw.owned_text().or_else(|| whole_digits(raw));
                let digits = digits.ok_or_else(|| wrong_type(path, "digits", raw))?;
                quote(&digits, &mut self.out.json);
            }
            Kind::LongInteger => {
                let digits = raw.owned_text().filter(|text| is_whole(text)).or_else(|| whole_digits(raw));
                self.out.json.push_str(&digits.ok_or_else(|| wrong_type(path, "a whole number", raw))?);
            }
            Kind::Decimal => {
                let written = decimal::written(raw).ok_or_else(|| wrong_type(path, "a number", raw))?;
                quote(&written, &mut self.out.json);
            }
            Kind::Integer => {
                let number = whole_number(raw).ok_or_else(|| wrong_type(path, "a whole number", raw))?;
                self.out.json.push_str(&number.to_string());
            }
            Kind::Boolean => {
                if raw.shape() != Shape::Boolean {
                    return Err(wrong_type(path, "true or false", raw));
                }
                self.out.json.push_str(raw.get());
            }
            Kind::Object(table) => {
                let object = raw.object().ok_or_else(|| wrong_type(path, "an object", raw))?;
                self.object(table, &object, path)?;
            }
            Kind::List(element) if field.answer_list == AnswerList::OneOrList && raw.shape() == Shape::Object => {
                self.out.json.push('[');
                self.kind(field, *element, raw, &Path::Item(path, 0))?;
                self.out.json.push(']');
            }
            Kind::List(element) => {
                let items = raw.list().ok_or_else(|| wrong_type(path, "a list", raw))?;
                self.out.json.push('[');
                for (index, item) in items.into_iter().enumerate() {
                    self.comma(index);
                    self.kind(field, *element, item, &Path::Item(path, index))?;
                }
                self.out.json.push(']');
            }
        }
        Ok(())
    }

    fn text(&mut self, field: &Field, raw: Raw<'_>, path: &Path<'_>) -> Result<()> {
        let text = raw.text_lossy().ok_or_else(|| wrong_type(path, "a string", raw))?;
        // An empty text has nothing to decrypt.
        if field.encrypted && !text.is_empty() {
            let plaintext = self.decrypted.next().and_then(Option::as_deref);
            quote(plaintext.unwrap_or(&text), &mut self.out.json);
            self.out.encrypted.push(Encrypted { ciphertext: text.into_owned(), field: path.to_string() });
            return Ok(());
        }
        self.string(raw);
        Ok(())
    }

    /// A value no table knows: kept, every number in it too. What is nested deeper than any document is copied as it is.
    fn unknown(&mut self, raw: Raw<'_>, depth: usize) {
        let deeper = depth.saturating_add(1);
        match raw.shape() {
            Shape::Text => self.string(raw),
            Shape::Number | Shape::Boolean | Shape::Null => self.out.json.push_str(raw.get()),
            // Readers of JSON give up at some depth: from here on it is the text of the value.
            Shape::Object | Shape::List if depth >= DEEPEST => quote(raw.get(), &mut self.out.json),
            Shape::List => {
                self.out.json.push('[');
                for (index, item) in raw.list().unwrap_or_default().into_iter().enumerate() {
                    self.comma(index);
                    self.unknown(item, deeper);
                }
                self.out.json.push(']');
            }
            Shape::Object => {
                self.out.json.push('{');
                for (index, (name, value)) in raw.object().iter().flat_map(Object::members).enumerate() {
                    self.comma(index);
                    quote(name, &mut self.out.json);
                    self.out.json.push(':');
                    self.unknown(value, deeper);
                }
                self.out.json.push('}');
            }
        }
    }

    /// A string as it came, but for half a surrogate pair, which not every reader takes.
    fn string(&mut self, raw: Raw<'_>) {
        match raw.text() {
            Some(_) => self.out.json.push_str(raw.get()),
            None => quote(&raw.text_lossy().unwrap_or_default(), &mut self.out.json),
        }
    }

    fn comma(&mut self, index: usize) {
        if index > 0 {
            self.out.json.push(',');
        }
    }
}

fn has(object: &Object<'_>, name: &str) -> bool {
    object.members().any(|(found, _)| found == name || found.trim_end() == name)
}

fn required(field: &Field) -> bool {
    field.required == field.known
}

fn wrong_type(path: &Path<'_>, wanted: &str, raw: Raw<'_>) -> Error {
    let error = Error::new(Code::ParseType, format!("the answer has {} where {wanted} belongs", raw.shape().name()));
    if matches!(path, Path::Root) { error } else { error.at(path.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::schema::AnswerKind;

    fn files(body: &str) -> Result<String> {
        let AnswerKind::Json(table) = catalogue::call("fapiao_files").unwrap().answer else { panic!("not JSON") };
        decode(table, body.as_bytes(), &[]).map(|decoded| decoded.json)
    }

    #[test]
    fn an_error_names_the_place() {
        let error = files(r#"{"fapiao_download_info_list":[{},{"status":7}]}"#).unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::ParseType, Some("/fapiao_download_info_list/1/status")));
        for not_json in ["", "{}x", "{\"a\":}", "{\"a\":\"\u{1}\"}"] {
            assert_eq!(files(not_json).unwrap_err().code(), Code::ParseJson, "{not_json}");
        }
        for no_object in ["[]", "null", "7"] {
            let error = files(no_object).unwrap_err();
            assert_eq!((error.code(), error.field()), (Code::ParseType, None), "{no_object}");
        }
    }

    #[test]
    fn texts_keys_and_numbers_come_out_as_they_came() {
        let kept = r#"{"fapiao_download_info_list":[{"fapiao_id":"a\"\\\u4e2d中"}],"new \"key\"":{"n":7}}"#;
        assert_eq!(files(kept).unwrap(), kept);
        let long = r#"{"n":24312000000012345678}"#;
        assert_eq!(files(long).unwrap(), long);
        let half = r#"{"fapiao_download_info_list":[{"fapiao_id":"\ud800"}]}"#;
        assert_eq!(files(half).unwrap(), half.replace("\\ud800", "\u{fffd}"), "half a character");
    }

    #[test]
    fn what_not_every_reader_takes_does_not_hide_the_rest() {
        let nest = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let body = format!(r#"{{"fapiao_download_info_list":[],"later":{nest},"half \ud83d":"\ud83d"}}"#);
        let read: serde_json::Value = serde_json::from_str(&files(&body).unwrap()).unwrap();
        assert_eq!(read["fapiao_download_info_list"], serde_json::json!([]));
        assert_eq!(read["half \u{fffd}"], "\u{fffd}");
    }
}

//! Lays a payload out by its table: path, query and body, each value checked on the way.

use super::checks;
use super::conditions;
use super::encoded::{Encoded, Supply, Url, Warning};
use super::unknown_fields;
use super::validate::{self, At, pointer};
use crate::error::{Code, Result};
use crate::json::{Object, Raw, Shape, quote};
use crate::schema::{Call, Empty, Field, FilledBy, Generations, Kind, Location, QueryList, System, Table};
use crate::secret::Personal;

/// Checks a payload and lays it out for a caller of these generations.
pub(crate) fn encode(
    call: &'static Call,
    generations: Generations,
    supply: &dyn Supply,
    payload: &Object<'_>,
) -> Result<Encoded> {
    let mut encoder =
        Encoder { system: call.system, generations, supply, out: Encoded::default(), piece: String::new() };
    encoder.object(call.request, payload, "")?;
    let Encoder { mut out, piece, .. } = encoder;
    // A call whose fields all stand elsewhere has no body, but where the gateway wants an object.
    out.pieces.push(if piece == "{}" && !call.posts_an_object() { String::new() } else { piece });
    Ok(out)
}

struct Encoder<'a> {
    system: System,
    generations: Generations,
    supply: &'a dyn Supply,
    out: Encoded,
    piece: String,
}

impl Encoder<'_> {
    /// Checks and writes an object; of the top one, fields that do not go into the body go where they belong.
    fn object(&mut self, table: &'static Table, object: &Object<'_>, path: &str) -> Result<()> {
        unknown_fields::reject(table, object, self.generations, path)?;
        let mut before = '{';
        for field in table.fields {
            let supplied = self.supplied(field, object)?;
            let value = object.value(field.name);
            if supplied.is_none() && self.absent(field, value, path)? {
                self.left_out(field, object, path)?;
                continue;
            }
            let in_body = field.location == Location::Body;
            if in_body {
                self.piece.push(before);
                before = ',';
                quote(field.name, &mut self.piece);
                self.piece.push(':');
            }
            match (supplied, value) {
                (Some(text), _) if in_body => quote(&text, &mut self.piece),
                (Some(text), _) => self.place(field, text),
                (None, Some(raw)) => {
                    let at = pointer(path, field.name);
                    if in_body {
                        self.value(field, field.kind, raw, &at)?;
                    } else {
                        self.outside_body(field, raw, &at)?;
                    }
                    self.out.warnings.extend(conditions::with(field, self.generations, object, raw, &at)?);
                }
                (None, None) => {}
            }
        }
        if before == '{' {
            self.piece.push('{');
        }
        self.piece.push('}');
        checks::run(table, object, path)
    }

    /// What follows from a field that is not there.
    fn left_out(&mut self, field: &Field, object: &Object<'_>, path: &str) -> Result<()> {
        if !field.warn_without.is_empty() {
            let message = format!("without `{}` {}", field.name, field.warn_without);
            self.out.warnings.push(Warning { field: pointer(path, field.name), message });
        }
        conditions::without(field, self.generations, object, path)
    }

    fn outside_body(&mut self, field: &'static Field, raw: Raw<'_>, path: &str) -> Result<()> {
        if let Kind::List(element) = field.kind {
            return self.query_list(field, *element, raw);
        }
        let text = self.plain(field, field.kind, raw, path)?;
        if field.encrypted {
            let before = self.out.encrypted_query.len();
            self.out.encrypted_query.push(field.name.to_owned());
            self.out.to_encrypt.insert(before, Personal::new(&text));
            self.out.encrypted_at.insert(before, path.to_owned());
        } else {
            self.place(field, text);
        }
        Ok(())
    }

    fn place(&mut self, field: &'static Field, text: String) {
        match field.location {
            Location::Path => self.out.path.push((field.name, text)),
            Location::Url => self.out.url = Some(Url { field: field.name, text }),
            Location::Query | Location::Body => self.out.query.push((field.name.to_owned(), text)),
        }
    }

    fn query_list(&mut self, field: &'static Field, element: Kind, raw: Raw<'_>) -> Result<()> {
        let path = pointer("", field.name);
        let at = self.at(field, &path);
        let items = raw.list().ok_or_else(|| at.wrong_type("a list", raw))?;
        validate::items(at, items.len())?;
        if field.query_list == QueryList::Pairs {
            return items.into_iter().try_for_each(|item| self.pair(at, item));
        }
        let texts = items.into_iter().enumerate();
        let texts = texts.map(|(index, item)| self.plain(field, element, item, &pointer(&path, &index.to_string())));
        let texts = texts.collect::<Result<Vec<_>>>()?;
        let query = &mut self.out.query;
        match field.query_list {
            QueryList::Joined if !texts.is_empty() => query.push((field.name.to_owned(), texts.join(","))),
            _ => query.extend(texts.into_iter().map(|text| (field.name.to_owned(), text))),
        }
        Ok(())
    }

    /// An object of `name` and `value` as a query pair of its own.
    fn pair(&mut self, at: At<'_>, item: Raw<'_>) -> Result<()> {
        let member = |name| item.object()?.value(name)?.owned_text();
        let (Some(name), Some(value)) = (member("name"), member("value")) else {
            return Err(at.wrong_type("a list of {name, value}", item));
        };
        self.out.query.push((name, value));
        Ok(())
    }

    /// A value as it stands in a path or query.
    fn plain(&self, field: &Field, kind: Kind, raw: Raw<'_>, path: &str) -> Result<String> {
        let at = self.at(field, path);
        match kind {
            Kind::Integer => validate::integer(at, raw).map(|()| raw.get().to_owned()),
            Kind::LongInteger => validate::long_integer(at, raw),
            Kind::Decimal => validate::decimal(at, raw),
            Kind::Boolean if raw.shape() == Shape::Boolean => Ok(raw.get().to_owned()),
            Kind::Boolean => Err(at.wrong_type("true or false", raw)),
            _ => {
                let text = at.text(raw)?;
                validate::text(at, &text)?;
                Ok(text.into_owned())
            }
        }
    }

    fn value(&mut self, field: &'static Field, kind: Kind, raw: Raw<'_>, path: &str) -> Result<()> {
        let at = self.at(field, path);
        match kind {
            Kind::Text | Kind::Digits | Kind::Choice(_) => {
                let text = at.text(raw)?;
                validate::text(at, &text)?;
                if matches!(kind, Kind::Digits) && !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(at.error(Code::InputCharset, "must be digits only"));
                }
                self.out.warnings.extend(validate::unusual(at, &text));
                if field.encrypted {
                    self.gap(&text, path);
                } else {
                    quote(&text, &mut self.piece);
                }
            }
            Kind::Integer | Kind::LongInteger | Kind::Decimal | Kind::Boolean => {
                let text = self.plain(field, kind, raw, path)?;
                self.piece.push_str(&text);
            }
            Kind::Object(table) => {
                let object = raw.object().ok_or_else(|| at.wrong_type("an object", raw))?;
                self.object(table, &object, path)?;
            }
            Kind::List(element) => self.list(field, *element, raw, path)?,
        }
        Ok(())
    }

    fn list(&mut self, field: &'static Field, element: Kind, raw: Raw<'_>, path: &str) -> Result<()> {
        let at = self.at(field, path);
        let items = raw.list().ok_or_else(|| at.wrong_type("a list", raw))?;
        validate::items(at, items.len())?;
        self.piece.push('[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.piece.push(',');
            }
            self.value(field, element, item, &pointer(path, &index.to_string()))?;
        }
        self.piece.push(']');
        Ok(())
    }

    /// Leaves room for an encrypted value.
    fn gap(&mut self, plaintext: &str, path: &str) {
        self.piece.push('"');
        self.out.pieces.push(std::mem::take(&mut self.piece));
        self.out.to_encrypt.push(Personal::new(plaintext));
        self.out.encrypted_at.push(path.to_owned());
        self.piece.push('"');
    }

    fn supplied(&self, field: &Field, object: &Object<'_>) -> Result<Option<String>> {
        let left_out = field.only_with.is_some_and(|other| object.value(other).is_none());
        if field.filled_by == FilledBy::Payload || left_out || !field.known.meets(self.generations) {
            return Ok(None);
        }
        self.supply.supply(field.filled_by)
    }

    /// Whether an optional field is left out; an error when a required one is, or when it is null.
    fn absent(&self, field: &Field, value: Option<Raw<'_>>, path: &str) -> Result<bool> {
        let Some(raw) = value else {
            if field.filled_by == FilledBy::Payload && self.required(field) {
                return Err(validate::member(Code::InputMissing, path, field.name, "is required"));
            }
            return Ok(true);
        };
        if raw.shape() == Shape::Null {
            let what = "is null, which the gateway refuses: leave it out";
            return Err(validate::member(Code::InputType, path, field.name, what));
        }
        Ok(field.empty == Empty::None && raw.get() == "\"\"")
    }

    fn required(&self, field: &Field) -> bool {
        field.required.covers(self.generations.and(field.known)) && field.known.meets(self.generations)
    }

    fn at<'b>(&self, field: &'b Field, path: &'b str) -> At<'b> {
        At { path, field, system: self.system, required: self.required(field) }
    }
}

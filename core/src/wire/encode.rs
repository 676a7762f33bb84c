//! Lays a payload out by its table: path, query and body, each value checked on the way.

use super::check::{self, At, pointer};
use super::escape::quote;
use super::object::{Object, Raw, Shape};
use super::strangers;
use crate::catalogue::{Call, Field, Generations, Kind, Place, Source, System, Table};
use crate::error::{Code, Error, Result};
use crate::secret::Personal;

/// A payload laid out. The body has gaps where sealed values go: `pieces[0] sealed[0] pieces[1] …`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Encoded {
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) url: Option<String>,
    pub(crate) pieces: Vec<String>,
    pub(crate) sealed: Vec<Personal>,
    /// Where each sealed value stands, as a JSON pointer.
    pub(crate) sealed_at: Vec<String>,
}

/// What core fills in itself.
pub(crate) trait Supply {
    /// The value of a source; `None` where this caller has no such field.
    fn supply(&self, source: Source) -> Result<Option<String>>;
}

/// Checks `payload` (one JSON object) and lays it out for a caller of these generations.
pub(crate) fn encode(
    call: &'static Call,
    generations: Generations,
    supply: &dyn Supply,
    payload: &str,
) -> Result<Encoded> {
    let Some(object) = Object::parse(payload) else {
        return Err(Error::new(Code::InputJson, "the payload is not one JSON object"));
    };
    let mut encoder =
        Encoder { system: call.system, generations, supply, out: Encoded::default(), piece: String::new() };
    encoder.object(call.request, &object, "")?;
    let Encoder { mut out, piece, .. } = encoder;
    // A call whose fields all stand elsewhere has no body.
    out.pieces.push(if piece == "{}" { String::new() } else { piece });
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
        strangers::refuse(table, object, self.generations, path)?;
        let mut before = '{';
        for field in table.fields {
            if field.place != Place::Body {
                self.outside_body(field, object)?;
                continue;
            }
            let supplied = self.supplied(field)?;
            let value = object.value(field.name);
            if supplied.is_none() && self.absent(field, value, path)? {
                check::needed(field, object, path)?;
                continue;
            }
            self.piece.push(before);
            before = ',';
            quote(field.name, &mut self.piece);
            self.piece.push(':');
            match (supplied, value) {
                (Some(text), _) => quote(&text, &mut self.piece),
                (None, Some(raw)) => {
                    let at = pointer(path, field.name);
                    self.value(field, raw, &at)?;
                    check::sign(self.at(field, &at), object, raw)?;
                }
                (None, None) => {}
            }
        }
        if before == '{' {
            self.piece.push('{');
        }
        self.piece.push('}');
        Ok(())
    }

    fn outside_body(&mut self, field: &'static Field, object: &Object<'_>) -> Result<()> {
        let text = match (self.supplied(field)?, object.value(field.name)) {
            (Some(text), _) => text,
            (None, value) if self.absent(field, value, "")? => return Ok(()),
            (None, Some(raw)) if matches!(field.kind, Kind::List(_)) => return self.pairs(field, raw),
            (None, Some(raw)) => self.plain(field, raw)?,
            (None, None) => return Ok(()),
        };
        match field.place {
            Place::Path => self.out.path.push((field.name, text)),
            Place::Url => self.out.url = Some(text),
            Place::Query | Place::Body => self.out.query.push((field.name.to_owned(), text)),
        }
        Ok(())
    }

    /// A list of `{name, value}` as query pairs of their own.
    fn pairs(&mut self, field: &'static Field, raw: Raw<'_>) -> Result<()> {
        let path = pointer("", field.name);
        let at = self.at(field, &path);
        for item in raw.list().ok_or_else(|| at.wrong_type("a list", raw))? {
            let member = |name| item.object()?.value(name)?.owned_text();
            let (Some(name), Some(value)) = (member("name"), member("value")) else {
                return Err(at.wrong_type("a list of {name, value}", item));
            };
            self.out.query.push((name, value));
        }
        Ok(())
    }

    /// A value as it stands in a path or query.
    fn plain(&self, field: &Field, raw: Raw<'_>) -> Result<String> {
        let path = pointer("", field.name);
        let at = self.at(field, &path);
        match field.kind {
            Kind::Integer => check::integer(at, raw).map(|()| raw.get().to_owned()),
            Kind::Boolean if raw.shape() == Shape::Boolean => Ok(raw.get().to_owned()),
            Kind::Boolean => Err(at.wrong_type("true or false", raw)),
            _ => {
                let text = raw.text().ok_or_else(|| at.wrong_type("a string", raw))?;
                check::text(at, &text)?;
                Ok(text.into_owned())
            }
        }
    }

    fn value(&mut self, field: &'static Field, raw: Raw<'_>, path: &str) -> Result<()> {
        self.kind(field, field.kind, raw, path)
    }

    fn kind(&mut self, field: &'static Field, kind: Kind, raw: Raw<'_>, path: &str) -> Result<()> {
        let at = self.at(field, path);
        match kind {
            Kind::Text | Kind::Digits | Kind::Choice(_) => {
                let text = raw.text().ok_or_else(|| at.wrong_type("a string", raw))?;
                check::text(at, &text)?;
                if field.sealed {
                    self.gap(&text, path);
                } else {
                    quote(&text, &mut self.piece);
                }
            }
            Kind::Integer => {
                check::integer(at, raw)?;
                self.piece.push_str(raw.get());
            }
            Kind::Boolean => {
                if raw.shape() != Shape::Boolean {
                    return Err(at.wrong_type("true or false", raw));
                }
                self.piece.push_str(raw.get());
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
        check::items(at, items.len())?;
        self.piece.push('[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.piece.push(',');
            }
            self.kind(field, element, item, &pointer(path, &index.to_string()))?;
        }
        self.piece.push(']');
        Ok(())
    }

    /// Leaves room for a sealed value.
    fn gap(&mut self, plaintext: &str, path: &str) {
        self.piece.push('"');
        self.out.pieces.push(std::mem::take(&mut self.piece));
        self.out.sealed.push(Personal::new(plaintext));
        self.out.sealed_at.push(path.to_owned());
        self.piece.push('"');
    }

    fn supplied(&self, field: &Field) -> Result<Option<String>> {
        if field.source == Source::Payload || !field.known.meets(self.generations) {
            return Ok(None);
        }
        self.supply.supply(field.source)
    }

    /// Whether an optional field is left out; an error when a required one is, or when it is null.
    fn absent(&self, field: &Field, value: Option<Raw<'_>>, path: &str) -> Result<bool> {
        let Some(raw) = value else {
            if field.source == Source::Payload && self.required(field) {
                return Err(check::member(Code::InputMissing, path, field.name, "is required"));
            }
            return Ok(true);
        };
        if raw.shape() == Shape::Null {
            let what = "is null, which the gateway refuses: leave it out";
            return Err(check::member(Code::InputType, path, field.name, what));
        }
        Ok(false)
    }

    fn required(&self, field: &Field) -> bool {
        field.required.covers(self.generations.and(field.known)) && field.known.meets(self.generations)
    }

    fn at<'b>(&self, field: &'b Field, path: &'b str) -> At<'b> {
        At { path, field, system: self.system, required: self.required(field) }
    }
}

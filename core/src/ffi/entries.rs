//! A configuration object: one JSON object with known names.

use crate::codec::unknown_entry;
use crate::error::{Code, Error, Result};
use crate::identity::check_secret;
use crate::json::{Object, Raw, Shape};
use crate::secret::Secret;
use zeroize::Zeroizing;

/// The entries of a configuration object.
pub(super) struct Entries<'a>(Object<'a>);

impl<'a> Entries<'a> {
    /// Reads an object that has these names alone.
    pub(super) fn parse(config: &'a str, names: &[&'static str]) -> Result<Self> {
        let object = Object::parse(config)
            .ok_or_else(|| Error::new(Code::InputConfig, "the configuration is not a JSON object"))?;
        if let Some(name) = object.members().map(|(name, _)| name).find(|name| !names.contains(name)) {
            return Err(unknown_entry(name, names.iter().copied()));
        }
        Ok(Self(object))
    }

    /// A value; null counts as absent, since other languages write it so.
    pub(super) fn value(&self, name: &str) -> Option<Raw<'a>> {
        self.0.value(name).filter(|raw| raw.shape() != Shape::Null)
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>> {
        let text = |raw: Raw<'_>| raw.owned_text().ok_or_else(|| wrong(name, "must be a string"));
        self.value(name).map(text).transpose()
    }

    pub(super) fn secret(&self, name: &'static str) -> Result<Option<Secret>> {
        let secret = self.text(name)?.map(Secret::new);
        secret.map(|secret| check_secret(name, &secret).map(|()| secret)).transpose()
    }

    pub(super) fn required(&self, name: &str) -> Result<String> {
        self.text(name)?.ok_or_else(|| wrong(name, "is missing"))
    }

    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>> {
        let Some(raw) = self.value(name) else { return Ok(Vec::new()) };
        let texts: Option<Vec<_>> = raw.list().and_then(|texts| texts.into_iter().map(Raw::owned_text).collect());
        texts.ok_or_else(|| wrong(name, "must be a list of strings"))
    }

    /// One text, or a list of texts.
    pub(super) fn one_or_more(&self, name: &str) -> Result<Vec<Zeroizing<String>>> {
        let Some(raw) = self.value(name) else { return Ok(Vec::new()) };
        let raws = raw.list().unwrap_or_else(|| vec![raw]);
        let texts: Option<_> = raws.into_iter().map(|raw| raw.owned_text().map(Zeroizing::new)).collect();
        texts.ok_or_else(|| wrong(name, "must be a string, or a list of strings"))
    }
}

pub(super) fn wrong(name: &str, why: &str) -> Error {
    Error::new(Code::InputConfig, format!("`{name}` {why}")).at(name)
}

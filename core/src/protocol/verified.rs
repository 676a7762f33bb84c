//! An answer that may be read.

use super::draft::Draft;
use crate::base64;
use crate::catalogue::{Answer, Table};
use crate::error::{Code, Error, Result};
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
use crate::keys::PrivateKey;
use crate::operation::{File, Reply};
use crate::wire::object::Raw;
use crate::wire::read::{self, BigNumbers};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::sync::Arc;

/// A verified answer: the only thing that can be parsed.
pub struct Verified<A> {
    draft: Arc<Draft>,
    content: Content,
    skew: i64,
    /// The sealed values, as far as somebody asked for them to be opened or left.
    sealed: Sealed,
    answer: PhantomData<fn() -> A>,
}

/// What an answer holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// A signed body, kept inside the message it was verified in: copied once.
    Signed { message: Vec<u8>, body_start: usize },
    /// A body that is not signed by design.
    Plain(Vec<u8>),
    /// A downloaded file.
    File(File),
}

enum Sealed {
    Untouched,
    Opened(Vec<String>),
    Left,
}

impl Content {
    pub(crate) fn signed(message: Vec<u8>, body_bytes: usize) -> Self {
        // The body stands before the last line feed.
        let body_start = message.len().saturating_sub(1).saturating_sub(body_bytes);
        Content::Signed { message, body_start }
    }

    pub(crate) fn message(&self) -> &[u8] {
        match self {
            Content::Signed { message, .. } => message,
            Content::Plain(_) | Content::File(_) => &[],
        }
    }

    pub(crate) fn body(&self) -> &[u8] {
        match self {
            Content::Signed { message, body_start } => {
                message.get(*body_start..message.len().saturating_sub(1)).unwrap_or_default()
            }
            Content::Plain(body) => body,
            Content::File(file) => &file.bytes,
        }
    }
}

impl<A> Verified<A> {
    pub(crate) fn new(draft: Arc<Draft>, content: Content, skew: i64) -> Self {
        Self { draft, content, skew, sealed: Sealed::Untouched, answer: PhantomData }
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        self.content.body()
    }

    /// Seconds the gateway's clock was ahead of ours; 0 where an answer carries no time.
    pub fn clock_offset(&self) -> i64 {
        self.skew
    }

    /// The sealed values (ciphertexts, RSAES-OAEP SHA-1 under the merchant certificate's key), in the order of the answer.
    ///
    /// # Errors
    /// `parse.*`, and `open.failed` for a value that is not Base64.
    pub fn to_open(&self) -> Result<Vec<Vec<u8>>> {
        let Some(table) = self.sealed_table() else { return Ok(Vec::new()) };
        let found = read::read(table, self.body(), BigNumbers::Keep, &[])?.sealed;
        let wrong = || Error::new(Code::OpenFailed, "a sealed value is not Base64");
        found.iter().map(|text| base64::decode(text).ok_or_else(wrong)).collect()
    }

    /// Puts values opened elsewhere into place, in the order of [`to_open`](Self::to_open).
    ///
    /// # Errors
    /// `input.state` when their number is wrong, `open.failed` for one that is not UTF-8.
    pub fn opened(mut self, plaintexts: Vec<Vec<u8>>) -> Result<Self> {
        let wanted = self.to_open()?.len();
        if plaintexts.len() != wanted {
            let message = format!("{wanted} values have to be opened, {} came", plaintexts.len());
            return Err(Error::new(Code::InputState, message));
        }
        let texts = plaintexts.into_iter().map(String::from_utf8).collect::<core::result::Result<_, _>>();
        self.sealed = Sealed::Opened(texts.map_err(|_| Error::new(Code::OpenFailed, "an opened value is not UTF-8"))?);
        Ok(self)
    }

    /// Opens the sealed values with the merchant's private key.
    ///
    /// # Errors
    /// `open.failed` when a value was sealed for another key.
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    pub fn open_with(self, key: &PrivateKey) -> Result<Self> {
        let plaintexts = self
            .to_open()?
            .iter()
            .map(|ciphertext| key.open(ciphertext).map(|text| text.to_vec()))
            .collect::<Result<_>>()?;
        self.opened(plaintexts)
    }

    /// Leaves sealed values as the Base64 they came in.
    #[must_use]
    pub fn leave_sealed(mut self) -> Self {
        self.sealed = Sealed::Left;
        self
    }

    /// The answer as JSON for other languages: numbers that a 64-bit float would round are strings of their digits.
    pub(crate) fn to_json(&self) -> Result<String> {
        match self.draft.call.answer {
            Answer::Json(table) => Ok(read::read(table, self.body(), BigNumbers::Quote, self.plaintexts()?)?.json),
            Answer::Accepted => self.accepted().map(|()| crate::wire::ACCEPTED.to_owned()),
            Answer::File { .. } => Err(Error::new(Code::InputState, "this answer is a file")),
        }
    }

    /// That the gateway took the request. The documented body is empty; JSON there is kept out of the way, a page is no answer.
    pub(crate) fn accepted(&self) -> Result<()> {
        if self.body().is_empty() || std::str::from_utf8(self.body()).is_ok_and(|body| Raw::parse(body).is_some()) {
            return Ok(());
        }
        Err(Error::new(Code::ParseJson, "the answer is neither empty nor JSON"))
    }

    pub(crate) fn file(&self) -> Option<&File> {
        match &self.content {
            Content::File(file) => Some(file),
            Content::Signed { .. } | Content::Plain(_) => None,
        }
    }

    /// The same answer, to be read as another type.
    pub(crate) fn retype<B>(self) -> Verified<B> {
        Verified { draft: self.draft, content: self.content, skew: self.skew, sealed: self.sealed, answer: PhantomData }
    }

    pub(crate) fn draft(&self) -> &Arc<Draft> {
        &self.draft
    }

    /// Reads a typed answer. The table's reader runs only where there is something to open, or to name the field at fault.
    pub(crate) fn json<T: DeserializeOwned>(&self, table: &'static Table) -> Result<T> {
        let opened;
        let body = if self.sealed_table().is_some() {
            opened = read::read(table, self.body(), BigNumbers::Keep, self.plaintexts()?)?.json;
            opened.as_bytes()
        } else {
            self.body()
        };
        serde_json::from_slice(body).map_err(|_| {
            let named = read::read(table, body, BigNumbers::Keep, &[]).err();
            named.unwrap_or_else(|| Error::new(Code::ParseType, "the answer does not have the documented form"))
        })
    }

    fn plaintexts(&self) -> Result<&[String]> {
        match &self.sealed {
            Sealed::Opened(texts) => Ok(texts),
            Sealed::Left => Ok(&[]),
            Sealed::Untouched if self.to_open()?.is_empty() => Ok(&[]),
            Sealed::Untouched => {
                Err(Error::new(Code::InputState, "sealed values wait: call open_with, opened or leave_sealed first"))
            }
        }
    }

    fn sealed_table(&self) -> Option<&'static Table> {
        match self.draft.call.answer {
            Answer::Json(table) if table.has_sealed() => Some(table),
            _ => None,
        }
    }
}

impl<A: Reply> Verified<A> {
    /// Reads the answer.
    ///
    /// # Errors
    /// `parse.*` naming the JSON path at fault, `input.state` while sealed values wait.
    pub fn parse(&self) -> Result<A> {
        A::read(self)
    }
}

impl<A> std::fmt::Debug for Verified<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verified")
            .field("call", &self.draft.call.name)
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

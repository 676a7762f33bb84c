//! An answer that may be read.

use super::draft::Draft;
use super::file::File;
use crate::base64;
use crate::codec::{self, Warning};
use crate::error::{Code, Error, Result};
#[cfg(feature = "_local-keys")]
use crate::keys::PrivateKey;
use crate::schema::{AnswerKind, Call, Table};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::sync::Arc;

/// What can answer an operation.
pub trait Reply: Sized {
    /// Reads it from a verified answer.
    #[doc(hidden)]
    fn read(verified: &Verified<Self>) -> Result<Self>;

    /// What it is when no answer survived, but a query shows that the request was taken.
    #[doc(hidden)]
    fn on_confirmed() -> Result<Self> {
        Err(Error::new(Code::SendLost, "the request was taken, but its answer was lost"))
    }
}

/// A verified answer: the only thing that can be parsed.
pub struct Verified<A> {
    draft: Arc<Draft>,
    content: Content,
    skew: i64,
    /// A hash of the signature that an answer without a body came with: such an answer fits any call.
    mark: Option<[u8; 32]>,
    /// What is to be said of the keys it came with.
    key_warnings: Vec<Warning>,
    /// The encrypted values, as far as somebody asked for them to be decrypted or left.
    encrypted: Encrypted,
    answer: PhantomData<fn() -> A>,
}

/// What an answer holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// A signed body, kept inside the message it was verified in: copied once.
    Signed { message: Vec<u8>, body_start: usize },
    /// A signed body whose encrypted entries were opened.
    Opened(Vec<u8>),
    /// A body that is not signed by design.
    Plain(Vec<u8>),
    /// A downloaded file.
    File(File),
}

enum Encrypted {
    Untouched,
    /// A value that could not be decrypted has none.
    Decrypted(Vec<Option<String>>),
    Left,
}

impl Content {
    pub(crate) fn signed(message: Vec<u8>, body_bytes: usize) -> Self {
        // The body stands before the last line feed.
        let body_start = message.len().saturating_sub(1).saturating_sub(body_bytes);
        Content::Signed { message, body_start }
    }

    pub(crate) fn body(&self) -> &[u8] {
        match self {
            Content::Signed { message, body_start } => {
                message.get(*body_start..message.len().saturating_sub(1)).unwrap_or_default()
            }
            Content::Plain(body) | Content::Opened(body) => body,
            Content::File(file) => &file.bytes,
        }
    }
}

impl<A> Verified<A> {
    pub(crate) fn new(draft: Arc<Draft>, content: Content, skew: i64) -> Self {
        Self {
            draft,
            content,
            skew,
            mark: None,
            key_warnings: Vec::new(),
            encrypted: Encrypted::Untouched,
            answer: PhantomData,
        }
    }

    /// Notes the signature of an answer without a body.
    pub(super) fn signed_as(mut self, mark: [u8; 32]) -> Self {
        self.mark = self.is_empty().then_some(mark);
        self
    }

    /// Notes what is to be said of the keys it came with.
    pub(super) fn warned(mut self, warnings: Vec<Warning>) -> Self {
        self.key_warnings = warnings;
        self
    }

    /// Checks, as far as the protocol allows, that it is the answer of this request and not of another one.
    pub(super) fn bound(self) -> Result<Self> {
        let other = |what: &str| Error::new(Code::VerifyOtherAnswer, what.to_owned()).at("body");
        if matches!(self.draft.call.answer, AnswerKind::Accepted | AnswerKind::NoContent) && !self.is_empty() {
            return Err(other("the answer has a body where none belongs"));
        }
        if self.draft.echo.as_ref().is_some_and(|echo| echo.contradicted_by(self.body())) {
            return Err(other("the answer is about another id than the one asked for"));
        }
        Ok(self)
    }

    /// Whether there is no body, or an empty object in its place.
    fn is_empty(&self) -> bool {
        matches!(self.body().trim_ascii(), b"" | b"{}")
    }

    /// A hash of the signature, of an answer that fits any call.
    pub(crate) fn mark(&self) -> Option<[u8; 32]> {
        self.mark
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        self.content.body()
    }

    /// The call it answers.
    pub fn call(&self) -> &'static Call {
        self.draft.call
    }

    /// Seconds the gateway's clock was ahead of ours; `None` where an answer carries no time.
    pub fn clock_offset(&self) -> Option<i64> {
        matches!(self.content, Content::Signed { .. } | Content::Opened(_)).then_some(self.skew)
    }

    /// The encrypted values (ciphertexts, RSAES-OAEP SHA-1 under the merchant certificate's key), in the order of the answer.
    ///
    /// A value that is not Base64 is empty here: nothing decrypts it.
    ///
    /// # Errors
    /// `parse.*`.
    pub fn to_decrypt(&self) -> Result<Vec<Vec<u8>>> {
        let found = self.encrypted_values()?;
        Ok(found.iter().map(|value| base64::decode(&value.ciphertext).unwrap_or_default()).collect())
    }

    /// Puts values decrypted elsewhere into place, in the order of [`to_decrypt`](Self::to_decrypt). `None`, and what is not
    /// UTF-8, stays encrypted and is told in [`warnings`](Self::warnings): the rest of the answer can be read.
    ///
    /// # Errors
    /// `input.state` when their number is wrong.
    pub fn decrypted(mut self, plaintexts: Vec<Option<Vec<u8>>>) -> Result<Self> {
        let wanted = self.encrypted_values()?.len();
        if plaintexts.len() != wanted {
            let message = format!("{wanted} values have to be decrypted, {} came", plaintexts.len());
            return Err(Error::new(Code::InputState, message));
        }
        let text = |bytes: Option<Vec<u8>>| String::from_utf8(bytes?).ok();
        self.encrypted = Encrypted::Decrypted(plaintexts.into_iter().map(text).collect());
        Ok(self)
    }

    /// Decrypts the encrypted values with the merchant's private key. A value encrypted for another key stays encrypted and is
    /// told in [`warnings`](Self::warnings).
    ///
    /// # Errors
    /// `parse.*`.
    #[cfg(feature = "_local-keys")]
    pub fn decrypt_with(self, key: &PrivateKey) -> Result<Self> {
        let decrypt = |ciphertext: &Vec<u8>| key.decrypt(ciphertext).ok().map(|text| text.to_vec());
        let plaintexts = self.to_decrypt()?.iter().map(decrypt).collect();
        self.decrypted(plaintexts)
    }

    /// Certificates that have ended or will soon, and the values that could not be decrypted.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = self.key_warnings.clone();
        let Encrypted::Decrypted(texts) = &self.encrypted else { return warnings };
        let values = self.encrypted_values().unwrap_or_default().into_iter().zip(texts);
        let closed = values.filter(|(_, text)| text.is_none());
        let message = "stays encrypted: it was encrypted for another merchant certificate than the one in use";
        warnings.extend(closed.map(|(value, _)| Warning { field: value.field, message: message.to_owned() }));
        warnings
    }

    /// Leaves encrypted values as the Base64 they came in.
    #[must_use]
    pub fn leave_encrypted(mut self) -> Self {
        self.encrypted = Encrypted::Left;
        self
    }

    /// The answer as JSON by its table, every number with all its digits.
    pub(crate) fn to_json(&self, table: &'static Table) -> Result<String> {
        Ok(codec::decode(table, self.body(), self.plaintexts()?)?.json)
    }

    pub(crate) fn file(&self) -> Option<&File> {
        match &self.content {
            Content::File(file) => Some(file),
            Content::Signed { .. } | Content::Opened(_) | Content::Plain(_) => None,
        }
    }

    /// The same answer, to be read as another type.
    #[doc(hidden)]
    pub fn retype<B>(self) -> Verified<B> {
        let Self { draft, content, skew, mark, key_warnings, encrypted, .. } = self;
        Verified { draft, content, skew, mark, key_warnings, encrypted, answer: PhantomData }
    }

    /// Reads a typed answer. The table's decoder runs only where there is something to decrypt, or to name the field at fault.
    pub(crate) fn json<T: DeserializeOwned>(&self, table: &'static Table) -> Result<T> {
        let decrypted;
        let body = if self.encrypted_table().is_some() {
            decrypted = self.to_json(table)?;
            decrypted.as_bytes()
        } else {
            self.body()
        };
        if let Ok(answer) = serde_json::from_slice(body) {
            return Ok(answer);
        }
        // The decoder names the field at fault, or writes out what that reader does not take: half a surrogate pair, a deep nest.
        let mended = codec::decode(table, body, &[])?.json;
        serde_json::from_str(&mended)
            .map_err(|_| Error::new(Code::ParseType, "the answer does not have the documented form"))
    }

    fn encrypted_values(&self) -> Result<Vec<codec::Encrypted>> {
        let Some(table) = self.encrypted_table() else { return Ok(Vec::new()) };
        Ok(codec::decode(table, self.body(), &[])?.encrypted)
    }

    fn plaintexts(&self) -> Result<&[Option<String>]> {
        match &self.encrypted {
            Encrypted::Decrypted(texts) => Ok(texts),
            Encrypted::Left => Ok(&[]),
            Encrypted::Untouched if self.to_decrypt()?.is_empty() => Ok(&[]),
            Encrypted::Untouched => {
                let message = "encrypted values wait: call decrypt_with, decrypted or leave_encrypted first";
                Err(Error::new(Code::InputState, message))
            }
        }
    }

    fn encrypted_table(&self) -> Option<&'static Table> {
        match self.draft.call.answer {
            AnswerKind::Json(table) if table.has_encrypted() => Some(table),
            _ => None,
        }
    }
}

impl<A: Reply> Verified<A> {
    /// Reads the answer.
    ///
    /// # Errors
    /// `parse.*` naming the JSON path at fault, `input.state` while encrypted values wait.
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

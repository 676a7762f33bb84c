//! The query of a push, and the signature in it.

use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::secret::Secret;
use percent_encoding::percent_decode_str;

/// Longest query, bytes; documented ones have some 250.
const MAX_BYTES: usize = 8 * 1024;

/// What the query says.
pub(super) struct Query {
    signature: Option<String>,
    timestamp: String,
    nonce: String,
    msg_signature: Option<String>,
    pub(super) encrypt_type: Option<String>,
    /// To be given back as it came, when the URL is checked.
    pub(super) echostr: Option<String>,
}

impl Query {
    /// Reads `name=value&…`, as it stands behind the `?`.
    pub(super) fn parse(query: &str) -> Result<Self> {
        if query.len() > MAX_BYTES {
            return Err(wrong("the query is longer than any documented one"));
        }
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(&str, String)> = pairs.map(|(name, value)| (name, decoded(value))).collect();
        let one = |name: &str| {
            let mut values = pairs.iter().filter(|(given, _)| *given == name).map(|(_, value)| value);
            match (values.next(), values.next()) {
                (_, Some(_)) => Err(wrong("stands twice in the query").at(name)),
                (value, None) => Ok(value.cloned().filter(|value| !value.is_empty())),
            }
        };
        let required = |name: &str| one(name)?.ok_or_else(|| wrong("is missing from the query").at(name));
        Ok(Self {
            signature: one("signature")?,
            timestamp: required("timestamp")?,
            nonce: required("nonce")?,
            msg_signature: one("msg_signature")?,
            encrypt_type: one("encrypt_type")?.filter(|kind| kind != "raw"),
            echostr: one("echostr")?,
        })
    }

    /// Checks `signature`, which covers no body.
    pub(super) fn check_plain(&self, token: &Secret) -> Result<()> {
        self.check("signature", self.signature.as_deref(), token, None)
    }

    /// Checks `msg_signature`, which covers the encrypted message.
    pub(super) fn check_encrypted(&self, token: &Secret, encrypted: &str) -> Result<()> {
        self.check("msg_signature", self.msg_signature.as_deref(), token, Some(encrypted))
    }

    fn check(&self, name: &str, signature: Option<&str>, token: &Secret, encrypted: Option<&str>) -> Result<()> {
        let signature = signature.ok_or_else(|| wrong("is missing from the query").at(name))?;
        let mut texts = vec![token.reveal(), self.timestamp.as_str(), self.nonce.as_str()];
        texts.extend(encrypted);
        texts.sort_unstable();
        let expected = digest::hex(&digest::sha1(texts.concat().as_bytes()));
        if digest::equal(expected.as_bytes(), signature.as_bytes()) {
            return Ok(());
        }
        Err(Error::new(Code::PushSignature, "the signature does not fit the Token and what is signed").at(name))
    }
}

fn decoded(value: &str) -> String {
    let spaced = value.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

fn wrong(message: &str) -> Error {
    Error::new(Code::PushForm, message)
}

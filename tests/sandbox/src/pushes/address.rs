//! Where pushes go, and how they are signed, encrypted and written.

use serde::{Deserialize, Serialize};

use super::cipher::Key;
use crate::keys::{ACCOUNT_AES_KEY, ACCOUNT_TOKEN, APPID, COMPONENT_AES_KEY, COMPONENT_APPID, COMPONENT_TOKEN};

/// Who is told of something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Receiver {
    /// The Official Account, at its message URL.
    #[default]
    Account,
    /// The third-party platform, at its URL for authorisation events.
    Component,
}

/// How much of a push is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    Plain,
    /// Both ways, side by side.
    Compatible,
    Safe,
}

/// How a push is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    Xml,
    Json,
}

/// What an account or a platform has set in the console.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    #[serde(default)]
    pub(crate) receiver: Receiver,
    pub(crate) url: String,
    token: Option<String>,
    encoding_aes_key: Option<String>,
    previous_encoding_aes_key: Option<String>,
    mode: Option<Mode>,
    format: Option<Format>,
}

/// The same, read and complete.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) url: String,
    pub(crate) appid: &'static str,
    pub(super) token: String,
    pub(super) key: Key,
    pub(super) previous_key: Option<Key>,
    pub(super) mode: Mode,
    pub(super) format: Format,
}

impl Choice {
    /// An address with nothing said but the URL.
    pub(crate) fn at(receiver: Receiver, url: &str) -> Self {
        let (token, encoding_aes_key, previous_encoding_aes_key, mode, format) = (None, None, None, None, None);
        Self { receiver, url: url.to_owned(), token, encoding_aes_key, previous_encoding_aes_key, mode, format }
    }

    /// Fills in what was left out. A third-party platform gets XML in the safe mode and nothing else.
    pub(crate) fn read(self) -> Result<Address, String> {
        let (appid, token, key, format) = match self.receiver {
            Receiver::Account => (APPID, ACCOUNT_TOKEN, ACCOUNT_AES_KEY, Format::Json),
            Receiver::Component => (COMPONENT_APPID, COMPONENT_TOKEN, COMPONENT_AES_KEY, Format::Xml),
        };
        let (mode, format) = (self.mode.unwrap_or(Mode::Safe), self.format.unwrap_or(format));
        if self.receiver == Receiver::Component && (mode, format) != (Mode::Safe, Format::Xml) {
            return Err("a third-party platform is told in XML and in the safe mode".to_owned());
        }
        let read = |text: &str| Key::read(text).ok_or("an EncodingAESKey has 43 letters and digits");
        Ok(Address {
            url: self.url,
            appid,
            token: self.token.unwrap_or_else(|| token.to_owned()),
            key: read(self.encoding_aes_key.as_deref().unwrap_or(key))?,
            previous_key: self.previous_encoding_aes_key.as_deref().map(read).transpose()?,
            mode,
            format,
        })
    }
}

//! Whose pushes arrive at one URL, and what one of them says.

use super::body;
use super::encoding_aes_key::EncodingAesKey;
use super::event::PushEvent;
use super::query::Query;
use crate::base64;
use crate::error::{Code, Error, Result};
use crate::identity::{check_id, check_secret};
use crate::secret::Secret;

/// The encrypted message.
const ENCRYPT: &str = "Encrypt";
/// The only encryption there is.
const AES: &str = "aes";

/// Receives what is pushed to the server of one account or one third-party platform.
/// [Official page](https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html)
#[derive(Clone, Debug)]
pub struct PushReceiver {
    appid: String,
    token: Secret,
    /// None where the account is in plain mode.
    keys: Vec<EncodingAesKey>,
}

/// A genuine push.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Push {
    /// The console checks the URL: this text is to be answered as it is.
    UrlCheck(String),
    /// Something happened.
    Event(PushEvent),
}

impl PushReceiver {
    /// Receives plain pushes: the appid, and the `Token` (令牌) of the server configuration. Nothing in a plain push is signed but
    /// its time: prefer encryption, with [`encrypted`](Self::encrypted).
    ///
    /// # Errors
    /// `input.config` for a malformed appid or token.
    pub fn new(appid: &str, token: impl Into<Secret>) -> Result<Self> {
        let token = token.into();
        check_id("appid", appid, 32)?;
        check_secret("token", &token)?;
        Ok(Self { appid: appid.to_owned(), token, keys: Vec::new() })
    }

    /// Receives encrypted pushes (safe and compatible mode) and no plain ones: the `EncodingAESKey` of 43 characters. Called
    /// again, it adds the previous key while it is changed.
    ///
    /// # Errors
    /// `key.length` for anything but 43 letters and digits.
    pub fn encrypted(mut self, encoding_aes_key: &str) -> Result<Self> {
        self.keys.push(EncodingAesKey::new(encoding_aes_key)?);
        Ok(self)
    }

    /// Checks and reads a request: its query as it came, and the raw bytes of its body; of the console's check of the URL there
    /// is no body.
    ///
    /// # Errors
    /// `push.signature`, `push.unencrypted`, `push.decrypt`, `push.form`, `limit.body`. What to answer in each case says
    /// [`PushReception`](super::PushReception).
    pub fn receive(&self, query: &str, body: &[u8]) -> Result<Push> {
        let query = Query::parse(query)?;
        if let Some(echostr) = query.echostr.as_ref().filter(|_| body.is_empty()) {
            query.check_plain(&self.token)?;
            return Ok(Push::UrlCheck(echostr.clone()));
        }
        match query.encrypt_type.as_deref() {
            Some(AES) => self.encrypted_push(&query, body),
            Some(_) => Err(Error::new(Code::PushForm, "is another encryption than aes").at("encrypt_type")),
            None if self.keys.is_empty() => {
                query.check_plain(&self.token)?;
                PushEvent::read(&body::to_json(body)?).map(Push::Event)
            }
            None => Err(Error::new(Code::PushUnencrypted, "the push is not encrypted").at("encrypt_type")),
        }
    }

    /// Reads the encrypted message; in compatible mode never its plain twin, which nothing covers.
    fn encrypted_push(&self, query: &Query, body: &[u8]) -> Result<Push> {
        let encrypted = body::text(&body::to_json(body)?, ENCRYPT);
        let encrypted = encrypted.ok_or_else(|| Error::new(Code::PushForm, "is missing from the body").at(ENCRYPT))?;
        query.check_encrypted(&self.token, &encrypted)?;
        // One error for everything behind the signature: which step failed would tell a forger about the padding.
        let wrong = || Error::new(Code::PushDecrypt, "no EncodingAESKey that is loaded opens the push for this appid");
        let ciphertext = base64::decode(&encrypted).ok_or_else(wrong)?;
        let message = self.keys.iter().find_map(|key| key.open(&ciphertext, &self.appid)).ok_or_else(wrong)?;
        PushEvent::read(&body::to_json(&message).map_err(|_| wrong())?).map(Push::Event).map_err(|_| wrong())
    }
}

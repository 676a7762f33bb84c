//! One push as it goes over the wire, with what faults do to it.

use super::{
    Address, Format, Message, Mode,
    cipher::{Key, pad, signature, spoil},
};
use crate::{faults::Planned, random};

/// What is sent.
#[derive(Debug)]
pub(crate) struct Letter {
    /// Behind the `?` of the URL.
    pub(crate) query: String,
    pub(crate) content_type: &'static str,
    pub(crate) body: String,
}

/// What a letter is written from.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) address: &'a Address,
    pub(super) message: &'a Message,
    /// Whether the key before this one is still in use for this letter.
    pub(super) with_previous_key: bool,
    pub(super) timestamp: i64,
    pub(super) planned: &'a [Planned],
}

/// Timestamp, nonce and signature: what every request to an address carries.
#[derive(Debug)]
pub(super) struct Stamp {
    timestamp: String,
    nonce: String,
}

impl Draft<'_> {
    /// Writes the letter.
    pub(super) fn write(&self) -> Letter {
        let stamp = Stamp::new(self.timestamp);
        let format = if self.has("push_entities") { Format::Xml } else { self.address.format };
        let inner =
            if self.has("push_entities") { self.message.xml_with_entities() } else { self.message.write(format) };
        let content_type = if format == Format::Xml { "text/xml" } else { "application/json" };
        let openid = self.message.text("FromUserName");
        let wrong = self.has("push_wrong_signature");
        if self.mode() == Mode::Plain {
            let query = stamp.query(&self.address.token, openid, wrong);
            return Letter { query, content_type, body: inner };
        }
        let encrypt = self.encrypt(&inner);
        let body = self.envelope(&encrypt).write(format);
        let msg_signature = stamp.signature(&self.address.token, Some(&encrypt), wrong);
        let query = stamp.query(&self.address.token, openid, false);
        Letter { query: format!("{query}&encrypt_type=aes&msg_signature={msg_signature}"), content_type, body }
    }

    fn mode(&self) -> Mode {
        if self.has("push_unencrypted") {
            Mode::Plain
        } else if self.has("push_plain_twin") {
            Mode::Compatible
        } else {
            self.address.mode
        }
    }

    fn encrypt(&self, inner: &str) -> String {
        let appid = if self.has("push_other_appid") { "wx0000000000000000" } else { self.address.appid };
        let padded = pad(random::bytes16(), inner.as_bytes(), appid);
        let padded = if self.has("push_padding") { spoil(padded) } else { padded };
        if self.has("push_other_key") {
            return Key::of_a_stranger().encrypt(&padded);
        }
        let previous = self.address.previous_key.as_ref().filter(|_| self.with_previous_key);
        previous.unwrap_or(&self.address.key).encrypt(&padded)
    }

    /// What stands around the encrypted text: the addressee, and in the compatible mode everything.
    fn envelope(&self, encrypt: &str) -> Message {
        let mut envelope = match (self.mode(), self.has("push_plain_twin")) {
            (Mode::Compatible, true) => self.message.altered(),
            (Mode::Compatible, false) => self.message.clone(),
            _ => {
                let mut envelope = Message::default();
                let addressee = if self.message.text("ToUserName").is_some() { "ToUserName" } else { "AppId" };
                envelope.set(addressee, self.message.text(addressee).unwrap_or_default());
                envelope
            }
        };
        envelope.set("Encrypt", encrypt);
        envelope
    }

    fn has(&self, name: &str) -> bool {
        self.planned.iter().any(|fault| fault.kind.name == name)
    }
}

impl Stamp {
    pub(super) fn new(timestamp: i64) -> Self {
        Self { timestamp: timestamp.to_string(), nonce: random::digits(9) }
    }

    /// `signature`, `timestamp`, `nonce`, and `openid` where there is one.
    pub(super) fn query(&self, token: &str, openid: Option<&str>, wrong: bool) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("signature", &self.signature(token, None, wrong))
            .append_pair("timestamp", &self.timestamp)
            .append_pair("nonce", &self.nonce);
        if let Some(openid) = openid {
            query.append_pair("openid", openid);
        }
        query.finish()
    }

    fn signature(&self, token: &str, encrypt: Option<&str>, wrong: bool) -> String {
        // A wrong one is that of another nonce.
        let nonce = if wrong { "0" } else { &self.nonce };
        signature([Some(token), Some(&self.timestamp), Some(nonce), encrypt].into_iter().flatten().collect())
    }
}

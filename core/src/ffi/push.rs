//! Pushes, for languages that take texts and bytes.

use super::entries::Entries;
use super::report;
use crate::codec::for_floats;
use crate::error::{Error, Result};
use crate::json::Members;
use crate::pushes::{self, Push, PushAnswer, PushEvent, PushReception};

/// The names a configuration may have.
const NAMES: [&str; 3] = ["appid", "token", "encoding_aes_key"];

/// Receives what is pushed to the server of one account or one third-party platform.
#[derive(Clone, Debug)]
pub struct PushReceiver(pushes::PushReceiver);

impl PushReceiver {
    /// Makes a receiver from one JSON object.
    ///
    /// | Name | Holds |
    /// |---|---|
    /// | `appid` | the account's appid; of a third-party platform, its own |
    /// | `token` | the `Token` of the server configuration |
    /// | `encoding_aes_key` | the `EncodingAESKey`; while it is changed, a list: the one in use first; left out in plain mode |
    ///
    /// # Errors
    /// `input.config` naming the entry at fault, `key.length`.
    pub fn open(config: &str) -> Result<Self> {
        let entries = Entries::parse(config, &NAMES)?;
        let receiver = pushes::PushReceiver::new(&entries.required("appid")?, entries.required("token")?)?;
        let keys = entries.one_or_more("encoding_aes_key")?;
        keys.iter().try_fold(receiver, |receiver, key| receiver.encrypted(key)).map(Self)
    }

    /// What became of a push, as JSON: `reception`; `answer`, the `status`, `body` and `content_type` to answer, and
    /// `answer_if_failed`, where the work that follows fails; `event`, `event_type` and `key` where it is an event, `keep`
    /// (`key`, `text`, and `ttl` in seconds) where it is a ticket to be kept in the store, `error` as in [`report::error`] where
    /// it is not to be believed. Nothing in `error` is secret or personal.
    pub fn receive(&self, query: &str, body: &[u8]) -> String {
        json(&self.0.receive(query, body), report::error, |event| event.to_json().to_owned())
    }

    /// The same with `error` as in [`report::occurrence`], and with numbers that a 64-bit float would round as strings.
    pub fn receive_for_floats(&self, query: &str, body: &[u8]) -> String {
        json(&self.0.receive(query, body), report::occurrence, |event| {
            for_floats(event.to_json()).unwrap_or_else(|| event.to_json().to_owned())
        })
    }
}

fn json(
    result: &Result<Push>,
    error_to_json: fn(&Error) -> String,
    event_to_json: impl Fn(&PushEvent) -> String,
) -> String {
    let mut json = Members::new();
    json.text("reception", Some(PushReception::of(result).as_str()));
    json.json("answer", &answer(&PushAnswer::of(result))).json("answer_if_failed", &answer(&PushAnswer::failed()));
    match result {
        Ok(Push::Event(event)) => {
            json.text("event_type", Some(event.event_type.as_str())).text("key", Some(&event.key));
            if let Some(keep) = event.to_keep() {
                let mut entry = Members::new();
                entry.text("key", Some(&keep.key)).text("text", Some(keep.text.reveal())).number("ttl", Some(keep.ttl));
                json.json("keep", &entry.end());
            }
            json.json("event", &event_to_json(event)).end()
        }
        Ok(Push::UrlCheck(_)) => json.end(),
        Err(error) => json.json("error", &error_to_json(error)).end(),
    }
}

fn answer(answer: &PushAnswer) -> String {
    report::answer(answer.status, &answer.body, PushAnswer::CONTENT_TYPE)
}

//! A genuine event of a push: what happened, what tells it from others, its content.

use super::content::{PushContent, PushEventType, table_of};
use crate::codec;
use crate::error::{Code, Error, Result};
use crate::flow::token::ticket;
use crate::json::Object;
use crate::secret::Secret;
use serde::de::DeserializeOwned;

/// A genuine event. The same event can come more than once: its `key` tells whether it is new.
#[derive(Clone)]
#[non_exhaustive]
pub struct PushEvent {
    /// What happened.
    pub event_type: PushEventType,
    /// Tells this event from others, the same when it comes again: sender, time and type, since pushes of events have no id. At
    /// most 100 characters.
    pub key: String,
    json: String,
}

/// What a third-party platform has to keep in the store that its calls use.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TicketToKeep {
    /// The key it is looked for under.
    pub key: String,
    /// The text to keep.
    pub text: Secret,
    /// For how many seconds it is of use.
    pub ttl: i64,
}

/// The longest key of an event, characters: a store or table need not take longer ones.
const MAX_KEY: usize = 100;

impl PushEvent {
    /// Reads the body, made JSON.
    pub(super) fn read(body: &str) -> Result<Self> {
        let wrong = |name: &'static str| Error::new(Code::PushForm, "is missing from the push").at(name);
        let object = Object::parse(body).ok_or_else(|| wrong("Event"))?;
        let text = |name: &str| object.value(name).map(|raw| raw.owned_text().unwrap_or_else(|| raw.get().to_owned()));
        let (event, sender) = match (text("Event"), text("InfoType")) {
            (Some(event), _) => (event, text("FromUserName").ok_or_else(|| wrong("FromUserName"))?),
            (None, Some(event)) => (event, text("AppId").ok_or_else(|| wrong("AppId"))?),
            // A message of a user, say: it has an id of its own, and is none of ours.
            (None, None) => (text("MsgType").ok_or_else(|| wrong("Event"))?, text("FromUserName").unwrap_or_default()),
        };
        let created = text("CreateTime").ok_or_else(|| wrong("CreateTime"))?;
        let event_type = PushEventType::from(event.as_str());
        let json = match table_of(&event_type) {
            Some(table) => {
                codec::decode(table, body.as_bytes(), &[])
                    .map_err(|error| {
                        Error::new(Code::PushForm, error.message().to_owned()).at(error.field().unwrap_or("body"))
                    })?
                    .json
            }
            None => body.to_owned(),
        };
        let key = [sender, created, event].join(":");
        if key.chars().count() > MAX_KEY {
            return Err(Error::new(Code::PushForm, "is longer than any event's name").at("Event"));
        }
        Ok(Self { event_type, key, json })
    }

    /// The content by its type.
    ///
    /// # Errors
    /// `push.form`.
    pub fn content(&self) -> Result<PushContent> {
        Ok(match self.event_type {
            PushEventType::UserAuthorizeInvoice => PushContent::UserAuthorizeInvoice(self.typed()?),
            PushEventType::UpdateInvoiceStatus => PushContent::UpdateInvoiceStatus(self.typed()?),
            PushEventType::SubmitInvoiceTitle => PushContent::SubmitInvoiceTitle(self.typed()?),
            PushEventType::InvoiceResult => PushContent::InvoiceResult(self.typed()?),
            PushEventType::ComponentVerifyTicket => PushContent::ComponentVerifyTicket(self.typed()?),
            PushEventType::Other(_) => PushContent::Other(self.json.clone()),
        })
    }

    /// The event as one JSON object under the official names, whether it came as XML or as JSON.
    pub fn to_json(&self) -> &str {
        &self.json
    }

    /// Its ticket, to be kept by a third-party platform; nothing of any other event.
    pub fn to_keep(&self) -> Option<TicketToKeep> {
        let PushContent::ComponentVerifyTicket(push) = self.content().ok()? else { return None };
        let text = Secret::new(ticket::text(&push.ComponentVerifyTicket, push.CreateTime));
        Some(TicketToKeep { key: ticket::key(&push.AppId), text, ttl: ticket::VALID })
    }

    fn typed<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.json)
            .map_err(|_| Error::new(Code::PushForm, "the push does not have the documented form").at("body"))
    }
}

impl std::fmt::Debug for PushEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushEvent").field("event_type", &self.event_type).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(event: &str) -> Result<String> {
        let body = format!(r#"{{"FromUserName":"u","CreateTime":1,"MsgType":"event","Event":"{event}"}}"#);
        PushEvent::read(&body).map(|event| event.key)
    }

    #[test]
    fn a_key_is_never_longer_than_a_hundred_characters() {
        assert_eq!(key_of(&"e".repeat(96)).unwrap().len(), 100);
        let error = key_of(&"e".repeat(97)).unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::PushForm, Some("Event")));
    }
}

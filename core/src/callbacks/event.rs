//! What a callback tells.

use super::envelope::Envelope;
use crate::codec::{self, Extra, open_enum};
use crate::error::{Code, Error, Result};
use crate::json::{Members, Object, Raw};
use crate::pay::types::{CardStatus, FapiaoStatus};
use crate::schema::Table;
use fapiao_derive::Fields;
use serde::de::DeserializeOwned;

open_enum! {
    /// What happened.
    EventType {
        /// The payer has filled in the invoice title.
        UserApplied = "FAPIAO.USER_APPLIED",
        /// The invoices are issued.
        Issued = "FAPIAO.ISSUED",
        /// The invoices are reversed.
        Reversed = "FAPIAO.REVERSED",
        /// The invoices are in the payer's wallet.
        CardInserted = "FAPIAO.CARD_INSERTED",
        /// The cards in the payer's wallet are void.
        CardDiscarded = "FAPIAO.CARD_DISCARDED",
    }
}

/// The payer has filled in the invoice title: get it with `user_title`.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286009)
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct UserApplied {
    /// The merchant number; the provider's for its sub-merchants.
    pub mchid: String,
    /// The sub-merchant, for providers.
    pub sub_mchid: Option<String>,
    /// The application: the WeChat Pay order number, or the number given to `title_url`.
    pub fapiao_apply_id: String,
    /// When the title was filled in, RFC 3339.
    #[field(time)]
    pub apply_time: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Something happened to the invoices of an application. The name of the event says what: the statuses inside can be older.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct FapiaoEvent {
    /// The merchant number; the provider's for its sub-merchants.
    pub mchid: String,
    /// The sub-merchant, for providers.
    pub sub_mchid: Option<String>,
    /// The application.
    pub fapiao_apply_id: String,
    /// All invoices of the application; can be empty, then `query` tells.
    pub fapiao_information: Option<Vec<EventFapiao>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// One invoice of an event.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct EventFapiao {
    /// The merchant's id of the invoice.
    pub fapiao_id: String,
    /// Status of the invoice.
    pub fapiao_status: Option<FapiaoStatus>,
    /// Status of the card, where there is one.
    pub card_status: Option<CardStatus>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// The content of an event, by its type.
#[derive(Clone)]
#[non_exhaustive]
pub enum Resource {
    /// `FAPIAO.USER_APPLIED`.
    UserApplied(UserApplied),
    /// The four events about invoices.
    Fapiao(FapiaoEvent),
    /// An event newer than this release, as JSON.
    Other(String),
}

impl std::fmt::Debug for Resource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Resource::UserApplied(content) => content.fmt(f),
            Resource::Fapiao(content) => content.fmt(f),
            // Nobody knows what is in it.
            Resource::Other(_) => f.write_str("Other(…)"),
        }
    }
}

/// A genuine event. The same event can come more than once, and before or after others: its `id` tells whether it is new.
#[derive(Clone)]
#[non_exhaustive]
pub struct Event {
    /// Unique id of the notification, the same when it comes again; at most 36 characters.
    pub id: String,
    /// What happened.
    pub event_type: EventType,
    /// When the notification was made, RFC 3339.
    pub create_time: String,
    /// A remark, where there is one.
    pub summary: Option<String>,
    /// Seconds the gateway's clock was ahead of ours; 300 and more either way are refused.
    pub clock_offset: i64,
    resource: String,
}

/// The tables of all contents.
pub const CONTENTS: [&Table; 2] = [UserApplied::TABLE, FapiaoEvent::TABLE];

impl Event {
    /// Reads the decrypted content; `is_configured` says whether a merchant number, and a sub-merchant under it, is ours.
    pub(super) fn read(
        envelope: &Envelope,
        content: &[u8],
        clock_offset: i64,
        is_configured: impl Fn(&str, Option<&str>) -> bool,
    ) -> Result<Self> {
        let event_type = EventType::from(envelope.event_type.as_str());
        check_owner(&event_type, content, is_configured)?;
        let resource = match table_of(&event_type) {
            Some(table) => {
                codec::decode(table, content, &[])
                    .map_err(|error| match error.field().map(str::to_owned) {
                        Some(field) => error.at(format!("/resource{field}")),
                        None => error.at("/resource"),
                    })?
                    .json
            }
            None => String::from_utf8_lossy(content).into_owned(),
        };
        Ok(Self {
            id: envelope.id.clone(),
            event_type,
            create_time: envelope.create_time.clone(),
            summary: envelope.summary.clone(),
            clock_offset,
            resource,
        })
    }

    /// The content by its type.
    ///
    /// # Errors
    /// `parse.type`.
    pub fn resource(&self) -> Result<Resource> {
        match self.event_type {
            EventType::UserApplied => typed(&self.resource).map(Resource::UserApplied),
            EventType::Other(_) => Ok(Resource::Other(self.resource.clone())),
            _ => typed(&self.resource).map(Resource::Fapiao),
        }
    }

    /// The event as JSON under the official names, with the content in the clear under `resource`.
    pub fn to_json(&self) -> String {
        let mut json = Members::new();
        json.text("id", Some(&self.id)).text("event_type", Some(self.event_type.as_str()));
        json.text("create_time", Some(&self.create_time));
        if let Some(summary) = &self.summary {
            json.text("summary", Some(summary));
        }
        json.json("resource", &self.resource).end()
    }
}

impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Event").field("id", &self.id).field("event_type", &self.event_type).finish_non_exhaustive()
    }
}

/// Refuses content that names a merchant who is not ours.
fn check_owner(
    event_type: &EventType,
    content: &[u8],
    is_configured: impl Fn(&str, Option<&str>) -> bool,
) -> Result<()> {
    let not_json = || Error::new(Code::ParseJson, "the decrypted content is not a JSON object").at("/resource");
    let object = std::str::from_utf8(content).ok().and_then(Object::parse).ok_or_else(not_json)?;
    let text = |name: &str| object.value(name).and_then(Raw::owned_text).filter(|text| !text.is_empty());
    let Some(mchid) = text("mchid") else {
        // The keys say whose it is; an event newer than this release may not repeat it.
        if matches!(event_type, EventType::Other(_)) {
            return Ok(());
        }
        let message = "`mchid` is missing from the decrypted content";
        return Err(Error::new(Code::ParseMissing, message).at("/resource/mchid"));
    };
    let sub_mchid = text("sub_mchid");
    if is_configured(&mchid, sub_mchid.as_deref()) {
        return Ok(());
    }
    let message = "the event is about a merchant that is not configured here";
    Err(Error::new(Code::VerifyOtherMerchant, message).at("/resource/mchid"))
}

fn table_of(event_type: &EventType) -> Option<&'static Table> {
    match event_type {
        EventType::UserApplied => Some(UserApplied::TABLE),
        EventType::Other(_) => None,
        _ => Some(FapiaoEvent::TABLE),
    }
}

fn typed<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json)
        .map_err(|_| Error::new(Code::ParseType, "the content does not have the documented form").at("/resource"))
}

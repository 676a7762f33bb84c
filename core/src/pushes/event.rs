//! What a push tells. [Official page](https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/E_Invoice/Vendor_API_List.html)
#![expect(non_snake_case, reason = "the official names")]

use crate::codec::{self, Extra, open_enum};
use crate::error::{Code, Error, Result};
use crate::flow::token::ticket;
use crate::json::Object;
use crate::schema::Table;
use crate::secret::Secret;
use fapiao_derive::Fields;
use serde::de::DeserializeOwned;

open_enum! {
    /// What happened: `Event` of an account's push, `InfoType` of a third-party platform's.
    PushEventType {
        /// The user authorised invoicing, or refused it.
        UserAuthorizeInvoice = "user_authorize_invoice",
        /// The status of an invoice card changed.
        UpdateInvoiceStatus = "update_invoice_status",
        /// The user handed in an invoice title.
        SubmitInvoiceTitle = "submit_invoice_title",
        /// Unified invoicing came to a result (a retired interface).
        InvoiceResult = "cloud_invoice_invoiceresult_event",
        /// The ticket a third-party platform gets its token with.
        ComponentVerifyTicket = "component_verify_ticket",
    }
}

macro_rules! account_push {
    ($(#[$doc:meta])* $name:ident { $($fields:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Default, Fields)]
        #[non_exhaustive]
        pub struct $name {
            /// The account's original id (`gh_…`).
            pub ToUserName: String,
            /// The user's openid.
            pub FromUserName: String,
            /// When it was made, Unix seconds.
            #[field(unit(Unit::Seconds))]
            pub CreateTime: i64,
            /// Always `event`.
            pub MsgType: Option<String>,
            /// What happened.
            pub Event: String,
            $($fields)*
            /// Fields newer than this release.
            pub extra: Extra,
        }
    };
}

account_push! {
    /// The user authorised invoicing of an order, or refused it: ask with `get_auth_data`.
    UserAuthorizeInvoicePush {
        /// The order that was authorised.
        pub SuccOrderId: Option<String>,
        /// The order that was refused.
        pub FailOrderId: Option<String>,
        /// Where the page was opened: the appid.
        pub AppId: Option<String>,
        /// Where the page was opened.
        pub Source: Option<String>,
    }
}

account_push! {
    /// The status of an invoice card changed.
    UpdateInvoiceStatusPush {
        /// The new status.
        pub Status: String,
        /// The card template.
        pub CardId: String,
        /// The card code.
        pub Code: String,
    }
}

account_push! {
    /// The user handed in an invoice title.
    SubmitInvoiceTitlePush {
        /// The title (抬头).
        #[field(sensitive)]
        pub title: Option<String>,
        /// Phone number.
        #[field(sensitive)]
        pub phone: Option<String>,
        /// Taxpayer number (税号).
        #[field(sensitive)]
        pub tax_no: Option<String>,
        /// Address.
        #[field(sensitive)]
        pub addr: Option<String>,
        /// Bank (开户行).
        #[field(sensitive)]
        pub bank_type: Option<String>,
        /// Bank account.
        #[field(sensitive)]
        pub bank_no: Option<String>,
        /// What `get_select_title_url` was given.
        pub attach: Option<String>,
        /// Kind of title; the values are not documented.
        pub title_type: Option<String>,
    }
}

account_push! {
    /// Unified invoicing came to a result. The interface is retired; the meaning of `status` is not documented.
    InvoiceResultPush {
        /// The request's serial number (发票请求流水号).
        pub fpqqlsh: Option<String>,
        /// The seller's taxpayer number.
        pub nsrsbh: Option<String>,
        /// Status; only 100 was ever seen in a sample.
        pub status: Option<i64>,
    }
}

/// The ticket a third-party platform gets its token with: another one in every push, valid for 12 hours.
/// [Official page](https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/component_verify_ticket.html)
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct ComponentVerifyTicketPush {
    /// The platform's appid.
    pub AppId: String,
    /// When it was made, Unix seconds.
    #[field(unit(Unit::Seconds))]
    pub CreateTime: i64,
    /// What happened.
    pub InfoType: String,
    /// The ticket: keep it where it outlives the process.
    pub ComponentVerifyTicket: Secret,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// The content of an event, by its type.
#[derive(Clone)]
#[non_exhaustive]
pub enum PushContent {
    /// `user_authorize_invoice`.
    UserAuthorizeInvoice(UserAuthorizeInvoicePush),
    /// `update_invoice_status`.
    UpdateInvoiceStatus(UpdateInvoiceStatusPush),
    /// `submit_invoice_title`.
    SubmitInvoiceTitle(SubmitInvoiceTitlePush),
    /// `cloud_invoice_invoiceresult_event`.
    InvoiceResult(InvoiceResultPush),
    /// `component_verify_ticket`.
    ComponentVerifyTicket(ComponentVerifyTicketPush),
    /// An event newer than this release, as JSON.
    Other(String),
}

impl std::fmt::Debug for PushContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PushContent::UserAuthorizeInvoice(content) => content.fmt(f),
            PushContent::UpdateInvoiceStatus(content) => content.fmt(f),
            PushContent::SubmitInvoiceTitle(content) => content.fmt(f),
            PushContent::InvoiceResult(content) => content.fmt(f),
            PushContent::ComponentVerifyTicket(content) => content.fmt(f),
            // Nobody knows what is in it.
            PushContent::Other(_) => f.write_str("Other(…)"),
        }
    }
}

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

/// The tables of all contents.
pub const CONTENTS: [&Table; 5] = [
    UserAuthorizeInvoicePush::TABLE,
    UpdateInvoiceStatusPush::TABLE,
    SubmitInvoiceTitlePush::TABLE,
    InvoiceResultPush::TABLE,
    ComponentVerifyTicketPush::TABLE,
];

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

fn table_of(event_type: &PushEventType) -> Option<&'static Table> {
    Some(match event_type {
        PushEventType::UserAuthorizeInvoice => UserAuthorizeInvoicePush::TABLE,
        PushEventType::UpdateInvoiceStatus => UpdateInvoiceStatusPush::TABLE,
        PushEventType::SubmitInvoiceTitle => SubmitInvoiceTitlePush::TABLE,
        PushEventType::InvoiceResult => InvoiceResultPush::TABLE,
        PushEventType::ComponentVerifyTicket => ComponentVerifyTicketPush::TABLE,
        PushEventType::Other(_) => return None,
    })
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

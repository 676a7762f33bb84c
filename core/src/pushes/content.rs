//! What pushes tell, by their types. [Official page](https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/E_Invoice/Vendor_API_List.html)
#![expect(non_snake_case, reason = "the official names")]

use crate::codec::{Extra, open_enum};
use crate::schema::Table;
use crate::secret::Secret;
use fapiao_derive::Fields;

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

/// The tables of all contents.
pub const CONTENTS: [&Table; 5] = [
    UserAuthorizeInvoicePush::TABLE,
    UpdateInvoiceStatusPush::TABLE,
    SubmitInvoiceTitlePush::TABLE,
    InvoiceResultPush::TABLE,
    ComponentVerifyTicketPush::TABLE,
];

/// The table of an event's content; none of one newer than this release.
pub(super) fn table_of(event_type: &PushEventType) -> Option<&'static Table> {
    Some(match event_type {
        PushEventType::UserAuthorizeInvoice => UserAuthorizeInvoicePush::TABLE,
        PushEventType::UpdateInvoiceStatus => UpdateInvoiceStatusPush::TABLE,
        PushEventType::SubmitInvoiceTitle => SubmitInvoiceTitlePush::TABLE,
        PushEventType::InvoiceResult => InvoiceResultPush::TABLE,
        PushEventType::ComponentVerifyTicket => ComponentVerifyTicketPush::TABLE,
        PushEventType::Other(_) => return None,
    })
}

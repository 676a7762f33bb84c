//! What an account and a third-party platform are told of.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Message, Receiver};
use crate::{
    keys::{ACCOUNT_NAME, APPID, COMPONENT_APPID},
    random,
};

/// `Event`, or `InfoType` of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    UserAuthorizeInvoice,
    UpdateInvoiceStatus,
    SubmitInvoiceTitle,
    CloudInvoiceInvoiceresultEvent,
    ComponentVerifyTicket,
}

/// Something to tell: what it is, and the elements that are known of it.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) kind: Kind,
    pub(crate) fields: Map<String, Value>,
}

impl Kind {
    /// The official word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::UserAuthorizeInvoice => "user_authorize_invoice",
            Self::UpdateInvoiceStatus => "update_invoice_status",
            Self::SubmitInvoiceTitle => "submit_invoice_title",
            Self::CloudInvoiceInvoiceresultEvent => "cloud_invoice_invoiceresult_event",
            Self::ComponentVerifyTicket => "component_verify_ticket",
        }
    }

    /// Who is told.
    pub(crate) const fn receiver(self) -> Receiver {
        match self {
            Self::ComponentVerifyTicket => Receiver::Component,
            _ => Receiver::Account,
        }
    }

    /// Elements beside those every event has, with invented values.
    fn invented(self) -> Vec<(&'static str, Value)> {
        let text = |name, value: &str| (name, Value::from(value));
        match self {
            Self::UserAuthorizeInvoice => vec![
                text("SuccOrderId", "1202933957956"),
                text("FailOrderId", ""),
                text("AppId", APPID),
                text("Source", "web"),
            ],
            Self::UpdateInvoiceStatus => vec![
                text("Status", "INVOICE_REIMBURSE_LOCK"),
                ("CardId", format!("p{}", random::alphanumeric(27)).into()),
                ("Code", random::digits(12).into()),
            ],
            Self::SubmitInvoiceTitle => vec![
                text("title", "测试企业"),
                text("phone", "0755-12345678"),
                text("tax_no", "91440300000000000X"),
                text("addr", "深圳市测试路1号"),
                text("bank_type", "测试银行"),
                text("bank_no", "6225000000000000"),
                text("attach", ""),
                text("title_type", "InvoiceUserTitleBusinessType"),
            ],
            Self::CloudInvoiceInvoiceresultEvent => {
                vec![text("fpqqlsh", "test20160511000461"), text("nsrsbh", "110109500321655"), ("status", 100.into())]
            }
            Self::ComponentVerifyTicket => {
                vec![("ComponentVerifyTicket", format!("ticket@@@{}", random::alphanumeric(86)).into())]
            }
        }
    }
}

impl Event {
    /// An event of which some elements are known.
    pub(crate) fn new<'a>(kind: Kind, fields: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        Self { kind, fields }
    }

    /// The message of a time; an element is a text or a number.
    pub(crate) fn message(self, now: i64) -> Result<Message, String> {
        let mut message = Message::default();
        if self.kind == Kind::ComponentVerifyTicket {
            message.set("AppId", COMPONENT_APPID);
            message.set("CreateTime", now);
            message.set("InfoType", self.kind.as_str());
        } else {
            message.set("ToUserName", ACCOUNT_NAME);
            message.set("FromUserName", format!("o{}", random::alphanumeric(27)));
            message.set("CreateTime", now);
            message.set("MsgType", "event");
            message.set("Event", self.kind.as_str());
        }
        for (name, value) in self.kind.invented() {
            message.set(name, value);
        }
        for (name, value) in self.fields {
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !is_name || !(value.is_string() || value.is_i64()) {
                return Err(format!("{name} must be an element with a text or a whole number"));
            }
            message.set_as_before(&name, value);
        }
        Ok(message)
    }
}

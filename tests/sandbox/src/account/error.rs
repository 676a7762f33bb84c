//! Error codes of the Official Account side.

use serde_json::json;

use crate::{exchange::Answer, random};

/// An errcode with its official text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountError {
    pub(crate) errcode: i64,
    text: &'static str,
    /// The field the text names.
    lacking: Option<&'static str>,
}

impl AccountError {
    pub(crate) const TOKEN_INVALID: Self =
        Self::new(40001, "invalid credential, access_token is invalid or not latest");
    pub(crate) const GRANT_TYPE: Self = Self::new(40002, "invalid grant_type");
    pub(crate) const APPID: Self = Self::new(40013, "invalid appid");
    pub(crate) const TOKEN_UNKNOWN: Self = Self::new(40014, "invalid access_token");
    pub(crate) const ARGUMENTS: Self = Self::new(40097, "invalid args");
    pub(crate) const SECRET: Self = Self::new(40125, "invalid appsecret");
    pub(crate) const TOKEN_MISSING: Self = Self::new(41001, "access_token missing");
    pub(crate) const APPID_MISSING: Self = Self::new(41002, "appid missing");
    pub(crate) const SECRET_MISSING: Self = Self::new(41004, "appsecret missing");
    pub(crate) const TOKEN_EXPIRED: Self = Self::new(42001, "access_token expired");
    pub(crate) const NEED_GET: Self = Self::new(43001, "require GET method");
    pub(crate) const NEED_POST: Self = Self::new(43002, "require POST method");
    pub(crate) const EMPTY_BODY: Self = Self::new(44002, "empty post data");
    pub(crate) const QUOTA: Self = Self::new(45009, "reach max api daily quota limit");
    pub(crate) const PARSE: Self = Self::new(47001, "data format error");
    pub(crate) const CARD: Self = Self::new(40078, "invalid card status");
    pub(crate) const USER_CARD: Self = Self::new(40127, "invalid user-card status");
    pub(crate) const NOT_AUTHORISED: Self = Self::new(61003, "component is not authorized by this account");
    pub(crate) const COMPONENT_TICKET_EXPIRED: Self = Self::new(61005, "component ticket is expired");
    pub(crate) const COMPONENT_TICKET: Self = Self::new(61006, "component ticket is invalid");
    pub(crate) const CODE: Self = Self::new(61009, "code is invalid");
    pub(crate) const CODE_EXPIRED: Self = Self::new(61010, "code is expired");
    pub(crate) const COMPONENT: Self = Self::new(61011, "invalid component");
    pub(crate) const REFRESH_TOKEN: Self = Self::new(61023, "refresh_token is invalid");
    pub(crate) const TITLE: Self = Self::new(72017, "invalid invoice title");
    pub(crate) const INSERTED: Self = Self::new(72018, "duplicate order id, invoice had inserted to user");
    pub(crate) const STATUS: Self = Self::new(72024, "invoice status error");
    pub(crate) const TICKET: Self = Self::new(72025, "invoice token error");
    pub(crate) const ACTION: Self = Self::new(72027, "invoice action error");
    pub(crate) const NO_MERCHANT: Self = Self::new(72028, "never set pay mch info");
    pub(crate) const NO_FIELDS: Self = Self::new(72029, "never set auth field");
    pub(crate) const MERCHANT: Self = Self::new(72030, "invalid mchid");
    pub(crate) const PARAMETERS: Self = Self::new(72031, "invalid params");
    pub(crate) const REJECTED: Self = Self::new(72035, "biz reject insert");
    pub(crate) const OWNER: Self = Self::new(72037, "invoice owner error");
    pub(crate) const NEVER_AUTH: Self = Self::new(72038, "invoice order never auth");
    pub(crate) const NOT_LOCKED: Self = Self::new(72039, "invoice must be lock first");
    pub(crate) const INVOICE_PDF: Self = Self::new(72040, "invoice pdf error");
    pub(crate) const NUMBER: Self = Self::new(72041, "billing_code and billing_no invalid");
    pub(crate) const NUMBER_REPEATED: Self = Self::new(72042, "billing_code and billing_no repeated");
    pub(crate) const SCAN_TEXT: Self = Self::new(72044, "scan text out of time");
    pub(crate) const NO_CHECK_CODE: Self = Self::new(72045, "check_code is empty");
    pub(crate) const ORDER_REPEATED: Self = Self::new(72056, "order_id repeated");
    pub(crate) const CANCELLED: Self = Self::new(72060, "invoice has been cancelled");
    pub(crate) const CLOSED: Self = Self::new(72061, "invoice has been closed");
    pub(crate) const NO_CONTACT: Self = Self::new(72063, "biz contact is empty, set contact first");
    pub(crate) const NO_CARD: Self = Self::new(73204, "card not exist");

    /// Any code, for faults that name one.
    pub(crate) const fn other(errcode: i64) -> Self {
        Self::new(errcode, "system error")
    }

    /// A field that is not there, as a published message names one: `invalid params, payee is empty`.
    pub(crate) const fn lacking(field: &'static str) -> Self {
        Self { lacking: Some(field), ..Self::PARAMETERS }
    }

    /// The answer that says so.
    pub(crate) fn answer(self) -> Answer {
        let lacking = self.lacking.map(|field| format!(", {field} is empty")).unwrap_or_default();
        let errmsg = format!("{}{lacking} rid: {}", self.text, rid());
        Answer::json(200, &json!({"errcode": self.errcode, "errmsg": errmsg})).coded(self.errcode.to_string())
    }

    const fn new(errcode: i64, text: &'static str) -> Self {
        Self { errcode, text, lacking: None }
    }
}

fn rid() -> String {
    let part = || random::hex_upper(8).to_ascii_lowercase();
    format!("{}-{}-{}", part(), part(), part())
}

//! Error codes of the Official Account side.

use serde_json::json;

use crate::{exchange::Answer, random};

/// An errcode with its official text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountError {
    pub(crate) errcode: i64,
    text: &'static str,
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
    pub(crate) const INVOICE_PDF: Self = Self::new(72040, "invoice pdf error");

    /// Any code, for faults that name one.
    pub(crate) const fn other(errcode: i64) -> Self {
        Self::new(errcode, "system error")
    }

    /// The answer that says so.
    pub(crate) fn answer(self) -> Answer {
        let errmsg = format!("{} rid: {}", self.text, rid());
        Answer::json(200, &json!({"errcode": self.errcode, "errmsg": errmsg})).coded(self.errcode.to_string())
    }

    const fn new(errcode: i64, text: &'static str) -> Self {
        Self { errcode, text }
    }
}

fn rid() -> String {
    let part = || random::hex_upper(8).to_ascii_lowercase();
    format!("{}-{}-{}", part(), part(), part())
}

//! `POST /card/invoice/getauthurl`
//!
//! The page where a user authorises the invoice of an order.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizgetauthurl)

use super::{GetTicket, StableToken};
use super::types::AuthSource;
use crate::codec::{Extra, Fen};
use crate::secret::Secret;
use fapiao_derive::{Fields, Operation};

/// Gets the link of the page where a user authorises one invoice. The account's contact is set first (`set_contact`).
#[derive(Clone, Default, Operation)]
#[call(
    post("get_auth_url", "/card/invoice/getauthurl"),
    number("account C2"),
    title("获取授权页链接"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizgetauthurl"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    ticket_from(GetTicket::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(GetAuthUrlAnswer)
)]
pub struct GetAuthUrl {
    /// Id of the invoicing platform, which it has from `set_url`.
    pub s_pappid: String,
    /// The order: one authorisation, one invoice. An id that was rejected or used is never used again.
    pub order_id: String,
    /// Amount of the order.
    pub money: Fen,
    /// Now.
    #[field(unit(Unit::Seconds))]
    pub timestamp: i64,
    /// Where the link is opened.
    pub source: AuthSource,
    /// Where the user goes on afterwards; only where `source` is `web`.
    #[field(unwanted_if("source", "app"), unwanted_if("source", "wxa"), unwanted_if("source", "wap"))]
    pub redirect_url: Option<String>,
    /// The ticket from `get_ticket`; a client that sends the call gets it by itself.
    #[field(sensitive)]
    pub ticket: Option<Secret>,
    /// 0: the title is known already; 1: the user fills it in, the only one after a payment; 2: collect an issued invoice.
    pub r#type: i64,
}

/// The link, or what a mini program opens.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetAuthUrlAnswer {
    /// The link; where `source` is `wxa` the path inside the mini program.
    #[field(sensitive)]
    pub auth_url: String,
    /// Appid of the mini program to open; only where `source` is `wxa`.
    pub appid: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

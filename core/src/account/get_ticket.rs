//! `GET /cgi-bin/ticket/getticket`
//!
//! The ticket that authorisation links are made with.
//! [Official page](https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/E_Invoice/Vendor_API_List.html)

use super::StableToken;
use crate::codec::Extra;
use crate::secret::Secret;
use fapiao_derive::{Fields, Operation};

/// Gets the ticket for `get_auth_url`. Keep it as long as it is valid.
#[derive(Clone, Default, Operation)]
#[call(
    get("get_ticket", "/cgi-bin/ticket/getticket"),
    number("account C1"),
    title("获取授权页ticket"),
    page("https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/E_Invoice/Vendor_API_List.html"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    grants("ticket"),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        r#type(query, filled_by(FilledBy::Constant("wx_card")))
    ),
    answer(GetTicketAnswer)
)]
pub struct GetTicket {}

/// The ticket.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetTicketAnswer {
    /// The ticket.
    #[field(sensitive)]
    pub ticket: Secret,
    /// How long it is valid, 7200.
    #[field(unit(Unit::Seconds))]
    pub expires_in: i64,
    /// Fields newer than this release.
    pub extra: Extra,
}

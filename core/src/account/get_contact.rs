//! `POST /card/invoice/setbizattr?action=get_contact`
//!
//! Whom users reach about their invoices.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)

use super::StableToken;
use super::types::Contact;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the contact that users see.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_contact", "/card/invoice/setbizattr"),
    number("account C5 get_contact"),
    title("查询商户联系方式"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(query, filled_by(FilledBy::Constant("get_contact")))
    ),
    answer(GetContactAnswer)
)]
pub struct GetContact {}

/// What is set.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetContactAnswer {
    /// The contact.
    pub contact: Contact,
    /// Fields newer than this release.
    pub extra: Extra,
}

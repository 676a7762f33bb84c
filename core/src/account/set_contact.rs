//! `POST /card/invoice/setbizattr?action=set_contact`
//!
//! Whom users reach about their invoices.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)

use super::StableToken;
use super::types::{Acknowledged, Contact};
use fapiao_derive::Operation;

/// Sets the contact that users see; before it is set no authorisation link is given. After a lost answer `get_contact` shows what is set.
#[derive(Clone, Default, Operation)]
#[call(
    post("set_contact", "/card/invoice/setbizattr"),
    number("account C5 set_contact"),
    title("设置商户联系方式"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(query, filled_by(FilledBy::Constant("set_contact")))
    ),
    answer(Acknowledged)
)]
pub struct SetContact {
    /// The contact.
    pub contact: Contact,
}

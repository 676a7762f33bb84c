//! `POST /card/invoice/rejectinsert`
//!
//! Turns an authorised order down.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Vendor_API_List)

use super::StableToken;
use super::types::Acknowledged;
use fapiao_derive::Operation;

/// Rejects the invoice of an order. The `order_id` can't be used again: the next attempt takes a new one, with its own authorisation.
#[derive(Clone, Default, Operation)]
#[call(
    post("reject_insert", "/card/invoice/rejectinsert"),
    number("account C4"),
    title("拒绝开票"),
    page("https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Vendor_API_List"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(Acknowledged)
)]
pub struct RejectInsert {
    /// Id of the invoicing platform.
    pub s_pappid: String,
    /// The order.
    pub order_id: String,
    /// Why; the user sees it.
    pub reason: String,
    /// The page that the user is sent to.
    pub url: Option<String>,
}

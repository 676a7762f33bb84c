//! `POST /card/invoice/seturl`
//!
//! The id of an invoicing platform.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_setinvoiceurl)

use super::StableToken;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the link that holds this invoicing platform's id: the value of `s_pappid` in its query, percent-decoded.
#[derive(Clone, Default, Operation)]
#[call(
    post("set_url", "/card/invoice/seturl"),
    number("account C9"),
    title("获取自身的开票平台识别码"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_setinvoiceurl"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(SetUrlAnswer)
)]
pub struct SetUrl {}

/// The platform's link.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct SetUrlAnswer {
    /// The link, with `s_pappid` in its query.
    pub invoice_url: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/setbizattr?action=get_pay_mch`
//!
//! The merchant number that is tied to an invoicing platform.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)

use super::StableToken;
use super::types::PaymchInfo;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the merchant number and the invoicing platform that are tied.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_pay_mch", "/card/invoice/setbizattr"),
    number("account C5 get_pay_mch"),
    title("查询商户号与开票平台关联情况"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(query, filled_by(FilledBy::Constant("get_pay_mch")))
    ),
    answer(GetPayMchAnswer)
)]
pub struct GetPayMch {}

/// What is set.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetPayMchAnswer {
    /// Merchant and platform.
    pub paymch_info: PaymchInfo,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/setbizattr?action=set_pay_mch`
//!
//! Ties a merchant number to an invoicing platform.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)

use super::StableToken;
use super::types::{Acknowledged, PaymchInfo};
use fapiao_derive::Operation;

/// Ties the account's merchant number to an invoicing platform; done once. After a lost answer `get_pay_mch` shows what is set.
#[derive(Clone, Default, Operation)]
#[call(
    post("set_pay_mch", "/card/invoice/setbizattr"),
    number("account C5 set_pay_mch"),
    title("关联商户号与开票平台"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(query, filled_by(FilledBy::Constant("set_pay_mch")))
    ),
    answer(Acknowledged)
)]
pub struct SetPayMch {
    /// Merchant and platform.
    pub paymch_info: PaymchInfo,
}

//! `POST /card/invoice/setbizattr?action=set_auth_field`
//!
//! What users fill in on the authorisation page.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)

use super::StableToken;
use super::types::{Acknowledged, AuthField};
use fapiao_derive::Operation;

/// Sets the fields of the authorisation page, for links of `type` 1; done once. After a lost answer `get_auth_field` shows what is set.
#[derive(Clone, Default, Operation)]
#[call(
    post("set_auth_field", "/card/invoice/setbizattr"),
    number("account C5 set_auth_field"),
    title("设置授权页字段信息"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(query, filled_by(FilledBy::Constant("set_auth_field")))
    ),
    answer(Acknowledged)
)]
pub struct SetAuthField {
    /// The fields.
    pub auth_field: AuthField,
}

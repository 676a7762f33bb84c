//! `POST /card/invoice/setbizattr?action=get_auth_field`
//!
//! What users fill in on the authorisation page.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)

use super::StableToken;
use super::types::AuthField;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the fields of the authorisation page.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_auth_field", "/card/invoice/setbizattr"),
    number("account C5 get_auth_field"),
    title("查询授权页字段信息"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(query, filled_by(FilledBy::Constant("get_auth_field")))
    ),
    answer(GetAuthFieldAnswer)
)]
pub struct GetAuthField {}

/// What is set.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetAuthFieldAnswer {
    /// The fields.
    pub auth_field: AuthField,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/getauthdata`
//!
//! Whether a user has authorised, and the title that was filled in.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizgetauthdata)

use super::StableToken;
use super::types::{InvoiceAuthStatus, UserAuthInfo};
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Queries whether the user has authorised the invoice of an order: `never auth` means not yet, ask again later.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_auth_data", "/card/invoice/getauthdata"),
    number("account C3"),
    title("查询授权完成状态"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizgetauthdata"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(GetAuthDataAnswer)
)]
pub struct GetAuthData {
    /// The order, as in `get_auth_url`.
    pub order_id: String,
    /// Id of the invoicing platform.
    pub s_pappid: String,
}

/// How far the authorisation is.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetAuthDataAnswer {
    /// Whether the user has authorised.
    pub invoice_status: InvoiceAuthStatus,
    /// When, in seconds since 1970.
    #[field(unit(Unit::Seconds))]
    pub auth_time: Option<i64>,
    /// The title that was filled in, where the link's `type` was 1.
    pub user_auth_info: Option<UserAuthInfo>,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/biz/getusertitleurl`
//!
//! A link that hands a user an invoice title.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicebizgetusertitleurl)

use super::StableToken;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the link under which a user takes over a title, or fills one in.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_user_title_url", "/card/invoice/biz/getusertitleurl"),
    number("account C19"),
    title("将抬头提交至用户"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicebizgetusertitleurl"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(GetUserTitleUrlAnswer)
)]
pub struct GetUserTitleUrl {
    /// Title; required where `user_fill` is 0.
    #[field(required_if("user_fill", "0"), sensitive)]
    pub title: Option<String>,
    /// Telephone: digits and `-`.
    #[field(sensitive)]
    pub phone: Option<String>,
    /// Taxpayer id, 15 to 20 letters and digits.
    #[field(max(20), sensitive)]
    pub tax_no: Option<String>,
    /// Address.
    #[field(sensitive)]
    pub addr: Option<String>,
    /// Bank.
    #[field(sensitive)]
    pub bank_type: Option<String>,
    /// Bank account.
    #[field(sensitive)]
    pub bank_no: Option<String>,
    /// 0: the enterprise sets the title; 1: the user fills it in.
    pub user_fill: Option<i64>,
    /// The invoicing code (开票码).
    pub out_title_id: Option<String>,
}

/// The link.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetUserTitleUrlAnswer {
    /// The link.
    #[field(sensitive)]
    pub url: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

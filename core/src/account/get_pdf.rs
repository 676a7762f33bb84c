//! `POST /card/invoice/platform/getpdf`
//!
//! Where an uploaded invoice PDF can be downloaded.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Invoicing_Platform_API_List)

use super::StableToken;
use crate::codec::{Digits, Extra};
use fapiao_derive::{Fields, Operation};

/// Gets the link of an uploaded PDF; it is valid for two hours.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_pdf", "/card/invoice/platform/getpdf"),
    number("account C12"),
    title("查询已上传的PDF文件"),
    page("https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Invoicing_Platform_API_List"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(
        access_token(query, filled_by(FilledBy::AccessToken)),
        action(filled_by(FilledBy::Constant("get_url")))
    ),
    answer(GetPdfAnswer)
)]
pub struct GetPdf {
    /// The id from `set_pdf`.
    pub s_media_id: Digits,
}

/// The link.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetPdfAnswer {
    /// The link, a plain GET without token.
    #[field(sensitive)]
    pub pdf_url: String,
    /// How long it is valid, 7200.
    #[field(unit(Unit::Seconds))]
    pub pdf_url_expire_time: Option<i64>,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/platform/getpdf`
//!
//! Where an uploaded invoice PDF can be downloaded.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Invoicing_Platform_API_List)

use crate::wire::{Digits, Extra};
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
    supplied(
        access_token(query, source(Source::AccessToken)),
        action(source(Source::Constant("get_url")))
    ),
    answer(GetPdfAnswer)
)]
pub struct GetPdf {
    /// The id from `set_pdf`.
    pub s_media_id: Digits,
}

/// The link.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct GetPdfAnswer {
    /// 0: an answer with another one is an error.
    pub errcode: Option<i64>,
    /// What goes with it; not always `ok`.
    pub errmsg: Option<String>,
    /// The link, a plain GET without token.
    #[wire(private)]
    pub pdf_url: String,
    /// How long it is valid, 7200.
    #[wire(unit(Unit::Seconds))]
    pub pdf_url_expire_time: Option<i64>,
    /// What no table knows.
    pub extra: Extra,
}

//! `POST /card/invoice/platform/setpdf`
//!
//! Uploads an invoice PDF.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformsetpdf)

use crate::protocol::Attachment;
use crate::wire::{Digits, Extra};
use fapiao_derive::{Fields, Operation};

/// Uploads an invoice PDF; it is kept for three days unless a card links to it.
#[derive(Clone, Operation)]
#[call(
    post("set_pdf", "/card/invoice/platform/setpdf"),
    number("account C11"),
    title("上传PDF"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformsetpdf"),
    system(System::Account),
    callers(Account),
    form(Form::Upload { part: "pdf", max_bytes: 0 }),
    supplied(access_token(query, source(Source::AccessToken))),
    answer(SetPdfAnswer)
)]
pub struct SetPdf {
    /// The PDF.
    pub file: Attachment,
}

/// The PDF as the gateway keeps it.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct SetPdfAnswer {
    /// 0: an answer with another one is an error.
    pub errcode: Option<i64>,
    /// What goes with it; not always `ok`.
    pub errmsg: Option<String>,
    /// Its id: a 64-bit number, as text so that none of it is lost.
    pub s_media_id: Digits,
    /// What no table knows.
    pub extra: Extra,
}

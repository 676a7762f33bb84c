//! `POST /card/invoice/platform/setpdf`
//!
//! Uploads an invoice PDF.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformsetpdf)

use super::StableToken;
use crate::protocol::Attachment;
use crate::codec::{Digits, Extra};
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
    token_from(StableToken::CALL),
    layout(Layout::Upload { part: "pdf", max_bytes: 0 }),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(SetPdfAnswer)
)]
pub struct SetPdf {
    /// The PDF.
    pub file: Attachment,
}

/// The PDF as the gateway keeps it.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct SetPdfAnswer {
    /// Its id: a 64-bit number, as text so that none of it is lost.
    pub s_media_id: Digits,
    /// Fields newer than this release.
    pub extra: Extra,
}

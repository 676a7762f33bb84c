//! `POST /card/invoice/scantitle`
//!
//! The title behind a user's QR code.
//! [Official page](https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/Quick_issuing/Interface_Instructions.html)

use super::StableToken;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Reads the title from the QR code that a user shows.
#[derive(Clone, Default, Operation)]
#[call(
    post("scan_title", "/card/invoice/scantitle"),
    number("account C21"),
    title("商户扫描用户的发票抬头二维码"),
    page(
        "https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/Quick_issuing/Interface_Instructions.html"
    ),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(ScanTitleAnswer)
)]
pub struct ScanTitle {
    /// The text of the QR code; it expires (72044).
    #[field(sensitive)]
    pub scan_text: String,
}

/// The title.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct ScanTitleAnswer {
    /// 0: organisation (单位); 1: person (个人).
    pub title_type: Option<i64>,
    /// Title.
    #[field(sensitive)]
    pub title: String,
    /// Telephone.
    #[field(sensitive)]
    pub phone: Option<String>,
    /// Taxpayer id.
    #[field(sensitive)]
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
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/reimburse/getinvoiceinfo`
//!
//! An invoice that a user handed in.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxgetinvoice)

use super::StableToken;
use super::types::InvoiceUserInfo;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets an invoice that a user chose for reimbursement.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_invoice_info", "/card/invoice/reimburse/getinvoiceinfo"),
    number("account C15"),
    title("查询报销发票信息"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxgetinvoice"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(GetInvoiceInfoAnswer)
)]
pub struct GetInvoiceInfo {
    /// The template, from the page's chooseInvoice.
    pub card_id: String,
    /// The encrypted code from chooseInvoice, exactly as it came.
    #[field(sensitive)]
    pub encrypt_code: String,
}

/// The invoice.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetInvoiceInfoAnswer {
    /// The template.
    pub card_id: Option<String>,
    /// From when the card is valid, in seconds since 1970.
    #[field(unit(Unit::Seconds))]
    pub begin_time: Option<i64>,
    /// Until when, in seconds since 1970.
    #[field(unit(Unit::Seconds))]
    pub end_time: Option<i64>,
    /// The user's openid.
    #[field(sensitive)]
    pub openid: Option<String>,
    /// What kind of invoice, in words.
    pub r#type: Option<String>,
    /// The payee (收款方).
    pub payee: Option<String>,
    /// What the invoice is for.
    pub detail: Option<String>,
    /// State of the card.
    pub user_card_status: Option<String>,
    /// The invoice.
    pub user_info: InvoiceUserInfo,
    /// Fields newer than this release.
    pub extra: Extra,
}

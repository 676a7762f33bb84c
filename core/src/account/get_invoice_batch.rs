//! `POST /card/invoice/reimburse/getinvoicebatch`
//!
//! Several invoices that users handed in.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Reimburser_API_List)

use super::GetInvoiceInfoAnswer;
use super::StableToken;
use super::types::InvoiceItem;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets several invoices at once.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_invoice_batch", "/card/invoice/reimburse/getinvoicebatch"),
    number("account C16"),
    title("批量查询报销发票信息"),
    page("https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Reimburser_API_List"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(GetInvoiceBatchAnswer)
)]
pub struct GetInvoiceBatch {
    /// The cards.
    pub item_list: Vec<InvoiceItem>,
}

/// The invoices.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetInvoiceBatchAnswer {
    /// The invoices.
    pub item_list: Vec<GetInvoiceInfoAnswer>,
    /// Fields newer than this release.
    pub extra: Extra,
}

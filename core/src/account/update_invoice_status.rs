//! `POST /card/invoice/reimburse/updateinvoicestatus`
//!
//! Locks an invoice, frees it, or takes it as reimbursed.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxupdatainvoicestatus)

use super::StableToken;
use super::types::{Acknowledged, ReimburseStatus};
use fapiao_derive::Operation;

/// Updates the status of one invoice. `INVOICE_REIMBURSE_CLOSURE` is for good. After a lost answer `get_invoice_info` shows the status.
#[derive(Clone, Default, Operation)]
#[call(
    post("update_invoice_status", "/card/invoice/reimburse/updateinvoicestatus"),
    number("account C17"),
    title("报销方更新发票状态"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxupdatainvoicestatus"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(Acknowledged)
)]
pub struct UpdateInvoiceStatus {
    /// The template.
    pub card_id: String,
    /// The encrypted code from chooseInvoice.
    #[field(sensitive)]
    pub encrypt_code: String,
    /// The new status.
    pub reimburse_status: ReimburseStatus,
}

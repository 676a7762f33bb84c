//! `POST /card/invoice/reimburse/updatestatusbatch`
//!
//! The same for several invoices of one user: all or none.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicereimburseupdatestatusbatch)

use super::StableToken;
use super::types::{Acknowledged, InvoiceItem, ReimburseStatus};
use fapiao_derive::Operation;

/// Updates the status of several invoices of one user, all of them or none. `INVOICE_REIMBURSE_CLOSURE` is for good.
#[derive(Clone, Default, Operation)]
#[call(
    post("update_status_batch", "/card/invoice/reimburse/updatestatusbatch"),
    number("account C18"),
    title("报销方批量更新发票状态"),
    page(
        "https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicereimburseupdatestatusbatch"
    ),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(Acknowledged)
)]
pub struct UpdateStatusBatch {
    /// The user: each card must be theirs (72037).
    #[field(sensitive)]
    pub openid: String,
    /// The new status.
    pub reimburse_status: ReimburseStatus,
    /// The cards.
    pub invoice_list: Vec<InvoiceItem>,
}

//! `POST /card/invoice/platform/updatestatus`
//!
//! What becomes of an inserted card.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_invoicekpupdatainvoicestatus)

use super::StableToken;
use super::types::{Acknowledged, ReimburseStatus};
use fapiao_derive::Operation;

/// Updates the status of a card that `insert` made; `INVOICE_REIMBURSE_CANCEL` after the invoice was reversed.
#[derive(Clone, Default, Operation)]
#[call(
    post("update_status", "/card/invoice/platform/updatestatus"),
    number("account C14"),
    title("更新发票卡券状态"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_invoicekpupdatainvoicestatus"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(Acknowledged)
)]
pub struct UpdateStatus {
    /// The template.
    pub card_id: String,
    /// The card's code from `insert`, not the invoice code (72038).
    #[field(sensitive)]
    pub code: String,
    /// The new status.
    pub reimburse_status: ReimburseStatus,
}

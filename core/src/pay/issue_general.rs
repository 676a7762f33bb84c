//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-general`
//!
//! Issues an invoice of general industries: service providers by the documents from 2025-09.
//! [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792574)

use super::digital::digital_issue;
use super::types::PayChannel;
use crate::codec::Fen;
use fapiao_derive::Fields;

digital_issue! {
    /// Issues one invoice; accepted with 202, the result comes later. A failed one is issued again under a **new** `fapiao_id`, at most four times.
    #[call(
        post("issue_general", "/v3/new-tax-control-fapiao/fapiao-applications/issue-general"),
        number("pay 13"),
        title("开具通用行业电子发票"),
        page("https://pay.weixin.qq.com/doc/v3/partner/4015792574")
    )]
    IssueGeneral,
    /// The invoice to issue.
    GeneralFapiao,
    /// One line to issue. A discount line follows the line it discounts and has a negative amount.
    GeneralLine(unit: String) {}
}

/// A payment an invoice is for; of WeChat Pay, one of its two numbers is needed.
#[derive(Clone, Default, Fields)]
#[check(AnyOf { fields: &["transaction_id", "out_trade_no"], field: "pay_channel", value: "WECHAT_PAY" })]
pub struct Transaction {
    /// How it was paid.
    pub pay_channel: PayChannel,
    /// The WeChat Pay order number.
    #[field(max(64))]
    pub transaction_id: Option<String>,
    /// The merchant's order number.
    #[field(max(64))]
    pub out_trade_no: Option<String>,
    /// Its amount.
    pub amount: Fen,
}

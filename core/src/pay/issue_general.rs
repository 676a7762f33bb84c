//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-general`
//!
//! Issues an invoice of general industries: service providers by the documents from 2025-09.
//! [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792574)

use super::types::{BuyerInformation, FapiaoBillType, PayChannel};
use fapiao_derive::{Fields, Operation};

/// Issues one invoice; accepted with 202, the result comes later. A failed one is issued again under a **new** `fapiao_id`, at most four times.
#[derive(Clone, Default, Operation)]
#[call(
    post("issue_general", "/v3/new-tax-control-fapiao/fapiao-applications/issue-general"),
    number("pay 13"),
    title("开具通用行业电子发票"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792574"),
    callers(SubMerchant),
    generations(Generations::G3),
    replay(Replay::SameIds { query: "query" }),
    supplied(sub_mchid(source(Source::SubMchid))),
    answer(Accepted)
)]
pub struct IssueGeneral {
    /// The order: the transaction id, or the number given to the title link.
    #[wire(id)]
    pub fapiao_apply_id: String,
    /// The buyer.
    pub buyer_information: BuyerInformation,
    /// The invoice.
    pub fapiao_information: GeneralFapiao,
}

/// The invoice to issue.
#[derive(Clone, Default, Fields)]
pub struct GeneralFapiao {
    /// The merchant's id of this invoice, never used before.
    #[wire(id)]
    pub fapiao_id: String,
    /// Sum of the lines, with tax.
    #[wire(fen)]
    pub total_amount: i64,
    /// The lines.
    pub items: Vec<GeneralLine>,
    /// Export business policy: 1 refund, 2 exemption, 3 taxed.
    pub export_business_policy_code: Option<i64>,
    /// Goods under immediate refund of value-added tax, 1 to 12.
    pub vat_refund_levy_code: Option<i64>,
    /// Id of the person who issues, from check-status.
    pub billing_person_id: String,
    /// That person's name.
    #[wire(private)]
    pub billing_person: Option<String>,
    /// What kind of invoice.
    pub fapiao_bill_type: FapiaoBillType,
    /// The payments it is for.
    pub transaction_information: Vec<Transaction>,
    /// Remark.
    pub remark: Option<String>,
}

/// One line to issue. A discount line follows the line it discounts and has a negative amount.
#[derive(Clone, Default, Fields)]
pub struct GeneralLine {
    /// Tax classification code (税收分类编码).
    pub tax_code: String,
    /// Name.
    pub goods_name: String,
    /// Specification.
    pub specification: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Quantity.
    #[wire(unit(Unit::HundredMillionth))]
    pub quantity: Option<i64>,
    /// Amount with tax; negative on a discount line.
    #[wire(fen, signed)]
    pub total_amount: i64,
    /// Tax rate.
    #[wire(unit(Unit::TenThousandth))]
    pub tax_rate: i64,
    /// Whether it is a discount line (折扣行).
    pub discount: bool,
    /// Preferential policy, 1 to 18.
    pub preferential_policy_code: Option<i64>,
}

/// A payment an invoice is for.
#[derive(Clone, Default, Fields)]
pub struct Transaction {
    /// How it was paid.
    pub pay_channel: PayChannel,
    /// The WeChat Pay order number.
    pub transaction_id: String,
    /// The merchant's order number.
    pub out_trade_no: Option<String>,
    /// Its amount.
    #[wire(fen)]
    pub amount: i64,
}

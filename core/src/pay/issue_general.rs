//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-general`
//!
//! Issues an invoice of general industries: service providers by the documents from 2025-09.
//! [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792574)

use super::Query;
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
    replay(Replay::SameIds(Evidence::new(Query::CALL, "fapiao_information", "fapiao_id", ShownBy::Presence))),
    supplied(sub_mchid(filled_by(FilledBy::SubMchid))),
    answer(Accepted)
)]
pub struct IssueGeneral {
    /// The order: the transaction id, or the number given to the title link.
    #[field(id)]
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
    #[field(id)]
    pub fapiao_id: String,
    /// Sum of the lines, with tax.
    #[field(fen)]
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
    #[field(sensitive)]
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
    /// Unit; not on a discount line.
    #[field(unwanted_if("discount", "true"))]
    pub unit: Option<String>,
    /// Quantity; not on a discount line.
    #[field(unit(Unit::HundredMillionth), unwanted_if("discount", "true"))]
    pub quantity: Option<i64>,
    /// Amount with tax; negative on a discount line.
    #[field(fen, signed, not_negative_if("discount", "false"))]
    pub total_amount: i64,
    /// Tax rate.
    #[field(unit(Unit::TenThousandth))]
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
    #[field(fen)]
    pub amount: i64,
}

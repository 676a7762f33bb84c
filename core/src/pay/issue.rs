//! `POST /v3/new-tax-control-fapiao/fapiao-applications`
//!
//! Issues block-chain or tax-control invoices: direct merchants, and service providers by the documents up to 2025-01.
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012538301)

use super::Query;
use crate::codec::{Fen, Quantity, Rate};
use super::types::{BuyerInformation, Scene, TaxPreferMark};
use fapiao_derive::{Fields, Operation};

/// Issues up to five invoices for one order and puts them into the payer's wallet; accepted with 202, the result comes later.
#[derive(Clone, Default, Operation)]
#[call(
    post("issue", "/v3/new-tax-control-fapiao/fapiao-applications"),
    number("pay 12"),
    title("开具电子发票"),
    page("https://pay.weixin.qq.com/doc/v3/merchant/4012538301"),
    callers(Direct, SubMerchant),
    generations(Generations::G1_G2),
    replay(Replay::SameIds(Evidence::new(Query::CALL, "fapiao_information", "fapiao_id", ShownBy::Presence))),
    supplied(sub_mchid(filled_by(FilledBy::SubMchid), only_in(Generations::G2))),
    answer(Accepted)
)]
pub struct Issue {
    /// How the order was paid.
    pub scene: Scene,
    /// The order: the transaction id, or the number given to the title link.
    #[field(id)]
    pub fapiao_apply_id: String,
    /// The buyer.
    pub buyer_information: BuyerInformation,
    /// The invoices, at most five.
    #[field(max(5))]
    pub fapiao_information: Vec<FapiaoToIssue>,
}

/// One invoice to issue.
#[derive(Clone, Default, Fields)]
#[check(
    TotalOf { total: "total_amount", list: "items", member: "total_amount" },
    Follows { list: "items", flag: "discount", same: &["tax_code"] }
)]
pub struct FapiaoToIssue {
    /// The merchant's id of this invoice, never used before.
    #[field(id)]
    pub fapiao_id: String,
    /// Sum of the lines, with tax.
    pub total_amount: Fen,
    /// Whether a list of goods (清单) is attached; never sent for block-chain invoices.
    pub need_list: Option<bool>,
    /// Remark.
    #[field(max(200))]
    pub remark: Option<String>,
    /// The lines, at most eight.
    #[field(max(8))]
    pub items: Vec<LineToIssue>,
}

/// One line to issue. A discount line follows the line it discounts and has a negative amount.
#[derive(Clone, Default, Fields)]
pub struct LineToIssue {
    /// Tax classification code (税收分类编码); a discount line has that of the line it discounts.
    #[field(max(32))]
    pub tax_code: String,
    /// Category; not for discount lines.
    #[field(max(128))]
    pub goods_category: Option<String>,
    /// Name; left out where `goods_id` names it, and on discount lines.
    #[field(max(128))]
    pub goods_name: Option<String>,
    /// Id from the merchant's configured list.
    pub goods_id: Option<i64>,
    /// Specification.
    #[field(max(20))]
    pub specification: Option<String>,
    /// Unit.
    #[field(max(20))]
    pub unit: Option<String>,
    /// Quantity; 100000000 where there is no notion of it.
    pub quantity: Quantity,
    /// Amount with tax; negative on a discount line.
    #[field(signed, positive_if("discount", "false"), negative_if("discount", "true"))]
    pub total_amount: Fen,
    /// Tax rate.
    pub tax_rate: Option<Rate>,
    /// Tax preference.
    pub tax_prefer_mark: Option<TaxPreferMark>,
    /// Whether it is a discount line (折扣行).
    pub discount: bool,
}

//! `POST /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/reverse`
//!
//! Reverses issued invoices. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792575)

use super::Query;
use fapiao_derive::{Fields, Operation};

/// Reverses invoices (冲红) that WeChat Pay issued, and takes their cards out of the payer's wallet; accepted with 202, the result comes
/// later. A failed reversal is sent again under the **same** `fapiao_id` with a new reason, five minutes later or more.
#[derive(Clone, Default, Operation)]
#[call(
    post("reverse", "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/reverse"),
    number("pay 18"),
    title("冲红电子发票"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792575"),
    callers(Direct, SubMerchant),
    replay(Replay::SameIds(Evidence::new(
        Query::CALL,
        "fapiao_information",
        "fapiao_id",
        // An invoice that still says ISSUED is there, but not reversed.
        ShownBy::Member("status", &["REVERSE_ACCEPTED", "REVERSED", "REVERSE_FAILED"])
    ))),
    supplied(sub_mchid(filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    answer(Accepted)
)]
pub struct Reverse {
    /// The application.
    #[field(path, id)]
    pub fapiao_apply_id: String,
    /// Why. Of digital invoices one of `ISSUE_ERROR`, `SALES_RETURN`, `SERVICE_SUSPENTION` (so the table spells it) and `SALES_DISCOUNT`.
    #[field(max(200))]
    pub reverse_reason: String,
    /// The invoices to reverse. Without them no query can tell afterwards what became of the call.
    pub fapiao_information: Option<Vec<FapiaoToReverse>>,
}

/// One invoice to reverse.
#[derive(Clone, Default, Fields)]
pub struct FapiaoToReverse {
    /// The merchant's id of it.
    #[field(id)]
    pub fapiao_id: String,
    /// Invoice code (发票代码); digital invoices have none.
    #[field(max(12), only_in(Generations::G1_G2), required_in(Generations::G1))]
    pub fapiao_code: Option<String>,
    /// Invoice number (发票号码).
    #[field(max(20))]
    pub fapiao_number: String,
}

//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-refined-oil`
//!
//! Issues an invoice for refined oil. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4016760559)

use super::digital::digital_issue;
use super::types::OilUnit;
use fapiao_derive::Fields;

digital_issue! {
    /// Issues one invoice for refined oil; accepted with 202, the result comes later. A failed one is issued again under a **new** `fapiao_id`, at most four times.
    #[call(
        post("issue_refined_oil", "/v3/new-tax-control-fapiao/fapiao-applications/issue-refined-oil"),
        number("pay 15"),
        title("开具成品油行业电子发票"),
        page("https://pay.weixin.qq.com/doc/v3/partner/4016760559")
    )]
    IssueRefinedOil,
    /// The invoice for refined oil.
    OilFapiao,
    /// One line of it. A discount line follows the line it discounts and has a negative amount.
    OilLine(unit: OilUnit) {
        /// Where and when it was filled up.
        pub refined_oil_information: Option<RefinedOilInformation>,
    }
}

/// One time of filling up.
#[derive(Clone, Default, Fields)]
pub struct RefinedOilInformation {
    /// Filling station.
    pub station: String,
    /// When, RFC 3339.
    #[field(time)]
    pub trade_time: String,
    /// Number of the nozzle (枪号).
    pub gun_number: String,
}

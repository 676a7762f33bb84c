//! `POST /v3/new-tax-control-fapiao/fapiao-applications/real-estate-leasing`
//!
//! Issues an invoice for the leasing of real estate. The path has no `issue-`, unlike those of the other trades.
//! [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015941740)

use super::digital::digital_issue;
use crate::secret::Personal;
use fapiao_derive::Fields;

digital_issue! {
    /// Issues one invoice for leased real estate; accepted with 202, the result comes later. A failed one is issued again under a **new** `fapiao_id`, at most four times.
    #[call(
        post("issue_real_estate_leasing", "/v3/new-tax-control-fapiao/fapiao-applications/real-estate-leasing"),
        number("pay 14"),
        title("开具不动产租赁行业电子发票"),
        page("https://pay.weixin.qq.com/doc/v3/partner/4015941740")
    )]
    IssueRealEstateLeasing,
    /// The invoice for leased real estate.
    RealEstateFapiao,
    /// One line of it. A discount line follows the line it discounts and has a negative amount.
    RealEstateLine(unit: String) {
        /// What is leased, and how long.
        pub real_estate_leasing_information: Option<RealEstateLeasingInformation>,
    }
}

/// Leased real estate.
#[derive(Clone, Default, Fields)]
pub struct RealEstateLeasingInformation {
    /// Province.
    pub province: String,
    /// City.
    pub city: Option<String>,
    /// Address.
    #[field(sensitive)]
    pub address: String,
    /// First day of the lease, RFC 3339.
    #[field(time)]
    pub lease_period_start: String,
    /// Last day of the lease, RFC 3339.
    #[field(time)]
    pub lease_period_end: String,
    /// Whether it goes beyond one city (跨地市标志).
    pub cross_city_flag: bool,
    /// Certificate number; travels encrypted.
    #[field(encrypted)]
    pub certificate_no: Option<Personal>,
    /// Number plates of vehicles.
    #[field(sensitive)]
    pub plate_no: Option<Vec<String>>,
}

//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-passenger-transport`
//!
//! Issues an invoice for the transport of passengers. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4025863376)

use super::digital::digital_issue;
use super::types::{CertificateType, TransportationClass, TransportationType};
use crate::secret::Personal;
use fapiao_derive::Fields;

digital_issue! {
    /// Issues one invoice for the transport of passengers; accepted with 202, the result comes later. A failed one is issued again under a **new** `fapiao_id`, at most four times.
    #[call(
        post("issue_passenger_transport", "/v3/new-tax-control-fapiao/fapiao-applications/issue-passenger-transport"),
        number("pay 16"),
        title("开具旅客运输行业电子发票"),
        page("https://pay.weixin.qq.com/doc/v3/partner/4025863376")
    )]
    IssuePassengerTransport,
    /// The invoice for the transport of passengers.
    PassengerFapiao,
    /// One line of it. Its tax code begins with 301; a discount line follows the line it discounts and has a negative amount.
    #[check(StartsWith { field: "tax_code", prefix: "301" })]
    PassengerLine(unit: String) {
        /// Who travelled, and where.
        pub passenger_information: Option<PassengerInformation>,
    }
}

/// A passenger's journey.
#[derive(Clone, Default, Fields)]
pub struct PassengerInformation {
    /// The passenger's name.
    #[field(max(20), sensitive)]
    pub name: String,
    /// What identifies the passenger.
    pub certificate_type: CertificateType,
    /// Its number; travels encrypted.
    #[field(encrypted)]
    pub certificate_number: Personal,
    /// When it began, RFC 3339.
    #[field(time)]
    pub departure_date: String,
    /// Where it began.
    #[field(max(80), sensitive)]
    pub departure_place: String,
    /// Where it ended.
    #[field(max(80), sensitive)]
    pub destination: String,
    /// By what.
    pub transportation_type: TransportationType,
    /// Cabin class; of ships, and only of them.
    #[field(required_if("transportation_type", "SHIP"), only_if("transportation_type", "SHIP"))]
    pub transportation_classes: Option<TransportationClass>,
}

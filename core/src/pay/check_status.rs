//! `GET /v3/new-tax-control-fapiao/merchant/{sub_mchid}/check-status`
//!
//! How far a sub-merchant is with invoicing: service providers by the documents from 2025-09.
//! [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792561)

use super::types::{AbilityStatus, DigitalTaxStatus, FapiaoAbilityType, ThirdModeStatus};
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Asks what a sub-merchant has opened, and who issues its invoices: the `billing_person_id` of the calls that issue.
#[derive(Clone, Default, Operation)]
#[call(
    get("check_status", "/v3/new-tax-control-fapiao/merchant/{sub_mchid}/check-status"),
    number("pay 5"),
    title("检查子商户开票功能状态"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792561"),
    callers(SubMerchant),
    generations(Generations::G3),
    supplied(sub_mchid(path, filled_by(FilledBy::SubMchid))),
    answer(CheckStatusAnswer)
)]
pub struct CheckStatus {}

/// What a sub-merchant has opened.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct CheckStatusAnswer {
    /// The sub-merchant.
    pub sub_mchid: String,
    /// Invoices of a platform of its own or of a third party.
    pub third_mode: Option<ThirdMode>,
    /// Digital invoices (数电) by Tencent.
    pub digital_tax_mode: Option<DigitalTaxMode>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Invoices of a platform of its own or of a third party.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct ThirdMode {
    /// Whether it is open.
    pub status: ThirdModeStatus,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Digital invoices by Tencent.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct DigitalTaxMode {
    /// How far it is.
    pub status: DigitalTaxStatus,
    /// Who issues. The sources show one object, or a list of them: it is always a list here.
    #[field(one_or_list)]
    pub billing_person_info: Option<Vec<BillingPerson>>,
    /// When it was opened, RFC 3339.
    #[field(time)]
    pub access_time: Option<String>,
    /// When it ends, RFC 3339.
    #[field(time)]
    pub expired_time: Option<String>,
    /// Why it could not be opened.
    pub access_fail_reason: Option<String>,
    /// For which trades.
    pub ability_info: Option<Vec<AbilityInfo>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Who issues.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct BillingPerson {
    /// The `billing_person_id` of the calls that issue.
    pub id: Option<String>,
    /// Name.
    #[field(sensitive)]
    pub name: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Whether a trade's invoices can be issued.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct AbilityInfo {
    /// Which trade.
    pub r#type: FapiaoAbilityType,
    /// How far it is.
    pub status: AbilityStatus,
    /// Why it was not authorised.
    pub authorize_fail_reason: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! What `setbizattr` sets and gets.

use crate::codec::Extra;
use fapiao_derive::Fields;

/// The fields of the authorisation page.
#[derive(Clone, Default, Fields)]
pub struct AuthField {
    /// What a person fills in.
    pub user_field: Option<UserFields>,
    /// What an organisation fills in.
    pub biz_field: Option<BusinessFields>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// What a person fills in. Each of the numbers is 1 for yes, 0 for no.
#[derive(Clone, Default, Fields)]
pub struct UserFields {
    /// Whether the title is shown.
    pub show_title: Option<i64>,
    /// Whether the telephone is shown.
    pub show_phone: Option<i64>,
    /// Whether the mail address is shown.
    pub show_email: Option<i64>,
    /// Whether the telephone is required; one source says that only `get_auth_field` has it.
    pub require_phone: Option<i64>,
    /// Whether the mail address is required; as `require_phone`.
    pub require_email: Option<i64>,
    /// Fields of the merchant's own.
    pub custom_field: Option<Vec<CustomField>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// What an organisation fills in. Each of the numbers is 1 for yes, 0 for no.
#[derive(Clone, Default, Fields)]
pub struct BusinessFields {
    /// Whether the title is shown.
    pub show_title: Option<i64>,
    /// Whether the taxpayer id is shown.
    pub show_tax_no: Option<i64>,
    /// Whether the address is shown.
    pub show_addr: Option<i64>,
    /// Whether the telephone is shown.
    pub show_phone: Option<i64>,
    /// Whether the bank is shown.
    pub show_bank_type: Option<i64>,
    /// Whether the bank account is shown.
    pub show_bank_no: Option<i64>,
    /// Whether the taxpayer id is required.
    pub require_tax_no: Option<i64>,
    /// Whether the address is required.
    pub require_addr: Option<i64>,
    /// Whether the telephone is required.
    pub require_phone: Option<i64>,
    /// Whether the bank is required.
    pub require_bank_type: Option<i64>,
    /// Whether the bank account is required.
    pub require_bank_no: Option<i64>,
    /// Fields of the merchant's own.
    pub custom_field: Option<Vec<CustomField>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// A field of the merchant's own.
#[derive(Clone, Default, Fields)]
pub struct CustomField {
    /// Its name.
    pub key: String,
    /// Whether it is required: 1 for yes, 0 for no.
    pub is_require: Option<i64>,
    /// A hint beside it.
    pub notice: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// A merchant number and the invoicing platform it is tied to.
#[derive(Clone, Default, Fields)]
pub struct PaymchInfo {
    /// The merchant number; its account should be the one that opens the page.
    pub mchid: String,
    /// Id of the invoicing platform.
    pub s_pappid: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Whom users reach.
#[derive(Clone, Default, Fields)]
pub struct Contact {
    /// Telephone.
    #[field(sensitive)]
    pub phone: String,
    /// Within what time an invoice is issued.
    #[field(unit(Unit::Seconds))]
    pub time_out: i64,
    /// Fields newer than this release.
    pub extra: Extra,
}

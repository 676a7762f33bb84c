//! What a user filled in on the authorisation page.

use crate::codec::Extra;
use fapiao_derive::Fields;

/// What the user filled in: one of the two.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct UserAuthInfo {
    /// A person's title.
    pub user_field: Option<UserTitle>,
    /// An organisation's title.
    pub biz_field: Option<BusinessTitle>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// A person's title.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct UserTitle {
    /// Title.
    #[field(sensitive)]
    pub title: Option<String>,
    /// Telephone.
    #[field(sensitive)]
    pub phone: Option<String>,
    /// Mail address.
    #[field(sensitive)]
    pub email: Option<String>,
    /// The merchant's own fields.
    pub custom_field: Option<Vec<CustomValue>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// An organisation's title.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct BusinessTitle {
    /// Title.
    #[field(sensitive)]
    pub title: Option<String>,
    /// Taxpayer id.
    #[field(sensitive)]
    pub tax_no: Option<String>,
    /// Address.
    #[field(sensitive)]
    pub addr: Option<String>,
    /// Telephone.
    #[field(sensitive)]
    pub phone: Option<String>,
    /// Bank.
    #[field(sensitive)]
    pub bank_type: Option<String>,
    /// Bank account.
    #[field(sensitive)]
    pub bank_no: Option<String>,
    /// The merchant's own fields.
    pub custom_field: Option<Vec<CustomValue>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// A field of the merchant's own, filled in.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct CustomValue {
    /// Its name.
    pub key: String,
    /// What was filled in.
    #[field(sensitive)]
    pub value: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

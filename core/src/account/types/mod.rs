//! Objects and values that several calls share.

mod attributes;
mod auth;
mod reimburse;
mod values;

pub use attributes::{AuthField, BusinessFields, Contact, CustomField, PaymchInfo, UserFields};
pub use auth::{BusinessTitle, CustomValue, UserAuthInfo, UserTitle};
pub use reimburse::{InvoiceItem, InvoiceUserInfo, ReimburseLine};
pub use values::{AuthSource, InvoiceAuthStatus, ReimburseStatus};

use crate::codec::Extra;
use fapiao_derive::Fields;

/// The gateway has done it, and has nothing to tell.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct Acknowledged {
    /// Fields newer than this release.
    pub extra: Extra,
}

//! Seller (销售方) and the people named on an invoice (附加信息).

use crate::codec::Extra;
use fapiao_derive::Fields;

/// The seller as the invoice names it.
#[derive(Clone, Default, Fields)]
pub struct SellerInformation {
    /// Name.
    pub name: String,
    /// Taxpayer id.
    pub taxpayer_id: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub telephone: Option<String>,
    /// Bank.
    pub bank_name: Option<String>,
    /// Bank account.
    pub bank_account: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// The people named on an invoice.
#[derive(Clone, Default, Fields)]
pub struct ExtraInformation {
    /// Payee (收款人).
    #[field(sensitive)]
    pub payee: Option<String>,
    /// Reviewer (复核人).
    #[field(sensitive)]
    pub reviewer: Option<String>,
    /// Drawer (开票人).
    #[field(usual_max(20), sensitive)]
    pub drawer: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

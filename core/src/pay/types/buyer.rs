//! Buyer information (购买方信息), the invoice title.

use super::values::{BuyerType, FapiaoBillType};
use crate::codec::{Extra, Fen};
use crate::secret::Personal;
use fapiao_derive::Fields;

/// The buyer as the invoice names it.
#[derive(Clone, Default, Fields)]
pub struct BuyerInformation {
    /// Person or organisation.
    pub r#type: BuyerType,
    /// Name.
    #[field(max(256), sensitive)]
    pub name: String,
    /// Taxpayer id; required of an organisation.
    #[field(max(32), required_if("type", "ORGANIZATION"), sensitive)]
    pub taxpayer_id: Option<String>,
    /// Address.
    #[field(max(128), sensitive)]
    pub address: Option<String>,
    /// Telephone, as printed on the invoice.
    #[field(max(32), sensitive)]
    pub telephone: Option<String>,
    /// Bank.
    #[field(max(128), sensitive)]
    pub bank_name: Option<String>,
    /// Bank account.
    #[field(max(32), sensitive)]
    pub bank_account: Option<String>,
    /// Mobile phone; travels encrypted.
    #[field(encrypted)]
    pub phone: Option<Personal>,
    /// Mail address; travels encrypted.
    #[field(encrypted)]
    pub email: Option<Personal>,
    /// Order amount.
    #[field(only_in(Generations::G3))]
    pub amount: Option<Fen>,
    /// The merchant's order number.
    #[field(only_in(Generations::G3))]
    pub out_trade_no: Option<String>,
    /// What kind of invoice the payer asked for.
    #[field(only_in(Generations::G3))]
    pub fapiao_bill_type: Option<FapiaoBillType>,
    /// The payer's message to the seller.
    #[field(only_in(Generations::G3), sensitive)]
    pub user_apply_message: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

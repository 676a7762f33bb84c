//! Buyer information (购买方信息), the invoice title.

use super::values::{BuyerType, FapiaoBillType};
use crate::secret::Personal;
use crate::wire::Extra;
use fapiao_derive::Fields;

/// The buyer as the invoice names it.
#[derive(Clone, Default, Fields)]
pub struct BuyerInformation {
    /// Person or organisation.
    pub r#type: BuyerType,
    /// Name.
    #[wire(max(256), private)]
    pub name: String,
    /// Taxpayer id; required of an organisation.
    #[wire(max(32), required_if("type", "ORGANIZATION"), private)]
    pub taxpayer_id: Option<String>,
    /// Address.
    #[wire(max(128), private)]
    pub address: Option<String>,
    /// Telephone, as printed on the invoice.
    #[wire(max(32), private)]
    pub telephone: Option<String>,
    /// Bank.
    #[wire(max(128), private)]
    pub bank_name: Option<String>,
    /// Bank account.
    #[wire(max(32), private)]
    pub bank_account: Option<String>,
    /// Mobile phone; travels sealed.
    #[wire(sealed)]
    pub phone: Option<Personal>,
    /// Mail address; travels sealed.
    #[wire(sealed)]
    pub email: Option<Personal>,
    /// Order amount.
    #[wire(fen, only_in(Generations::G3))]
    pub amount: Option<i64>,
    /// The merchant's order number.
    #[wire(only_in(Generations::G3))]
    pub out_trade_no: Option<String>,
    /// What kind of invoice the payer asked for.
    #[wire(only_in(Generations::G3))]
    pub fapiao_bill_type: Option<FapiaoBillType>,
    /// The payer's message to the seller.
    #[wire(only_in(Generations::G3), private)]
    pub user_apply_message: Option<String>,
    /// What no table knows.
    pub extra: Extra,
}

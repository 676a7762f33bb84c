//! An invoice line as it is answered, and as it is inserted where the invoice was issued elsewhere.

use super::values::TaxPreferMark;
use crate::codec::{Extra, Fen, Quantity, Rate, UnitPrice};
use fapiao_derive::Fields;

/// One line of an issued invoice. A discount line follows the line it discounts and has negative amounts.
#[derive(Clone, Default, Fields)]
pub struct FapiaoLine {
    /// Tax classification code (税收分类编码), 19 digits.
    #[field(max(32))]
    pub tax_code: String,
    /// Goods or service.
    #[field(max(128))]
    pub goods_name: String,
    /// Specification.
    #[field(max(20))]
    pub specification: Option<String>,
    /// Unit.
    #[field(max(20))]
    pub unit: Option<String>,
    /// Quantity.
    pub quantity: Quantity,
    /// Price of one unit.
    #[field(signed)]
    pub unit_price: UnitPrice,
    /// Amount without tax.
    #[field(signed, not_negative_if("discount", "false"), negative_if("discount", "true"))]
    pub amount: Fen,
    /// Tax.
    #[field(signed, not_negative_if("discount", "false"))]
    pub tax_amount: Fen,
    /// Amount with tax.
    #[field(signed, positive_if("discount", "false"), negative_if("discount", "true"))]
    pub total_amount: Fen,
    /// Tax rate.
    pub tax_rate: Rate,
    /// Tax preference.
    pub tax_prefer_mark: TaxPreferMark,
    /// Whether it is a discount line (折扣行).
    pub discount: bool,
    /// Fields newer than this release.
    pub extra: Extra,
}

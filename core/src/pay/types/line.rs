//! An invoice line as it is answered, and as it is inserted where the invoice was issued elsewhere.

use super::values::TaxPreferMark;
use crate::codec::Extra;
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
    #[field(unit(Unit::HundredMillionth))]
    pub quantity: i64,
    /// Price of one unit.
    #[field(unit(Unit::MillionthFen), signed)]
    pub unit_price: i64,
    /// Amount without tax.
    #[field(fen, signed, not_negative_if("discount", "false"), negative_if("discount", "true"))]
    pub amount: i64,
    /// Tax.
    #[field(fen, signed, not_negative_if("discount", "false"))]
    pub tax_amount: i64,
    /// Amount with tax.
    #[field(fen, signed, positive_if("discount", "false"), negative_if("discount", "true"))]
    pub total_amount: i64,
    /// Tax rate.
    #[field(unit(Unit::TenThousandth))]
    pub tax_rate: i64,
    /// Tax preference.
    pub tax_prefer_mark: TaxPreferMark,
    /// Whether it is a discount line (折扣行).
    pub discount: bool,
    /// Fields newer than this release.
    pub extra: Extra,
}

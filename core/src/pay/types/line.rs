//! An invoice line as it is answered.

use super::values::TaxPreferMark;
use crate::codec::Extra;
use fapiao_derive::Fields;

/// One line of an issued invoice. A discount line follows the line it discounts and has negative amounts.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct FapiaoLine {
    /// Tax classification code (税收分类编码), 19 digits.
    pub tax_code: String,
    /// Goods or service.
    pub goods_name: String,
    /// Specification.
    pub specification: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Quantity.
    #[field(unit(Unit::HundredMillionth))]
    pub quantity: i64,
    /// Price of one unit.
    #[field(unit(Unit::MillionthFen), signed)]
    pub unit_price: i64,
    /// Amount without tax.
    #[field(fen, signed)]
    pub amount: i64,
    /// Tax.
    #[field(fen, signed)]
    pub tax_amount: i64,
    /// Amount with tax.
    #[field(fen, signed)]
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

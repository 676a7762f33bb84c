//! Cards that users hand in for reimbursement.

use super::ReimburseStatus;
use crate::codec::{Decimal, Digits, Extra, Fen};
use fapiao_derive::Fields;

/// A card that a user chose.
#[derive(Clone, Default, Fields)]
pub struct InvoiceItem {
    /// The template, from the page's chooseInvoice.
    pub card_id: String,
    /// The encrypted code from chooseInvoice, exactly as it came.
    #[field(sensitive)]
    pub encrypt_code: String,
}

/// The invoice that a card stands for. Digital invoices (数电) have neither code nor check code.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct InvoiceUserInfo {
    /// Amount with tax.
    pub fee: Fen,
    /// Title: the buyer's name.
    #[field(sensitive)]
    pub title: String,
    /// When it was issued, in seconds since 1970.
    #[field(unit(Unit::Seconds))]
    pub billing_time: i64,
    /// Invoice number (发票号码).
    pub billing_no: Digits,
    /// Invoice code (发票代码).
    pub billing_code: Option<Digits>,
    /// The lines.
    pub info: Option<Vec<ReimburseLine>>,
    /// Amount without tax.
    pub fee_without_tax: Option<Fen>,
    /// Tax.
    pub tax: Option<Fen>,
    /// Link of the PDF.
    #[field(sensitive)]
    pub pdf_url: Option<String>,
    /// Link of the PDF of the trips.
    #[field(sensitive)]
    pub trip_pdf_url: Option<String>,
    /// The same under the name that the official page prints: read both.
    #[field(sensitive)]
    pub trip_pdf_ur: Option<String>,
    /// How far it is in reimbursement.
    pub reimburse_status: ReimburseStatus,
    /// The order.
    pub order_id: Option<String>,
    /// Check code (校验码).
    #[field(sensitive)]
    pub check_code: Option<String>,
    /// Taxpayer id of the buyer.
    #[field(sensitive)]
    pub buyer_number: Option<String>,
    /// Address and telephone of the buyer.
    #[field(sensitive)]
    pub buyer_address_and_phone: Option<String>,
    /// Bank and account of the buyer.
    #[field(sensitive)]
    pub buyer_bank_account: Option<String>,
    /// Taxpayer id of the seller.
    pub seller_number: Option<String>,
    /// Address and telephone of the seller.
    pub seller_address_and_phone: Option<String>,
    /// Bank and account of the seller.
    pub seller_bank_account: Option<String>,
    /// Remark.
    pub remarks: Option<String>,
    /// Payee (收款人).
    #[field(sensitive)]
    pub cashier: Option<String>,
    /// Drawer (开票人).
    #[field(sensitive)]
    pub maker: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// One line of the invoice.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct ReimburseLine {
    /// Goods or service.
    pub name: Option<String>,
    /// Quantity.
    pub num: Option<Decimal>,
    /// Unit.
    pub unit: Option<String>,
    /// Price of one unit.
    #[field(signed)]
    pub price: Option<Fen>,
    /// Fields newer than this release.
    pub extra: Extra,
}

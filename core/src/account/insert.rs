//! `POST /card/invoice/insert`
//!
//! Puts an issued invoice into the user's wallet.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_insertinvoice)

use super::StableToken;
use crate::codec::{Decimal, Digits, Extra, Fen};
use fapiao_derive::{Fields, Operation};

/// Inserts an invoice into the wallet of the user who authorised the order, with the token of the platform whose `s_pappid` the link had. One order, one invoice: a second insert under its `order_id` is refused (72056), also after a cancel.
#[derive(Clone, Default, Operation)]
#[call(
    post("insert", "/card/invoice/insert"),
    number("account C13"),
    title("将电子发票卡券插入用户卡包"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_insertinvoice"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(InsertAnswer)
)]
pub struct Insert {
    /// The order, as it was authorised.
    pub order_id: String,
    /// The template from `create_card`.
    pub card_id: String,
    /// The appid the order was authorised with: the merchant's, not the `s_pappid` (72031).
    pub appid: String,
    /// The card.
    pub card_ext: CardExt,
}

/// The card to insert.
#[derive(Clone, Default, Fields)]
pub struct CardExt {
    /// Random text against duplicates.
    pub nonce_str: String,
    /// What stands on the card.
    pub user_card: UserCard,
}

/// What stands on the card.
#[derive(Clone, Default, Fields)]
pub struct UserCard {
    /// The invoice.
    pub invoice_user_data: InvoiceUserData,
}

/// The invoice as it was issued; number and code must be those of the PDF (72047).
#[derive(Clone, Default, Fields)]
pub struct InvoiceUserData {
    /// Amount with tax.
    pub fee: Fen,
    /// Title: the buyer's name.
    #[field(sensitive)]
    pub title: String,
    /// When it was issued, in seconds since 1970.
    #[field(unit(Unit::Seconds))]
    pub billing_time: i64,
    /// Invoice number (发票号码); of a digital invoice all 20 digits.
    pub billing_no: String,
    /// Invoice code (发票代码); empty of a digital invoice.
    #[field(may_be_empty)]
    pub billing_code: String,
    /// The lines.
    pub info: Option<Vec<InvoiceUserLine>>,
    /// Amount without tax.
    pub fee_without_tax: Fen,
    /// Tax.
    pub tax: Fen,
    /// The PDF from `set_pdf`.
    pub s_pdf_media_id: Digits,
    /// The PDF of the trips, from `set_pdf`.
    pub s_trip_pdf_media_id: Option<Digits>,
    /// Check code (校验码); empty of a digital invoice.
    #[field(may_be_empty, sensitive)]
    pub check_code: String,
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
}

/// One line of the invoice.
#[derive(Clone, Default, Fields)]
pub struct InvoiceUserLine {
    /// Goods or service.
    pub name: Option<String>,
    /// Quantity.
    pub num: Option<Decimal>,
    /// Unit.
    pub unit: Option<String>,
    /// Price of one unit.
    #[field(signed)]
    pub price: Option<Fen>,
}

/// The card in the user's wallet.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct InsertAnswer {
    /// Its code, for `update_status`.
    #[field(sensitive)]
    pub code: String,
    /// The user's openid.
    #[field(sensitive)]
    pub openid: String,
    /// The user's unionid.
    #[field(sensitive)]
    pub unionid: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

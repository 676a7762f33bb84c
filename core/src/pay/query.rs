//! `GET /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}`
//!
//! How far the invoices of an application are. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792567)

use super::types::{BuyerInformation, CardStatus, ExtraInformation, FapiaoLine, FapiaoStatus, SellerInformation};
use crate::codec::{Extra, Fen};
use fapiao_derive::{Fields, Operation};

/// Queries the invoices of an application.
#[derive(Clone, Default, Operation)]
#[call(
    get("query", "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}"),
    number("pay 17"),
    title("查询电子发票"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792567"),
    callers(Direct, SubMerchant),
    supplied(sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    echoes("fapiao_information", "fapiao_id"),
    answer(QueryAnswer)
)]
pub struct Query {
    /// The application.
    #[field(path, id)]
    pub fapiao_apply_id: String,
    /// One of its invoices; all of them where it is left out.
    #[field(query, id)]
    pub fapiao_id: Option<String>,
}

/// The invoices of an application.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct QueryAnswer {
    /// How many there are.
    pub total_count: i64,
    /// The invoices.
    pub fapiao_information: Option<Vec<Fapiao>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// One invoice.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct Fapiao {
    /// The merchant's id of it.
    pub fapiao_id: String,
    /// How far it is.
    pub status: FapiaoStatus,
    /// The invoice issued.
    pub blue_fapiao: Option<FapiaoNumber>,
    /// The invoice that reversed it.
    pub red_fapiao: Option<FapiaoNumber>,
    /// The card in the payer's wallet.
    pub card_information: Option<CardInformation>,
    /// Amount with tax.
    pub total_amount: Fen,
    /// Tax.
    pub tax_amount: Fen,
    /// Amount without tax.
    pub amount: Fen,
    /// The seller.
    pub seller_information: SellerInformation,
    /// The buyer.
    pub buyer_information: BuyerInformation,
    /// The people named on it.
    pub extra_information: ExtraInformation,
    /// The lines.
    pub items: Vec<FapiaoLine>,
    /// Remark.
    pub remark: Option<String>,
    /// Why issuing or reversing failed, as a code.
    pub fapiao_error_code: Option<String>,
    /// Why issuing or reversing failed, in words.
    pub fapiao_error_message: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// How the tax office numbers an invoice. Digital invoices (数电) have a number of 20 digits and neither code nor check code.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct FapiaoNumber {
    /// Invoice code (发票代码).
    pub fapiao_code: Option<String>,
    /// Invoice number (发票号码).
    pub fapiao_number: Option<String>,
    /// Check code (校验码).
    #[field(sensitive)]
    pub check_code: Option<String>,
    /// Cipher text printed on it (密码区).
    #[field(sensitive)]
    pub password: Option<String>,
    /// When it was issued, RFC 3339.
    #[field(time)]
    pub fapiao_time: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// The card in the payer's wallet.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct CardInformation {
    /// Appid of the account whose card it is.
    pub card_appid: String,
    /// The payer's openid under that appid.
    #[field(sensitive)]
    pub card_openid: String,
    /// Card template.
    pub card_id: Option<String>,
    /// Card code.
    #[field(sensitive)]
    pub card_code: Option<String>,
    /// How far it is.
    pub card_status: CardStatus,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/insert-cards`
//!
//! Puts invoices issued elsewhere into the payer's wallet. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792579)

use super::Query;
use super::types::{BuyerInformation, ExtraInformation, FapiaoLine, Scene, SellerInformation};
use crate::codec::Fen;
use fapiao_derive::{Fields, Operation};

/// Puts up to five invoices into the payer's wallet, once for an order; accepted with 202, the result comes later. Where the order was
/// paid elsewhere, the payer has agreed to it by filling in the title. No document says how the query shows these invoices, so it proves
/// nothing of this call; the same call may be sent again.
#[derive(Clone, Default, Operation)]
#[call(
    post("insert_cards", "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/insert-cards"),
    number("pay 22"),
    title("将电子发票插入微信用户卡包"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792579"),
    callers(Direct, SubMerchant),
    // The payload names no `fapiao_id`: what the query answers decides nothing.
    replay(Replay::SameIds(Evidence::new(Query::CALL, "fapiao_information", "fapiao_id", ShownBy::Presence))),
    supplied(sub_mchid(filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    answer(Accepted)
)]
pub struct InsertCards {
    /// The order: the transaction id, or the number given to the title link.
    #[field(path, id)]
    pub fapiao_apply_id: String,
    /// How the order was paid.
    pub scene: Scene,
    /// The buyer.
    pub buyer_information: BuyerInformation,
    /// The invoices, at most five.
    #[field(max(5))]
    pub fapiao_card_information: Vec<FapiaoCard>,
}

/// One invoice. Digital invoices (数电) have a number of 20 digits and neither code nor check code nor cipher text: these three are left out.
#[derive(Clone, Default, Fields)]
#[check(Follows { list: "items", flag: "discount", same: &[] })]
pub struct FapiaoCard {
    /// Id of the uploaded file, valid for three days.
    #[field(max(128))]
    pub fapiao_media_id: String,
    /// Invoice number (发票号码).
    #[field(usual_max(20))]
    pub fapiao_number: String,
    /// When it was issued, RFC 3339.
    #[field(time)]
    pub fapiao_time: String,
    /// Invoice code (发票代码).
    #[field(usual_max(12), warn_without("a card may never appear although the call is accepted: go by what query shows"))]
    pub fapiao_code: Option<String>,
    /// Check code (校验码).
    #[field(usual_max(20), sensitive)]
    pub check_code: Option<String>,
    /// Cipher text printed on it (密码区).
    #[field(usual_max(1024), sensitive)]
    pub password: Option<String>,
    /// Amount with tax.
    pub total_amount: Fen,
    /// Tax.
    pub tax_amount: Fen,
    /// Amount without tax.
    pub amount: Fen,
    /// The seller.
    pub seller_information: SellerInformation,
    /// The people named on it.
    pub extra_information: ExtraInformation,
    /// The lines.
    pub items: Option<Vec<FapiaoLine>>,
    /// Remark.
    pub remark: Option<String>,
}

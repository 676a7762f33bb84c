//! `GET /v3/new-tax-control-fapiao/user-title/title-url`
//!
//! The link under which a payer fills in the invoice title. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015770776)

use super::types::TitleSource;
use crate::codec::{Extra, Fen};
use fapiao_derive::{Fields, Operation};

/// Gets the link under which the payer fills in the title; it is valid for 30 minutes.
#[derive(Clone, Default, Operation)]
#[call(
    get("title_url", "/v3/new-tax-control-fapiao/user-title/title-url"),
    number("pay 8"),
    title("获取抬头填写链接"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015770776"),
    callers(Direct, SubMerchant),
    supplied(sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    answer(TitleUrlAnswer)
)]
pub struct TitleUrl {
    /// The WeChat Pay order number, or the merchant's own number for an order paid elsewhere.
    #[field(query, id)]
    pub fapiao_apply_id: String,
    /// Where the link is opened.
    #[field(query)]
    pub source: TitleSource,
    /// Appid of the service account (`WEB`) or of the mini program (`MINIPROGRAM`).
    #[field(query, max(32))]
    pub appid: String,
    /// The payer's openid under that appid.
    #[field(query, max(32), sensitive)]
    pub openid: String,
    /// Order amount; the invoices issued later may not exceed it.
    #[field(query)]
    pub total_amount: Fen,
    /// Seller name; the merchant's name where it is left out.
    #[field(query, max(32))]
    pub seller_name: Option<String>,
    /// Whether the phone field is shown.
    #[field(query)]
    pub show_phone_cell: Option<bool>,
    /// Whether the phone must be filled in; only with `show_phone_cell`.
    #[field(query)]
    pub must_input_phone: Option<bool>,
    /// Whether the mail field is shown.
    #[field(query)]
    pub show_email_cell: Option<bool>,
    /// Whether the mail must be filled in; only with `show_email_cell`.
    #[field(query)]
    pub must_input_email: Option<bool>,
}

/// The link, in the form the source opens.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct TitleUrlAnswer {
    /// The link (`WEB`).
    #[field(sensitive)]
    pub title_url: Option<String>,
    /// Appid of the mini program to open (`MINIPROGRAM`).
    pub miniprogram_appid: Option<String>,
    /// Its path (`MINIPROGRAM`).
    #[field(sensitive)]
    pub miniprogram_path: Option<String>,
    /// Its original id (`MINIPROGRAM`).
    pub miniprogram_user_name: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `POST /card/invoice/biz/getselecttitleurl`
//!
//! A link under which users choose a title for a merchant.
//! [Official page](https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/Quick_issuing/Interface_Instructions.html)

use super::StableToken;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the link, to be shown as a QR code, under which a user chooses a title for the merchant; the title comes as an event.
#[derive(Clone, Default, Operation)]
#[call(
    post("get_select_title_url", "/card/invoice/biz/getselecttitleurl"),
    number("account C20"),
    title("获取商户专属二维码"),
    page(
        "https://developers.weixin.qq.com/doc/service/guide/product/weixin_invoice/Quick_issuing/Interface_Instructions.html"
    ),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(GetSelectTitleUrlAnswer)
)]
pub struct GetSelectTitleUrl {
    /// Text that the event gives back.
    pub attach: Option<String>,
    /// Name of the merchant.
    pub biz_name: Option<String>,
}

/// The link.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct GetSelectTitleUrlAnswer {
    /// The link.
    #[field(sensitive)]
    pub url: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

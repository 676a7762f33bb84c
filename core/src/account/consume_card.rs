//! `POST /card/code/consume`
//!
//! Takes the card of a WeChat Pay invoice out of the wallet.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/Cards_and_Offer/Redeeming_a_coupon_voucher_or_card.html)

use super::StableToken;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Takes the card of a WeChat Pay invoice out of the wallet, with the token of the account whose template it is (`card_appid`); no red invoice is made by it. After a lost answer ask `query` of WeChat Pay first.
#[derive(Clone, Default, Operation)]
#[call(
    post("consume_card", "/card/code/consume"),
    number("account C22"),
    title("核销卡券"),
    page("https://developers.weixin.qq.com/doc/offiaccount/Cards_and_Offer/Redeeming_a_coupon_voucher_or_card.html"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(ConsumeCardAnswer)
)]
pub struct ConsumeCard {
    /// The card's code: `card_code` from `query`.
    #[field(max(20), sensitive)]
    pub code: String,
    /// The template: `card_id` from `query`.
    #[field(max(32))]
    pub card_id: Option<String>,
}

/// The card that was taken out.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct ConsumeCardAnswer {
    /// Its template.
    pub card: Option<ConsumedCard>,
    /// The user's openid.
    #[field(sensitive)]
    pub openid: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// The template of a card that was taken out.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct ConsumedCard {
    /// The template.
    pub card_id: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}

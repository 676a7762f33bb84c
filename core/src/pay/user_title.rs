//! `GET /v3/new-tax-control-fapiao/user-title`
//!
//! The title a payer filled in. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015784260)

use super::types::{BuyerInformation, Scene};
use fapiao_derive::Operation;

/// Gets the invoice title that the payer filled in. Before that, the application is not found.
#[derive(Clone, Default, Operation)]
#[call(
    get("user_title", "/v3/new-tax-control-fapiao/user-title"),
    number("pay 9"),
    title("获取用户填写的抬头"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015784260"),
    callers(Direct, SubMerchant),
    supplied(sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    answer(BuyerInformation)
)]
pub struct UserTitle {
    /// How the order was paid.
    #[field(query)]
    pub scene: Scene,
    /// The order: the transaction id, or the number given to the title link.
    #[field(query, id)]
    pub fapiao_apply_id: String,
}

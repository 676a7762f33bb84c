//! `GET /v3/new-tax-control-fapiao/merchant/base-information`
//!
//! What a merchant's invoices name. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012538180)

use super::types::{ExtraInformation, SellerInformation};
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Asks for the seller and the people that a merchant's invoices name. Direct merchants have met `NO_AUTH` although the documents offer them the call.
#[derive(Clone, Default, Operation)]
#[call(
    get("base_information", "/v3/new-tax-control-fapiao/merchant/base-information"),
    number("pay 10"),
    title("获取商户开票基础信息"),
    page("https://pay.weixin.qq.com/doc/v3/merchant/4012538180"),
    callers(Direct, SubMerchant),
    generations(Generations::G1_G2),
    supplied(sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2))),
    answer(BaseInformationAnswer)
)]
pub struct BaseInformation {}

/// What a merchant's invoices name.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct BaseInformationAnswer {
    /// The seller.
    pub seller_information: SellerInformation,
    /// The people.
    pub extra_information: ExtraInformation,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `GET /v3/new-tax-control-fapiao/fapiaomerchant/getspinviteurl`
//!
//! A link that invites a merchant to open invoicing with the provider. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015941495)

use super::types::{FapiaoAbilityType, FapiaoMode, OperationType};
use crate::codec::Extra;
use crate::secret::Personal;
use fapiao_derive::{Fields, Operation};

/// Gets the link under which a merchant opens invoicing and authorises the provider; made as a sub-merchant, the link is for that one.
#[derive(Clone, Default, Operation)]
#[call(
    get("sp_invite_url", "/v3/new-tax-control-fapiao/fapiaomerchant/getspinviteurl"),
    number("pay 6"),
    title("获取开通服务商电子发票能力邀请链接"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015941495"),
    callers(Partner, SubMerchant),
    generations(Generations::G3),
    supplied_after(sub_mchid(query, filled_by(FilledBy::SubMchid))),
    answer(SpInviteUrlAnswer)
)]
pub struct SpInviteUrl {
    /// What the merchant is invited to.
    #[field(query)]
    pub operation_type: OperationType,
    /// How invoices are to be issued.
    #[field(query)]
    pub fapiao_mode: Vec<FapiaoMode>,
    /// For which trades; needed for digital invoices by Tencent.
    #[field(query, required_if("fapiao_mode", "TENCENT_DIGITAL_TAX"))]
    pub fapiao_ability_type_list: Option<Vec<FapiaoAbilityType>>,
    /// The provider's own name of the way the invitation goes.
    #[field(query)]
    pub invite_channel: Option<String>,
    /// Who invites; travels encrypted.
    #[field(query, encrypted)]
    pub operate_user: Option<Personal>,
    /// The provider's own id of the invitation, never used before.
    #[field(query, max(128))]
    pub invite_code: String,
}

/// The link, as the path of a mini program.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct SpInviteUrlAnswer {
    /// The link.
    #[field(sensitive)]
    pub invite_url: String,
    /// Appid of the mini program to open.
    pub miniprogram_appid: String,
    /// Its path.
    #[field(sensitive)]
    pub miniprogram_path: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

//! `PATCH /v3/new-tax-control-fapiao/merchant/development-config`
//!
//! Where callbacks go, and two switches. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792563)

use super::DevelopmentConfigAnswer;
use fapiao_derive::Operation;

/// Sets where all callbacks of e-fapiao go, and what payers are shown. A provider without a sub-merchant sets its own by the documents up to 2025-01.
#[derive(Clone, Default, Operation)]
#[call(
    patch("update_development_config", "/v3/new-tax-control-fapiao/merchant/development-config"),
    number("pay 2"),
    title("配置开发选项"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792563"),
    callers(Direct, Partner, SubMerchant),
    // Not `sub_mchid` here: the official name is another one.
    supplied_after(sub_mch_code(filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    answer(DevelopmentConfigAnswer)
)]
pub struct UpdateDevelopmentConfig {
    /// Where callbacks go.
    #[field(max(256))]
    pub callback_url: Option<String>,
    /// Whether all bills show the entrance to invoices.
    pub show_fapiao_cell: Option<bool>,
    /// Whether the title page offers special invoices (专票).
    #[field(only_in(Generations::G3))]
    pub support_vat_fapiao: Option<bool>,
}

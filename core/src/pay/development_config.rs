//! `GET /v3/new-tax-control-fapiao/merchant/development-config`
//!
//! Where callbacks go, and two switches. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012529526)

use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Asks what `update_development_config` set. No document says how a provider asks for a sub-merchant's.
#[derive(Clone, Default, Operation)]
#[call(
    get("development_config", "/v3/new-tax-control-fapiao/merchant/development-config"),
    number("pay 3"),
    title("查询商户配置的开发选项"),
    page("https://pay.weixin.qq.com/doc/v3/merchant/4012529526"),
    callers(Direct, Partner),
    generations(Generations::G1_G2),
    answer(DevelopmentConfigAnswer)
)]
pub struct DevelopmentConfig {}

/// What is configured.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct DevelopmentConfigAnswer {
    /// Where callbacks go.
    pub callback_url: String,
    /// Whether all bills show the entrance to invoices.
    pub show_fapiao_cell: Option<bool>,
    /// Whether the title page offers special invoices (专票).
    pub support_vat_fapiao: Option<bool>,
    /// Fields newer than this release.
    pub extra: Extra,
}

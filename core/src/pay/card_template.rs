//! `POST /v3/new-tax-control-fapiao/card-template`
//!
//! The look of the card that an invoice becomes. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792562)

use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Makes the template of the cards in payers' wallets; it replaces the one before. Nothing can be issued without one.
#[derive(Clone, Default, Operation)]
#[call(
    post("card_template", "/v3/new-tax-control-fapiao/card-template"),
    number("pay 1"),
    title("创建电子发票卡券模板"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792562"),
    callers(Direct, SubMerchant),
    replay(Replay::Never(None)),
    supplied(sub_mchid(filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    answer(CardTemplateAnswer)
)]
pub struct CardTemplate {
    /// Appid of the service account that inserts the cards; bound to the merchant or its provider.
    #[field(max(32))]
    pub card_appid: String,
    /// The template.
    pub card_template_information: CardTemplateInformation,
}

/// How the card looks.
#[derive(Clone, Default, Fields)]
pub struct CardTemplateInformation {
    /// Payee; the merchant's name where it is left out.
    #[field(max(32))]
    pub payee_name: Option<String>,
    /// URL of the logo, from the permanent material of that account.
    #[field(max(1024))]
    pub logo_url: String,
    /// A cell of its own.
    pub custom_cell: Option<CustomCell>,
}

/// A cell of the card that leads somewhere.
#[derive(Clone, Default, Fields)]
pub struct CustomCell {
    /// Its text.
    pub words: String,
    /// The text to its right.
    pub description: String,
    /// Where it leads; `encrypt_code` and `card_id` are appended.
    pub jump_url: Option<String>,
    /// The mini program it leads to, `gh_…@app`.
    pub miniprogram_user_name: Option<String>,
    /// Its path.
    pub miniprogram_path: Option<String>,
}

/// The template as the gateway keeps it.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct CardTemplateAnswer {
    /// Appid of the service account.
    pub card_appid: String,
    /// Its id.
    pub card_id: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

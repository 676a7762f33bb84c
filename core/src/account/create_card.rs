//! `POST /card/invoice/platform/createcard`
//!
//! A template for the invoice cards of one payee.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_invoiceplatformcreatecard)

use super::StableToken;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Creates a card template. Inserting too soon after it answers 40078: wait a few seconds.
#[derive(Clone, Default, Operation)]
#[call(
    post("create_card", "/card/invoice/platform/createcard"),
    number("account C10"),
    title("创建发票卡券模板"),
    page("https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_invoiceplatformcreatecard"),
    system(System::Account),
    callers(Account),
    token_from(StableToken::CALL),
    replay(Replay::Never(None)),
    supplied(access_token(query, filled_by(FilledBy::AccessToken))),
    answer(CreateCardAnswer)
)]
pub struct CreateCard {
    /// The template.
    pub invoice_info: InvoiceTemplate,
}

/// A template of invoice cards.
#[derive(Clone, Default, Fields)]
pub struct InvoiceTemplate {
    /// How the card looks.
    pub base_info: TemplateBase,
    /// Full name of the payee (收款方).
    pub payee: String,
    /// What kind of invoice, in words, such as 广东省增值税普通发票.
    pub r#type: String,
}

/// How an invoice card looks.
#[derive(Clone, Default, Fields)]
pub struct TemplateBase {
    /// The logo.
    pub logo_url: String,
    /// Short name of the payee, at most nine Chinese characters.
    pub title: String,
    /// Name of the first link.
    #[field(max(5))]
    pub custom_url_name: Option<String>,
    /// The first link.
    pub custom_url: Option<String>,
    /// Hint beside the first link.
    pub custom_url_sub_title: Option<String>,
    /// Name of the second link.
    pub promotion_url_name: Option<String>,
    /// The second link.
    pub promotion_url: Option<String>,
    /// Hint beside the second link.
    pub promotion_url_sub_title: Option<String>,
}

/// The template as the gateway keeps it.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct CreateCardAnswer {
    /// Its id, for `insert`.
    pub card_id: String,
    /// Fields newer than this release.
    pub extra: Extra,
}

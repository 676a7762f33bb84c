//! Whose invoices a life is about, and in which of the four ways they come into being.

use super::facts::is_id;
use crate::error::{Code, Error, Result};
use crate::json::{Members, Object, Raw, Shape};
use crate::schema::{Field, Kind, Table, prose};

/// The ways in which an invoice comes into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// A direct merchant: `issue`. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012538301)
    Direct,
    /// A provider for its sub-merchant, by the documents up to 2025-01: `issue`.
    /// [Official page](https://pay.weixin.qq.com/doc/v3/partner/4012071750)
    Partner,
    /// A provider for its sub-merchant, digital invoices (数电): `issue_general` and its kin, one invoice a call.
    /// [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792574)
    PartnerDigital,
    /// An invoicing platform of the merchant's own issues; WeChat Pay keeps the card alone: `upload_file`, `insert_cards`.
    /// [Official page](https://pay.weixin.qq.com/doc/v3/partner/4012070303)
    SelfBuilt,
}

impl Way {
    /// Every way there is.
    pub const ALL: &'static [Way] = &[Way::Direct, Way::Partner, Way::PartnerDigital, Way::SelfBuilt];

    /// The way as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Way::Direct => "direct",
            Way::Partner => "partner",
            Way::PartnerDigital => "partner_digital",
            Way::SelfBuilt => "self_built",
        }
    }

    const fn default_call(self) -> &'static str {
        match self {
            Way::Direct | Way::Partner => "issue",
            Way::PartnerDigital => "issue_general",
            Way::SelfBuilt => "insert_cards",
        }
    }
}

/// What a life is about: one application of one merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeConfig {
    pub(super) way: Way,
    pub(super) mchid: String,
    pub(super) sub_mchid: Option<String>,
    pub(super) apply_id: String,
    pub(super) scene: String,
    pub(super) issue_call: String,
    pub(super) save_files: bool,
}

/// The entries of a configuration. With a text that was kept they may be left out; what is there must agree.
pub const CONFIG: &Table = &Table {
    name: prose("LifeConfig"),
    doc: prose("Whose invoices a life is about, and how they come into being."),
    fields: &[
        Field::new("way", Kind::Choice(WAYS), "How the invoices come into being."),
        Field::new("mchid", Kind::Text, "The merchant number; the provider's for its sub-merchants."),
        Field::new("sub_mchid", Kind::Text, "The sub-merchant's number, for providers."),
        Field::new(
            "fapiao_apply_id",
            Kind::Text,
            "The application: the WeChat Pay order number, or the merchant's own number.",
        ),
        Field::new("scene", Kind::Text, "How the order was paid; `WITH_WECHATPAY` where it is left out."),
        Field::new(
            "issue_call",
            Kind::Text,
            "The call that issues, by its name in the catalogue; `issue`, `issue_general` or `insert_cards` where it is left out.",
        ),
        Field::new(
            "save_files",
            Kind::Boolean,
            "Whether the life goes on until the files are saved; it does where it is left out.",
        ),
    ],
    checks: &[],
};

const WAYS: &[&str] =
    &[Way::Direct.as_str(), Way::Partner.as_str(), Way::PartnerDigital.as_str(), Way::SelfBuilt.as_str()];

impl LifeConfig {
    /// Reads it from one JSON object with the entries of [`CONFIG`].
    ///
    /// # Errors
    /// `input.config` naming the entry at fault.
    pub fn parse(json: &str) -> Result<Self> {
        let wrong = |name: &str, why: &str| Error::new(Code::InputConfig, format!("`{name}` {why}")).at(name);
        let object = Object::parse(json)
            .ok_or_else(|| Error::new(Code::InputConfig, "the configuration of a life is not a JSON object"))?;
        if let Some(name) = object.members().map(|(name, _)| name).find(|name| CONFIG.field(name).is_none()) {
            return Err(wrong(name, "is unknown"));
        }
        let value = |name: &str| object.value(name).filter(|raw| raw.shape() != Shape::Null);
        let text = |name: &str| value(name).and_then(Raw::owned_text).filter(|text| !text.is_empty());
        let way = text("way").and_then(|text| Way::ALL.iter().copied().find(|way| way.as_str() == text));
        let way = way.ok_or_else(|| wrong("way", &format!("must be one of {}", WAYS.join(", "))))?;
        let required = |name: &str| text(name).ok_or_else(|| wrong(name, "is missing"));
        let sub_mchid = text("sub_mchid");
        match (way, &sub_mchid) {
            (Way::Direct, Some(_)) => return Err(wrong("sub_mchid", "is not for direct merchants")),
            (Way::Partner | Way::PartnerDigital, None) => return Err(wrong("sub_mchid", "is missing")),
            _ => {}
        }
        let save_files = match value("save_files").map(Raw::get) {
            None | Some("true") => true,
            Some("false") => false,
            Some(_) => return Err(wrong("save_files", "must be true or false")),
        };
        let id = |name: &str, text: String| {
            if is_id(&text) { Ok(text) } else { Err(wrong(name, "must have 1 to 32 letters, digits or -_|*")) }
        };
        let apply_id = id("fapiao_apply_id", required("fapiao_apply_id")?)?;
        let sub_mchid = sub_mchid.map(|sub_mchid| id("sub_mchid", sub_mchid)).transpose()?;
        Ok(Self {
            way,
            mchid: id("mchid", required("mchid")?)?,
            sub_mchid,
            apply_id,
            scene: text("scene").unwrap_or_else(|| "WITH_WECHATPAY".to_owned()),
            issue_call: text("issue_call").unwrap_or_else(|| way.default_call().to_owned()),
            save_files,
        })
    }

    /// Under which key a store keeps the life: of its merchant and its application, at most 128 characters.
    pub fn key(&self) -> String {
        let merchant = self.sub_mchid.as_deref().unwrap_or_default();
        format!("fapiao:life:{}:{merchant}:{}", self.mchid, self.apply_id)
    }

    /// As JSON, the object that [`parse`](Self::parse) reads.
    pub fn to_json(&self) -> String {
        let mut json = Members::new();
        json.text("way", Some(self.way.as_str())).text("mchid", Some(&self.mchid));
        json.text("sub_mchid", self.sub_mchid.as_deref()).text("fapiao_apply_id", Some(&self.apply_id));
        json.text("scene", Some(&self.scene)).text("issue_call", Some(&self.issue_call));
        json.json("save_files", if self.save_files { "true" } else { "false" }).end()
    }
}

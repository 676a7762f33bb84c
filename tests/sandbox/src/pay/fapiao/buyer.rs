//! `buyer_information`: the title an invoice is made out to.

use rsa::RsaPublicKey;
use serde::{Deserialize, Serialize};

use crate::{
    pay::{error::PayError, seal},
    schema::{Field, Rule, field, integer, one_of, text, unmeasured},
};

/// The buyer of direct merchants and of the older provider pages.
pub(super) const TABLE: &[Field] = &[TYPE, NAME, TAXPAYER, ADDRESS, TELEPHONE, BANK, ACCOUNT, PHONE, EMAIL];

/// The buyer of the provider pages since 2025.
pub(super) const GENERAL_TABLE: &[Field] = &[
    TYPE,
    NAME,
    TAXPAYER,
    ADDRESS,
    TELEPHONE,
    BANK,
    ACCOUNT,
    PHONE,
    EMAIL,
    integer("amount"),
    unmeasured("out_trade_no"),
    one_of("fapiao_bill_type", &["COMM_FAPIAO", "VAT_FAPIAO"]),
    unmeasured("user_apply_message"),
];

const TYPE: Field = one_of("type", &["INDIVIDUAL", "ORGANIZATION"]).required();
const NAME: Field = text("name", 256).required();
const TAXPAYER: Field = text("taxpayer_id", 32);
const ADDRESS: Field = text("address", 128);
const TELEPHONE: Field = text("telephone", 32);
const BANK: Field = text("bank_name", 128);
const ACCOUNT: Field = text("bank_account", 32);
const PHONE: Field = field("phone", Rule::Sealed);
const EMAIL: Field = field("email", Rule::Sealed);

/// Who an invoice is made out to; `phone` and `email` in plain text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Buyer {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) taxpayer_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bank_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bank_account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    out_trade_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fapiao_bill_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_apply_message: Option<String>,
}

impl Buyer {
    /// The payer of the sandbox, for a title nobody described.
    pub(crate) fn invented() -> Self {
        Self {
            kind: "INDIVIDUAL".to_owned(),
            name: "沙盒测试用户".to_owned(),
            phone: Some("13800000000".to_owned()),
            email: Some("payer@example.com".to_owned()),
            ..Self::default()
        }
    }

    /// The rule that ties two fields together.
    pub(super) fn check(&self) -> Result<(), PayError> {
        if self.kind == "ORGANIZATION" && self.taxpayer_id.is_none() {
            return Err(PayError::body_field("/buyer_information/taxpayer_id", "is required of an ORGANIZATION"));
        }
        Ok(())
    }

    /// The same buyer with what is personal sealed for the merchant.
    pub(super) fn sealed(&self, key: &RsaPublicKey) -> Self {
        let close = |plain: &Option<String>| plain.as_deref().map(|plain| seal(key, plain));
        Self { phone: close(&self.phone), email: close(&self.email), ..self.clone() }
    }
}

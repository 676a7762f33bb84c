//! A provider's invitation to open electronic invoices, and what became of it.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock;

/// An invitation under the provider's own code.
#[derive(Debug, Clone)]
pub(crate) struct Invitation {
    pub(crate) code: String,
    pub(crate) sub_mchid: Option<String>,
    /// The end, once there is one, and when it came (seconds of the virtual clock).
    pub(crate) end: Option<(i64, Outcome)>,
}

/// How an invitation ended.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outcome {
    /// The number of the merchant that took it up.
    pub(crate) sub_mchid: Option<String>,
    /// `invite_failed_code`, if it failed.
    pub(crate) failed_code: Option<String>,
    #[serde(default = "company")]
    ep_name: String,
    #[serde(default = "tax_id")]
    tax_id: String,
}

impl Invitation {
    /// The entry in the list of results; none as long as there is none.
    pub(crate) fn view(&self) -> Option<Value> {
        let (at, outcome) = self.end.as_ref()?;
        let mut view = json!({
            "mch_invite_status": outcome.status(),
            "ep_name": outcome.ep_name,
            "tax_id": outcome.tax_id,
            "invite_code": self.code,
            "operate_time": clock::rfc3339(*at),
        });
        let object = view.as_object_mut()?;
        if let Some(number) = &self.sub_mchid {
            object.insert("sub_mchid".to_owned(), number.clone().into());
        }
        if let Some(code) = &outcome.failed_code {
            object.insert("invite_failed_code".to_owned(), code.clone().into());
            object.insert("invite_failed_reason".to_owned(), "商户不满足接入条件".into());
        }
        Some(view)
    }
}

impl Outcome {
    /// `mch_invite_status`.
    pub(crate) fn status(&self) -> &'static str {
        if self.failed_code.is_none() { "MCH_INVITE_SUCC" } else { "MCH_INVITE_FAILED" }
    }
}

fn company() -> String {
    "深圳市沙盒特约商户有限公司".to_owned()
}

fn tax_id() -> String {
    "914403000000000002".to_owned()
}

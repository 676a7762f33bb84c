//! The sandbox's ledger, as the judge reads it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The header that numbers requests, so that each finds its entries of the ledger.
pub(crate) const NUMBER: &str = "x-request-number";

/// Arrivals later than a number.
#[derive(Deserialize)]
pub(crate) struct Ledger {
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) last: u64,
}

/// One entry.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Arrival {
    pub(crate) seq: u64,
    pub(crate) listener: String,
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    body_base64: Option<String>,
    pub(crate) outcome: Answered,
    pub(crate) fault: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) effects: Vec<Effect>,
    /// The entry whose request was carried out here, long after its connection was cut.
    #[serde(default)]
    pub(crate) held_up: Option<u64>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Answered {
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Effect {
    pub(crate) kind: String,
    pub(crate) keys: BTreeMap<String, Value>,
}

impl Arrival {
    /// The driver's number of it.
    pub(crate) fn number(&self) -> Option<u64> {
        self.headers.iter().find(|(name, _)| name == NUMBER)?.1.parse().ok()
    }

    /// Whether it took effect in a way that must not happen twice.
    pub(crate) fn counts(&self) -> bool {
        self.effects.iter().any(Effect::counts)
    }

    /// The invoice ids in the body of an issue, as they arrived.
    pub(crate) fn fapiao_ids(&self) -> Vec<String> {
        let body = self.body_base64.as_deref().and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let information = body.get("fapiao_information");
        let list = information.and_then(Value::as_array).map(Vec::as_slice);
        let invoices = list.unwrap_or_else(|| information.map(std::slice::from_ref).unwrap_or_default());
        invoices.iter().filter_map(|invoice| Some(invoice.get("fapiao_id")?.as_str()?.to_owned())).collect()
    }
}

impl Effect {
    /// What became of an invoice, or the end of every other token. The rest may be repeated: links, uploads, the standing token.
    pub(crate) fn counts(&self) -> bool {
        match self.kind.as_str() {
            "issued" | "issue_failed" | "reversed" | "reverse_failed" => true,
            "token" => self.key("mode") == "forced",
            _ => false,
        }
    }

    pub(crate) fn key(&self, name: &str) -> &str {
        self.keys.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

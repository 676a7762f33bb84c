//! A sub-merchant and what it has opened for its provider.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Whether a sub-merchant has accepted its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Relation {
    Accepted,
    None,
}

/// What `check` and `check-status` tell.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SubMerchant {
    pub(crate) relation: Relation,
    third_mode: String,
    digital_tax_mode: String,
    abilities: BTreeMap<String, String>,
    billing_person_id: String,
    billing_person_name: String,
}

/// A change of what is named.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubMerchantChange {
    relation: Option<Relation>,
    third_mode: Option<String>,
    digital_tax_mode: Option<String>,
    #[serde(default)]
    abilities: BTreeMap<String, String>,
    billing_person_id: Option<String>,
    billing_person_name: Option<String>,
}

impl SubMerchant {
    /// One that has accepted and opened everything.
    pub(super) fn ready() -> Self {
        let abilities = ["BASE_ABILITY", "REAL_ESTATE_ABILITY", "PASSENGER_TRANSPORT_ABILITY", "REFINED_OIL_ABILITY"];
        Self {
            relation: Relation::Accepted,
            third_mode: "ENABLED".to_owned(),
            digital_tax_mode: "ENABLED".to_owned(),
            abilities: abilities.map(|ability| (ability.to_owned(), "AUTHORIZED".to_owned())).into(),
            billing_person_id: "10001".to_owned(),
            billing_person_name: "**伟 0020".to_owned(),
        }
    }

    /// Takes over what a change names.
    pub(crate) fn apply(&mut self, change: SubMerchantChange) {
        self.relation = change.relation.unwrap_or(self.relation);
        self.abilities.extend(change.abilities);
        for (kept, changed) in [
            (&mut self.third_mode, change.third_mode),
            (&mut self.digital_tax_mode, change.digital_tax_mode),
            (&mut self.billing_person_id, change.billing_person_id),
            (&mut self.billing_person_name, change.billing_person_name),
        ] {
            *kept = changed.unwrap_or_else(|| std::mem::take(kept));
        }
    }

    /// Whether digital invoices of a trade can be issued for it.
    pub(crate) fn can_issue(&self, ability: &str) -> bool {
        let authorized = self.abilities.get(ability).is_some_and(|status| status == "AUTHORIZED");
        self.digital_tax_mode == "ENABLED" && authorized
    }

    /// Whether invoices of the older pages, or from elsewhere, can be handled for it.
    pub(crate) fn is_open(&self) -> bool {
        self.third_mode == "ENABLED"
    }

    /// Whether that is the person who signs for it.
    pub(crate) fn is_billing_person(&self, id: &str) -> bool {
        self.billing_person_id == id
    }

    /// The answer of `check-status`.
    pub(crate) fn view(&self, number: &str) -> Value {
        let ability = |(kind, status): (&String, &String)| json!({"type": kind, "status": status});
        json!({
            "sub_mchid": number,
            "third_mode": {"status": self.third_mode},
            "digital_tax_mode": {
                "status": self.digital_tax_mode,
                "billing_person_info": {"id": self.billing_person_id, "name": self.billing_person_name},
                "access_time": "2025-09-03T10:00:00+08:00",
                "expired_time": "2035-09-03T10:00:00+08:00",
                "ability_info": self.abilities.iter().map(ability).collect::<Vec<_>>(),
            },
        })
    }
}

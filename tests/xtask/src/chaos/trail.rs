//! What is known of one flow once it is over: what the driver saw, and what the sandbox's ledger says arrived.

use super::dice::Draw;
use super::faults::{Kind, Means, VARIANTS, Variant};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::flow::{Attempt, Decision};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// How often a call may be sent, as its official page has it. The judge's own table: core's is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// As often as one likes.
    Safe,
    /// Again under the same ids, once it is known that the first was not taken.
    SameIds,
    /// Never again unless it certainly was not taken.
    Never,
}

/// One call as the judge knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) class: Class,
}

/// The ids of an issue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ids {
    pub(super) apply: String,
    pub(super) fapiao: String,
}

/// What came of one request, as the driver saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Answer,
    Nothing,
    /// It never left.
    NotSent,
}

/// One request of a flow.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) number: u64,
    /// Whether it asks what became of the call.
    pub(super) asks: bool,
    pub(super) origin: String,
    pub(super) came: Came,
    /// The waits just before it, milliseconds.
    pub(super) waited: Vec<u64>,
    /// What the ledger says of it.
    pub(super) arrival: Option<Arrival>,
}

/// One entry of the ledger.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Arrival {
    pub(super) seq: u64,
    pub(super) listener: String,
    pub(super) method: String,
    pub(super) target: String,
    headers: Vec<(String, String)>,
    pub(super) body_base64: Option<String>,
    pub(super) outcome: Answered,
    pub(super) fault: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) effects: Vec<Effect>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Answered {
    pub(super) status: Option<u16>,
    pub(super) code: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Effect {
    pub(super) kind: String,
    pub(super) keys: BTreeMap<String, Value>,
}

/// What the ledger makes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It never reached the gateway, or was turned away in a way the client can trust.
    Refused,
    /// A good answer, whole and genuine.
    Success,
    /// A genuine refusal of the gateway itself, no fault.
    Answered(u16),
    /// What came back, if anything, says nothing.
    Hidden,
}

/// The header that numbers requests, so that each finds its entry of the ledger.
pub(super) const NUMBER: &str = "x-request-number";

/// One flow.
#[derive(Debug)]
pub(super) struct Trail {
    pub(super) flow: u64,
    pub(super) called: Called,
    pub(super) ids: Option<Ids>,
    pub(super) plan: Vec<Draw>,
    pub(super) sent: Vec<Sent>,
    pub(super) attempts: Vec<Attempt>,
    pub(super) accepted: bool,
    /// The code it ended with.
    pub(super) code: &'static str,
    pub(super) decision: Decision,
}

impl Arrival {
    /// The driver's number of it.
    pub(super) fn number(&self) -> Option<u64> {
        self.headers.iter().find(|(name, _)| name == NUMBER)?.1.parse().ok()
    }

    /// Whether it took effect in a way that must not happen twice.
    pub(super) fn counts(&self) -> bool {
        self.effects.iter().any(Effect::counts)
    }
}

impl Effect {
    /// An invoice, or the end of every other token. The rest may be repeated: links, uploads, the standing token.
    pub(super) fn counts(&self) -> bool {
        self.kind == "issued" || (self.kind == "token" && self.key("mode") == "forced")
    }

    pub(super) fn key(&self, name: &str) -> &str {
        self.keys.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Trail {
    /// The variants that struck a request.
    pub(super) fn struck<'a>(&'a self, sent: &'a Sent) -> impl Iterator<Item = (usize, &'static Variant)> + 'a {
        let names = sent.arrival.as_ref().map(|arrival| arrival.fault.as_slice()).unwrap_or_default();
        let planned = self.plan.iter().filter_map(|draw| Some((draw.variant, VARIANTS.get(draw.variant)?)));
        planned.filter(move |(_, variant)| match sent.came {
            Came::NotSent => variant.fault == super::faults::MAIN_DOWN,
            Came::Answer | Came::Nothing => names.iter().any(|name| name == variant.fault),
        })
    }

    pub(super) fn fate(&self, sent: &Sent) -> Fate {
        if sent.came == Came::NotSent {
            return Fate::Refused;
        }
        let Some(arrival) = &sent.arrival else { return Fate::Hidden };
        let means: Vec<_> = self.struck(sent).map(|(_, variant)| variant.means).collect();
        if means.contains(&Means::Hidden) {
            return Fate::Hidden;
        }
        if means.contains(&Means::Refused) {
            return Fate::Refused;
        }
        match (arrival.outcome.status, &arrival.outcome.code) {
            (Some(200..=299), None) => Fate::Success,
            (Some(status), _) => Fate::Answered(status),
            (None, _) => Fate::Hidden,
        }
    }
}

impl Arrival {
    /// The invoice ids in the body of an issue, as they arrived.
    pub(super) fn fapiao_ids(&self) -> Vec<String> {
        let body = self.body_base64.as_deref().and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let information = body.get("fapiao_information");
        let list = information.and_then(Value::as_array).map(Vec::as_slice);
        let invoices = list.unwrap_or_else(|| information.map(std::slice::from_ref).unwrap_or_default());
        invoices.iter().filter_map(|invoice| Some(invoice.get("fapiao_id")?.as_str()?.to_owned())).collect()
    }
}

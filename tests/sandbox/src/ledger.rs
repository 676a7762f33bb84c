//! What arrived, what came of it, and what took effect how often.

use std::collections::{BTreeMap, VecDeque};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    clock,
    exchange::{Arrival, Effect, Host},
};

/// Larger bodies are kept as their SHA-256 only.
const BODY_LIMIT: usize = 64 * 1024;

/// One arrival and its outcome.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    pub(crate) seq: u64,
    at: String,
    listener: Host,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body_length: usize,
    #[serde(flatten)]
    body: KeptBody,
    mchid: Option<String>,
    outcome: Outcome,
    fault: Vec<&'static str>,
    /// What the official text does not forbid but a careful client would not do.
    notes: Vec<String>,
    effects: Vec<Effect>,
    /// The number of the arrival whose carrying out this is, long after its connection was cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_up: Option<u64>,
}

/// How a call ended on the gateway's side.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Outcome {
    /// The status that was sent, or would have been; null when the connection was cut instead.
    pub(crate) status: Option<u16>,
    /// The error code of the answer.
    pub(crate) code: Option<String>,
}

/// What the gateway knows of a call once it is over.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) mchid: Option<String>,
    pub(crate) outcome: Outcome,
    pub(crate) faults: Vec<&'static str>,
    pub(crate) notes: Vec<String>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) held_up: Option<u64>,
}

/// How often one effect happened.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EffectCount {
    kind: &'static str,
    keys: Map<String, Value>,
    pub(crate) count: u64,
    first_seq: u64,
    last_seq: u64,
}

/// The record of a run: a ring of arrivals and all effects.
#[derive(Debug)]
pub(crate) struct Ledger {
    capacity: usize,
    last: u64,
    entries: VecDeque<Entry>,
    effects: BTreeMap<(&'static str, String), EffectCount>,
}

#[derive(Debug, Clone)]
enum KeptBody {
    Whole(Bytes),
    Digest(String),
}

impl Ledger {
    /// An empty ledger that remembers the latest `capacity` arrivals.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity, last: 0, entries: VecDeque::new(), effects: BTreeMap::new() }
    }

    /// Writes down one arrival; gives its number.
    pub(crate) fn record(&mut self, at: i64, arrival: Arrival, verdict: Verdict) -> u64 {
        self.last += 1;
        for effect in &verdict.effects {
            self.count(effect);
        }
        if self.entries.len() >= self.capacity {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry {
            seq: self.last,
            at: clock::rfc3339(at),
            listener: arrival.host,
            method: arrival.method,
            target: arrival.target,
            headers: arrival.headers,
            body_length: arrival.body.len(),
            body: KeptBody::new(arrival.body),
            mchid: verdict.mchid,
            outcome: verdict.outcome,
            fault: verdict.faults,
            notes: verdict.notes,
            effects: verdict.effects,
            held_up: verdict.held_up,
        });
        self.last
    }

    /// The number of the latest arrival.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// Arrivals later than `since`, oldest first, at most `limit`.
    pub(crate) fn since(&self, since: u64, limit: usize) -> Vec<Entry> {
        let first = self.entries.front().map_or(0, |entry| entry.seq);
        let skip = usize::try_from((since + 1).saturating_sub(first)).unwrap_or(usize::MAX);
        self.entries.range(skip.min(self.entries.len())..).take(limit).cloned().collect()
    }

    /// Every effect with its count.
    pub(crate) fn effects(&self) -> Vec<EffectCount> {
        self.effects.values().cloned().collect()
    }

    /// Forgets arrivals and effects; sequence numbers go on.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.effects.clear();
    }

    fn count(&mut self, effect: &Effect) {
        let seq = self.last;
        let key = (effect.kind, Value::Object(effect.keys.clone()).to_string());
        let counted = self.effects.entry(key).or_insert_with(|| EffectCount {
            kind: effect.kind,
            keys: effect.keys.clone(),
            count: 0,
            first_seq: seq,
            last_seq: seq,
        });
        counted.count += 1;
        counted.last_seq = seq;
    }
}

impl KeptBody {
    fn new(body: Bytes) -> Self {
        if body.len() <= BODY_LIMIT { Self::Whole(body) } else { Self::Digest(format!("{:x}", Sha256::digest(&body))) }
    }
}

impl Serialize for KeptBody {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, text) = match self {
            Self::Whole(body) => ("body_base64", STANDARD.encode(body)),
            Self::Digest(digest) => ("body_sha256", digest.clone()),
        };
        serializer.collect_map([(name, text)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_forgets_arrivals_but_no_effects() {
        let mut ledger = Ledger::new(2);
        for _ in 0..5 {
            ledger.record(0, arrival(), verdict());
        }
        assert_eq!(ledger.since(0, 10).iter().map(|entry| entry.seq).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(ledger.since(4, 10).len(), 1);
        assert_eq!(ledger.effects()[0].count, 5);
    }

    fn arrival() -> Arrival {
        let body = Bytes::from_static(b"{}");
        Arrival { host: Host::Main, method: "GET".into(), target: "/".into(), headers: Vec::new(), body }
    }

    fn verdict() -> Verdict {
        let outcome = Outcome { status: Some(200), code: None };
        let effects = vec![Effect::new("issued", &[("fapiao_id", "a")])];
        Verdict { mchid: None, outcome, faults: Vec::new(), notes: Vec::new(), effects, held_up: None }
    }
}

//! The judgement on a whole run: what is believed against what the ledger counts.

use crate::driver::Driver;
use crate::judge::{Rule, Violation};
use crate::ledger::Effect as Counted;
use crate::trail::Ids;
use anyhow::Result;
use fapiao::flow::Effect;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the users of a run believe of each invoice: whether its issue, and its reversal, was taken.
#[derive(Debug, Default)]
pub(crate) struct Beliefs {
    issued: BTreeMap<String, Effect>,
    reversed: BTreeMap<String, Effect>,
}

#[derive(Deserialize)]
struct Effects {
    effects: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(flatten)]
    effect: Counted,
    count: u64,
}

impl Beliefs {
    pub(crate) fn issued(&mut self, ids: &Ids, end: Effect) {
        self.issued.extend(ids.fapiao.iter().map(|id| (id.clone(), end)));
    }

    pub(crate) fn reversed(&mut self, ids: &Ids, end: Effect) {
        self.reversed.extend(ids.fapiao.iter().map(|id| (id.clone(), end)));
    }
}

/// Holds a worker's beliefs against its sandbox's effects; gives how many of each kind there were, and repeated.
pub(crate) fn judge(driver: &mut Driver<'_>, beliefs: &Beliefs) -> Result<BTreeMap<String, (u64, u64)>> {
    let effects: Effects = serde_json::from_value(driver.sandbox.look("/ledger/effects")?)?;
    let mut kinds: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let (mut issued, mut reversed) = (BTreeMap::new(), BTreeMap::new());
    let mut broken = Vec::new();
    for Entry { effect, count } in effects.effects {
        let (times, repeated) = kinds.entry(effect.kind.clone()).or_default();
        *times += count;
        *repeated += count - 1;
        let fapiao_id = effect.key("fapiao_id").to_owned();
        let side = match effect.kind.as_str() {
            "issued" | "issue_failed" => &mut issued,
            "reversed" | "reverse_failed" => &mut reversed,
            _ => continue,
        };
        if count != 1 || side.insert(fapiao_id.clone(), effect.kind.clone()).is_some() {
            broken.push((Rule::Doubled, format!("{fapiao_id}: {} took effect more than once", effect.kind)));
        }
    }
    for (side, believed, counted) in [("issued", &beliefs.issued, &issued), ("reversed", &beliefs.reversed, &reversed)]
    {
        for (id, end) in believed {
            let happened = counted.contains_key(id);
            if *end != Effect::Unknown && happened != (*end == Effect::Yes) {
                broken.push((Rule::Truth, format!("{id}: {side} {happened}, its user believes {}", end.as_str())));
            }
        }
        let unknown = counted.keys().filter(|id| !believed.contains_key(*id));
        broken.extend(unknown.map(|id| (Rule::Truth, format!("{id} was {side}, and nobody knows"))));
    }
    let violations = broken.into_iter().map(|(rule, why)| Violation { rule, why, evidence: String::new() });
    driver.tally.violations.extend(violations);
    Ok(kinds)
}

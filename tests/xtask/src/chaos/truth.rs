//! The judgement on a whole run: what is believed against what the ledger counts.

use super::driver::Driver;
use super::judge::Rule;
use super::trail::{Effect, Ids};
use anyhow::Result;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct Effects {
    effects: Vec<Counted>,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(flatten)]
    effect: Effect,
    count: u64,
}

/// Holds the beliefs of a worker's users against its sandbox's effects; gives how many of each kind there were, and repeated.
pub(super) fn judge(driver: &mut Driver<'_>, beliefs: &BTreeMap<Ids, bool>) -> Result<BTreeMap<String, (u64, u64)>> {
    let effects: Effects = serde_json::from_value(driver.sandbox.look("/ledger/effects")?)?;
    let mut kinds: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut issued: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Counted { effect, count } in &effects.effects {
        let (times, repeated) = kinds.entry(effect.kind.clone()).or_default();
        *times += count;
        *repeated += count - 1;
        if effect.kind != "issued" {
            continue;
        }
        if *count != 1 {
            let why = format!("{} took effect {count} times", effect.key("fapiao_id"));
            driver.accuse_story(Rule::Doubled, effect.key("fapiao_apply_id"), why);
        }
        issued.entry(effect.key("fapiao_apply_id").to_owned()).or_default().insert(effect.key("fapiao_id").to_owned());
    }
    let second = |ids: &BTreeSet<String>| ids.len() > 1;
    for (apply, ids) in issued.iter().filter(|(_, ids)| second(ids)) {
        driver.accuse_story(Rule::SecondId, apply, format!("{apply} was issued under {ids:?}"));
    }
    for (Ids { apply, fapiao }, believed) in beliefs {
        let known = issued.get(apply).is_some_and(|ids| ids.contains(fapiao));
        if known != *believed {
            let why = format!("{fapiao}: issued {known}, its user believes {believed}");
            driver.accuse_story(Rule::Truth, apply, why);
        }
    }
    let believed: BTreeSet<_> = beliefs.keys().map(|ids| &ids.fapiao).collect();
    let listed = issued.iter().flat_map(|(apply, ids)| ids.iter().map(move |fapiao| (apply, fapiao)));
    for (apply, fapiao) in listed.filter(|(_, fapiao)| !believed.contains(fapiao)) {
        driver.accuse_story(Rule::Truth, apply, format!("{fapiao} was issued, and nobody knows"));
    }
    Ok(kinds)
}

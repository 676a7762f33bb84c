//! The faults a run orders, what a client may make of each, and which calls each can strike.

mod table;

use crate::rng::Rng;
use crate::world::{World, Worlds};
use serde_json::{Map, Value, json};
pub(crate) use table::{MAIN_DOWN, VARIANTS};

/// What a call is to the faults: its side, and what protects its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// WeChat Pay, signed both ways.
    Pay,
    /// The same, with an effect that counts.
    Effect,
    /// A file with its SM3 digest.
    File,
    /// A file without a digest.
    PlainFile,
    /// The account side, under a token.
    Token,
    /// The account side, without a token.
    Account,
}

/// What a struck answer may be to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// Good all the same.
    Nothing,
    /// Nothing took effect, and the client can know it.
    Refused,
    /// The same, where the client did not send the request twice.
    RefusedIfSentOnce,
    /// Not to be accepted; whether the call took effect does not show.
    Hidden,
}

/// One fault with its parameters.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) label: &'static str,
    /// What the sandbox calls it.
    pub(crate) fault: &'static str,
    /// Parameters of the order, as JSON.
    parameters: &'static str,
    pub(crate) means: Means,
    /// The codes such an answer may end with.
    pub(crate) codes: &'static [&'static str],
    strikes: &'static [Kind],
    /// The world it belongs to; others may strike anywhere.
    pub(crate) world: Option<World>,
}

/// One fault set aside for a flow, and how often it strikes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw {
    /// Its place in [`VARIANTS`].
    pub(crate) variant: usize,
    pub(crate) count: u32,
}

/// More strikes than a flow has requests of one kind.
const EVERY_ATTEMPT: u32 = 5;

impl Variant {
    /// The order for the control door.
    pub(crate) fn order(&self, count: u32) -> Value {
        let mut order: Map<String, Value> = serde_json::from_str(self.parameters).unwrap_or_default();
        order.insert("fault".into(), self.fault.into());
        // A listener is down until it is put up.
        order.insert("count".into(), if self.fault == MAIN_DOWN { Value::Null } else { json!(count) });
        Value::Object(order)
    }

    /// Whether it can strike such a call in these worlds.
    fn fits(&self, kind: Kind, worlds: &Worlds) -> bool {
        self.strikes.contains(&kind) && self.world.is_none_or(|world| worlds.has(world))
    }
}

impl Draw {
    pub(crate) fn variant(self) -> Option<&'static Variant> {
        VARIANTS.get(self.variant)
    }
}

/// Faults for one flow: mostly one or two, those most that have struck least so far, and those of its worlds before all.
pub(crate) fn draw(rng: &mut Rng, kind: Kind, worlds: &Worlds, hits: &[u64]) -> Vec<Draw> {
    let fitting: Vec<_> =
        VARIANTS.iter().enumerate().filter(|(_, variant)| variant.fits(kind, worlds)).map(|(index, _)| index).collect();
    let own: Vec<_> = fitting.iter().copied().filter(|index| of_a_world(*index)).collect();
    let wanted = match rng.below(100) {
        0..50 => 1,
        50..75 => 2,
        75..90 => 3,
        _ => 5,
    };
    let of = |index: usize| hits.get(index).copied().unwrap_or_default();
    let mut drawn: Vec<Draw> = Vec::new();
    for _ in 0..wanted {
        let from = if !own.is_empty() && rng.percent(75) { &own } else { &fitting };
        let Some(variant) = rng.rare(from, of) else { break };
        let fault = |index: usize| VARIANTS.get(index).map(|variant| variant.fault);
        // Parameters are not in the ledger: one variant of a fault a flow.
        if drawn.iter().all(|earlier| fault(earlier.variant) != fault(variant)) {
            let count = if rng.percent(15) { EVERY_ATTEMPT } else { 1 };
            drawn.push(Draw { variant, count });
        }
    }
    let lasts = |draw: &Draw| draw.variant().is_some_and(|variant| variant.means == Means::Refused);
    if kind == Kind::Effect && worlds.has(World::Repeat) {
        // What the gateway refuses before anything else it refuses of the same bytes each time.
        if let Some(draw) = drawn.iter().copied().find(lasts) {
            return vec![Draw { count: EVERY_ATTEMPT * EVERY_ATTEMPT, ..draw }];
        }
    }
    drawn
}

fn of_a_world(index: usize) -> bool {
    VARIANTS.get(index).is_some_and(|variant| variant.world.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_made_of_its_parameters() {
        for variant in VARIANTS {
            let written: Map<String, Value> = serde_json::from_str(variant.parameters).unwrap_or_default();
            let order = variant.order(1);
            assert!(variant.parameters == "{}" || !written.is_empty(), "{}: not JSON", variant.label);
            assert!(written.iter().all(|(name, value)| order.get(name) == Some(value)), "{}", variant.label);
        }
    }

    #[test]
    fn faults_of_a_world_strike_nowhere_else() {
        let (mut rng, hits) = (Rng::new(3), vec![0; VARIANTS.len()]);
        let drawn: Vec<_> = (0..200).flat_map(|_| draw(&mut rng, Kind::Effect, &Worlds::default(), &hits)).collect();
        assert!(!drawn.is_empty() && drawn.iter().all(|draw| !of_a_world(draw.variant)));
    }
}

//! Orders that wait for their requests, and how often they struck.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    catalogue::{Fault, Scope, Stage},
    order::{Order, When},
};
use crate::exchange::Host;

/// What is known of a request when it arrives, or of a notification when it leaves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    /// The target of a request, the event type of a notification.
    pub(crate) target: &'a str,
    pub(crate) method: &'a str,
    pub(crate) listener: Option<Host>,
    /// The scopes it lies in.
    pub(crate) scopes: &'a [Scope],
}

/// A fault set aside for one request.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    id: u64,
    pub(crate) kind: &'static Fault,
    pub(crate) stage: Stage,
    pub(crate) order: Order,
}

impl Planned {
    /// A fault for one message alone, outside all orders.
    pub(crate) fn for_one(order: Order) -> Result<Self, String> {
        let kind = order.kind()?;
        Ok(Self { id: 0, kind, stage: kind.stage, order })
    }
}

/// All orders.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    last: u64,
    waiting: BTreeMap<u64, Rule>,
    spent: BTreeMap<u64, Rule>,
}

#[derive(Debug)]
struct Rule {
    kind: &'static Fault,
    order: Order,
    left: Option<u64>,
    matched: u64,
    hits: u64,
    planned: u64,
}

impl Faults {
    /// Takes an order; gives its number.
    pub(crate) fn add(&mut self, order: Order) -> Result<u64, String> {
        let kind = order.kind()?;
        self.last += 1;
        let rule = Rule { kind, left: order.count, order, matched: 0, hits: 0, planned: 0 };
        self.waiting.insert(self.last, rule);
        Ok(self.last)
    }

    /// Sets faults aside for a request: the first order that means it, and those that go along with any.
    pub(crate) fn plan(&mut self, facts: Facts<'_>) -> Vec<Planned> {
        let mut planned = Vec::new();
        let mut taken = false;
        for (id, rule) in &mut self.waiting {
            let stage = rule.stage();
            if (taken && stage != Stage::Along) || !rule.claims(facts) {
                continue;
            }
            taken = taken || stage != Stage::Along;
            planned.push(Planned { id: *id, kind: rule.kind, stage, order: rule.order.clone() });
        }
        planned
    }

    /// Counts a fault that struck.
    pub(crate) fn struck(&mut self, planned: &Planned) {
        if let Some(rule) = self.waiting.get_mut(&planned.id) {
            rule.planned -= 1;
            rule.hits += 1;
            if rule.left == Some(0) && rule.planned == 0 {
                self.retire(planned.id);
            }
        }
    }

    /// Puts a fault back that found nothing to strike.
    pub(crate) fn missed(&mut self, planned: &Planned) {
        if let Some(rule) = self.waiting.get_mut(&planned.id) {
            rule.planned -= 1;
            rule.left = rule.left.map(|left| left + 1);
        }
    }

    /// Forgets all orders.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.spent.clear();
    }

    /// Every order with its hits, in order.
    pub(crate) fn view(&self) -> Value {
        let mut all: Vec<_> = self.waiting.iter().chain(&self.spent).collect();
        all.sort_by_key(|(id, _)| **id);
        all.into_iter().map(|(id, rule)| rule.view(*id)).collect()
    }

    fn retire(&mut self, id: u64) {
        if let Some(rule) = self.waiting.remove(&id) {
            self.spent.insert(id, rule);
        }
    }
}

impl Rule {
    fn stage(&self) -> Stage {
        if self.order.when == Some(When::After) { Stage::After } else { self.kind.stage }
    }

    /// Counts a matching request and sets one strike aside if it is this rule's turn.
    fn claims(&mut self, facts: Facts<'_>) -> bool {
        if self.left == Some(0) || !facts.scopes.contains(&self.kind.scope) || !self.order.means(facts) {
            return false;
        }
        self.matched += 1;
        if self.order.every.is_some_and(|every| !self.matched.is_multiple_of(every)) {
            return false;
        }
        self.left = self.left.map(|left| left - 1);
        self.planned += 1;
        true
    }

    fn view(&self, id: u64) -> Value {
        json!({"id": id, "order": self.order, "matched": self.matched, "hits": self.hits, "left": self.left})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_strikes_a_request_in_the_order_they_were_ordered() {
        let mut faults = ordered(&[r#"{"fault":"probe","count":2}"#, r#"{"fault":"rate_limit"}"#]);
        let names: Vec<_> = (0..4).map(|_| strike(&mut faults)).collect();
        assert_eq!(names, [vec!["probe"], vec!["probe"], vec!["rate_limit"], vec![]]);
    }

    #[test]
    fn some_faults_go_along_with_others() {
        let mut faults = ordered(&[r#"{"fault":"probe"}"#, r#"{"fault":"slow","count":null}"#]);
        assert_eq!([strike(&mut faults), strike(&mut faults)], [vec!["probe", "slow"], vec!["slow"]]);
    }

    #[test]
    fn every_counts_matching_requests_only() {
        let mut faults =
            ordered(&[r#"{"fault":"rate_limit","every":3,"count":2}"#, r#"{"fault":"redirect","path":"/other"}"#]);
        let struck: Vec<_> = (0..12).map(|_| strike(&mut faults).len()).collect();
        assert_eq!(struck, [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_missed_strike_is_not_used_up() {
        let mut faults = ordered(&[r#"{"fault":"probe"}"#]);
        let planned = plan(&mut faults);
        faults.missed(&planned[0]);
        assert_eq!(strike(&mut faults), ["probe"]);
    }

    fn ordered(orders: &[&str]) -> Faults {
        let mut faults = Faults::default();
        for order in orders {
            faults.add(serde_json::from_str(order).unwrap()).unwrap();
        }
        faults
    }

    fn plan(faults: &mut Faults) -> Vec<Planned> {
        let scopes = &[Scope::Any, Scope::Pay];
        faults.plan(Facts { target: "/v3/x", method: "GET", listener: Some(Host::Main), scopes })
    }

    fn strike(faults: &mut Faults) -> Vec<&'static str> {
        let planned = plan(faults);
        for fault in &planned {
            faults.struck(fault);
        }
        planned.iter().map(|planned| planned.kind.name).collect()
    }
}

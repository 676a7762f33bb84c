//! What is asked of the sandbox around flows: faults before, the ledger after.

use super::Driver;
use crate::faults::{Draw, MAIN_DOWN, VARIANTS};
use crate::judge::Rule;
use crate::ledger::Ledger;
use crate::trail::{Came, Trail};
use anyhow::{Context, Result, ensure};
use fapiao::flow::NeedResult;
use http::Request;
use serde_json::Value;
use std::collections::BTreeMap;

impl Driver<'_> {
    /// Orders faults; gives the sandbox's numbers of them.
    pub(super) fn order(&self, plan: &[Draw]) -> Result<BTreeMap<u64, usize>> {
        let mut orders = BTreeMap::new();
        for draw in plan {
            let variant = draw.variant().context("no such fault")?;
            let answer = self.sandbox.order("/faults", &variant.order(draw.count))?;
            orders.insert(answer.get("id").and_then(Value::as_u64).context("the order has no number")?, draw.variant);
        }
        Ok(orders)
    }

    /// Gives each request its entries of the ledger: those of these flows, and those of the story that were held up.
    pub(super) fn read_ledger(&mut self, trails: &mut [Trail]) -> Result<()> {
        let ledger: Ledger = serde_json::from_value(self.sandbox.look(&format!("/ledger?since={}", self.seen))?)?;
        let expected = usize::try_from(ledger.last - self.seen)?;
        ensure!(ledger.arrivals.len() == expected, "the ledger has forgotten arrivals");
        self.seen = ledger.last;
        for arrival in ledger.arrivals {
            let seq = arrival.seq;
            if !self.story.attach(arrival, trails) {
                self.report_violation(Rule::Arrival, format!("ledger {seq}: sent by nobody, or too often"));
            }
        }
        Ok(())
    }

    /// Adds the sandbox's own counts, then clears what is left of the orders.
    pub(super) fn count_hits(&mut self, trails: &[Trail], plan: &[Draw], orders: &BTreeMap<u64, usize>) -> Result<()> {
        if orders.is_empty() {
            return Ok(());
        }
        let view = self.sandbox.look("/faults")?;
        for entry in view.get("faults").and_then(Value::as_array).into_iter().flatten() {
            let number = |name| entry.get(name).and_then(Value::as_u64);
            let variant = number("id").and_then(|id| orders.get(&id)).context("an order of somebody else")?;
            self.tally.hit(*variant, number("hits").unwrap_or_default());
        }
        // A refused connection strikes no request: it is counted here.
        let refused = trails.iter().flat_map(|trail| &trail.sent).filter(|sent| sent.came == Came::NotSent).count();
        let down = |draw: &&Draw| VARIANTS.get(draw.variant).is_some_and(|variant| variant.fault == MAIN_DOWN);
        if let Some(draw) = plan.iter().find(down) {
            self.tally.hit(draw.variant, refused.try_into()?);
        }
        self.sandbox.clear_faults()
    }

    /// What the gateway serves, when nothing goes wrong, to the request that was sent last.
    pub(crate) fn served_without_faults(&mut self) -> Result<Vec<u8>> {
        let uri = self.line.last.clone().context("nothing was sent yet")?;
        let request = Request::get(&uri).header("accept", "*/*").body(Vec::new())?;
        let NeedResult::Answered { response, .. } = self.line.aside(&request) else {
            anyhow::bail!("the sandbox does not serve {}", uri.path())
        };
        // Not a call of any flow: its entry is passed over.
        let last = self.sandbox.look("/ledger?limit=0")?;
        self.seen = last.get("last").and_then(Value::as_u64).context("the ledger has no end")?;
        Ok(response.into_body())
    }
}

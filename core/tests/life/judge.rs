//! Compares what a life says with what is true.

use crate::making::request_of;
use crate::run::{ORDER, Run};
use crate::world::{Request, Status};
use fapiao::life::LifeStep;
use std::collections::BTreeMap;

/// What a life must never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It proposes a call after which more is invoiced, or may be, than the order is worth.
    SecondLive,
    /// It lets money go back behind an invoice that counts, or may come to count.
    RefundOnLive,
    /// It says less of an invoice than verified input has told.
    Lowered,
    /// It ends, or asks nobody, while something is open.
    Stuck,
    /// It proposes what it forbids.
    Contradicts,
}

/// What is wrong at this point.
pub(crate) fn faults(run: &Run) -> Vec<Fault> {
    let mut faults = Vec::new();
    let steps = run.life.next(run.now).unwrap();
    let calls = steps.iter().filter_map(|step| match step {
        LifeStep::Call(call) | LifeStep::Wait { then: call, .. } => Some(call),
        _ => None,
    });
    for call in calls.filter(|call| call.call.starts_with("issue")) {
        if let Request::Issue(invoices) = request_of(&serde_json::from_str(&call.request).unwrap(), &call.call)
            && after(run, &invoices) > ORDER - run.refund
        {
            faults.push(Fault::SecondLive);
        }
    }
    faults.extend((run.gateway.counted() > ORDER).then_some(Fault::SecondLive));
    for amount in [1, ORDER / 2, ORDER] {
        let allowed = run.life.may_refund(amount, run.now).unwrap().allowed;
        // The program tells a refund as asked before it is paid; until then the order is worth all of it.
        if allowed && run.gateway.counted() + amount > ORDER {
            faults.push(Fault::RefundOnLive);
        }
    }
    let state: serde_json::Value = serde_json::from_str(&run.life.state(run.now).unwrap()).unwrap();
    for invoice in state["invoices"].as_array().unwrap() {
        let told = run.told.get(invoice["fapiao_id"].as_str().unwrap());
        let lowered = told.is_some_and(|told| rank(invoice["tax"].as_str().unwrap()) < rank(told.text()));
        faults.extend(lowered.then_some(Fault::Lowered));
    }
    faults.extend(contradicts(run, &steps).then_some(Fault::Contradicts));
    let ends = steps == [LifeStep::End];
    faults.extend((steps.is_empty() || (ends && is_open(run))).then_some(Fault::Stuck));
    faults
}

/// Whether a call that may be made now is among those that must not be.
fn contradicts(run: &Run, steps: &[LifeStep]) -> bool {
    let forbidden = run.life.forbidden(run.now).unwrap();
    let known: Vec<_> = run.gateway.invoices.keys().chain(run.told.keys()).collect();
    steps.iter().any(|step| {
        let LifeStep::Call(call) = step else { return false };
        let ids = match call.call.as_str() {
            "query" | "title_url" | "user_title" | "fapiao_files" => Vec::new(),
            name => match request_of(&serde_json::from_str(&call.request).unwrap(), name) {
                Request::Issue(invoices) => invoices.into_iter().map(|(id, _)| id).collect(),
                Request::Reverse(ids) => ids,
            },
        };
        let is_new = call.call.starts_with("issue") && ids.iter().any(|id| !known.contains(&id));
        forbidden.iter().any(|one| {
            let same = one.act == call.call && one.fapiao_id.as_ref().is_none_or(|id| ids.contains(id));
            same || (is_new && one.act == "new_fapiao_id")
        })
    })
}

/// What would be invoiced after this call, fen.
fn after(run: &Run, invoices: &[(String, i64)]) -> i64 {
    let coming = run.gateway.coming();
    let known: BTreeMap<_, _> = invoices.iter().cloned().collect();
    let new = known.iter().filter(|(id, _)| !run.gateway.invoices.contains_key(*id) && !coming.contains_key(*id));
    run.gateway.counted() + new.map(|(_, amount)| amount).sum::<i64>()
}

/// Whether something is left that only this life can bring to an end.
fn is_open(run: &Run) -> bool {
    let elsewhere = run.gateway.invoices.values().any(|invoice| invoice.reversed_by == Some("somebody"));
    let between = !run.gateway.in_flight.is_empty() || !run.gateway.pending().is_empty();
    between || (!elsewhere && run.gateway.counted() != ORDER - run.refund)
}

fn rank(status: &str) -> u8 {
    let order = ["ISSUE_ACCEPTED", "ISSUE_FAILED", "ISSUED", "REVERSE_ACCEPTED", "REVERSE_FAILED", "REVERSED"];
    let at = order.iter().position(|one| *one == status).map_or(0, |at| at + 1);
    // A reversal that failed may be tried again.
    u8::try_from(if status == Status::ReverseFailed.text() { 4 } else { at }).unwrap()
}

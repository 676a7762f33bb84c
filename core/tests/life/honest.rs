//! From here on nothing is lost and nobody interferes: the life has to reach its end by the calls it proposes alone.

use crate::judge::{Fault, faults};
use crate::run::{Fate, ORDER, Run};
use fapiao::life::LifeStep;

/// Most calls that a life may need.
const MOST: usize = 200;

/// What is wrong with the way to the end, and how it came about.
pub(crate) fn ends(run: &Run) -> Option<(Fault, String)> {
    let mut run = run.clone();
    let told = |run: &Run, what: &str| format!("{}\nthen honestly: {what}", run.inputs.join("\n"));
    for _ in 0..MOST {
        let steps = run.life.next(run.now).unwrap();
        if let Some(fault) = faults(&run).first() {
            return Some((*fault, told(&run, "a fault")));
        }
        let owned = steps.iter().any(|step| matches!(step, LifeStep::Person { .. }));
        let Some((at, call)) = run.call() else {
            let elsewhere = run.gateway.invoices.values().any(|invoice| invoice.reversed_by == Some("somebody"));
            let right = run.gateway.counted() == ORDER - run.refund;
            let money = run.refund == 0 || run.life.may_refund(run.refund, run.now).unwrap().allowed;
            if right && !money && !elsewhere {
                return Some((Fault::Stuck, told(&run, "the money may not go back at the end")));
            }
            return (!owned && !right && !elsewhere)
                .then(|| (Fault::Stuck, told(&run, "an end with the wrong amount")));
        };
        run.now = at;
        run.gateway.reach(at);
        run.make(&call, Fate::Heard);
        for id in run.gateway.pending() {
            run.gateway.progress(&id, true, run.now);
        }
    }
    Some((Fault::Stuck, told(&run, "no end")))
}

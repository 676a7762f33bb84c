//! Calls as steps: at once, or when they are due.

use super::calls::{in_doubt, next_attempt};
use super::facts::CallKey;
use super::poll::{PERSON_AFTER, due};
use super::step::{LifeCall, LifeStep};
use super::view::View;
use crate::json::Members;

/// Ten seconds before the last invoice was seen issued, so that a question is due at once.
pub(super) fn issued_at(view: &View<'_>) -> i64 {
    let issued = view.invoices.iter().filter_map(|invoice| invoice.issued_at).max();
    issued.unwrap_or(view.now).saturating_sub(10)
}

/// Asks now or later, and after a day without an end tells a person as well.
pub(super) fn query(view: &View<'_>, since: i64, because: &'static str) -> Vec<LifeStep> {
    let mut steps = poll(view, "query", ids(view).end(), since, because);
    if view.now >= since.saturating_add(PERSON_AFTER) {
        let look_at = view.config.apply_id.clone();
        let because =
            "a day has passed without an end: ask WeChat Pay, with the ids and the Request-ID of the last query";
        steps.push(LifeStep::Person { who: "operations", look_at, because });
    }
    steps
}

/// Makes a call without effect now, or when it is due.
pub(super) fn poll(view: &View<'_>, call: &str, request: String, since: i64, because: &'static str) -> Vec<LifeStep> {
    let at = due(since, view.asked(call));
    let call = LifeCall { call: call.to_owned(), request, attempt: None, in_doubt: None, because };
    vec![if at <= view.now { LifeStep::Call(call) } else { LifeStep::Wait { until: at, then: call } }]
}

/// A call that changes something. Where it is made again `as_it_was`, what it left in doubt goes with it.
pub(super) fn change(
    view: &View<'_>,
    key: CallKey,
    request: String,
    as_it_was: bool,
    because: &'static str,
) -> LifeCall {
    let attempt = Some(next_attempt(&view.facts.calls, &key));
    let in_doubt = in_doubt(view.facts, &key).filter(|_| as_it_was);
    LifeCall { call: key.call, request, attempt, in_doubt, because }
}

/// The members of a request that every call of an application has.
pub(super) fn ids(view: &View<'_>) -> Members {
    let mut json = Members::new();
    json.text("fapiao_apply_id", Some(&view.config.apply_id));
    json
}

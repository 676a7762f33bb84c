//! Issuing, and issuing again.

use super::Way;
use super::ask::{change, ids};
use super::calls::Standing;
use super::facts::CallKey;
use super::input::MAX_INVOICES;
use super::invoice::Invoice;
use super::poll::after_refusal;
use super::step::LifeStep;
use super::tracks::Tax;
use super::view::View;
use super::{facts, title};
use crate::crypto::digest;
use crate::json::{Members, list};

/// Whether another invoice may come: the first, one after a failure, or one the program gave its word for.
pub(super) fn may_come(view: &View<'_>) -> bool {
    let reversed = view.invoices.iter().filter(|invoice| invoice.tax == Tax::Reversed);
    let Some(last) = reversed.max_by_key(|invoice| invoice.reversed_at) else { return true };
    // The word counts for the invoice that was there when it was given.
    let word = view.facts.last("reissue") >= last.issued_at.or(last.reversed_at);
    let ours = view.config.way == Way::PartnerDigital && last.reverse_sent.is_some();
    word || (ours && view.facts.refunds(false) > 0)
}

/// Issues what is wanted (fen); nothing is live or may become so when this is asked.
pub(super) fn next(view: &View<'_>, wanted: i64) -> Vec<LifeStep> {
    if let Some(step) = title::read(view) {
        return vec![step];
    }
    let person = |who, because| vec![LifeStep::Person { who, look_at: view.config.apply_id.clone(), because }];
    let digital = view.config.way == Way::PartnerDigital;
    let failed = view.invoices.iter().any(|invoice| invoice.tax == Tax::IssueFailed);
    if failed && !digital {
        return person("accounting", "issuing failed, and for this kind of invoice no way on is documented");
    }
    let refused = view.invoices.iter().filter_map(|invoice| match &invoice.issue {
        Standing::Refused { code, at } if invoice.tax == Tax::Refused && !code.is_empty() => Some((code.as_str(), *at)),
        _ => None,
    });
    let reissue = view.invoices.iter().any(|invoice| invoice.tax == Tax::Reversed);
    let throttled = |code: &str| matches!(code, "FREQUENCY_LIMITED" | "RATELIMIT_EXCEEDED");
    if reissue && !digital && refused.clone().any(|(code, _)| !throttled(code)) {
        return person("accounting", "the application does not take another invoice: a refusal is final here");
    }
    let invoices = invoices(view, wanted);
    let Some(invoices) = invoices else {
        return person("accounting", "five fapiao_ids are used up: this application takes no more");
    };
    let mut request = ids(view);
    let one = |(id, amount): &(String, i64)| {
        Members::new().text("fapiao_id", Some(id)).number("total_amount", Some(*amount)).end()
    };
    let mut json = invoices.iter().map(one);
    match (digital, json.next()) {
        (true, Some(single)) => request.json("fapiao_information", &single),
        _ => request.json("fapiao_information", &list(invoices.iter().map(one))),
    };
    let is_same = |(id, amount): &(String, i64)| {
        view.invoices.iter().any(|invoice| invoice.id == id && invoice.amount == Some(*amount))
    };
    let as_it_was = invoices.iter().all(is_same);
    let mut named: Vec<_> = invoices.into_iter().map(|(id, _)| id).collect();
    named.sort_unstable();
    let key = CallKey { call: view.config.issue_call.clone(), ids: named };
    let refusal = refused.max_by_key(|(_, at)| *at);
    let because = match (failed, refusal) {
        (_, Some((code, _))) if throttled(code) => "the gateway asked for a lower rate: the same ids again",
        (_, Some(_)) => "the gateway refused it: mend what its code names, under the same ids",
        (true, None) => "issuing failed: read fapiao_error_code first, then issue under a new id",
        _ => "nothing is issued for this money",
    };
    let call = change(view, key, request.end(), as_it_was, because);
    let Some((code, at)) = refusal else { return vec![LifeStep::Call(call)] };
    let until = after_refusal(at, call.attempt.unwrap_or(1), throttled(code));
    let mut steps = if throttled(code) { Vec::new() } else { person("operations", because) };
    steps.push(if until > view.now { LifeStep::Wait { until, then: call } } else { LifeStep::Call(call) });
    steps
}

/// The invoices to issue and their amounts (fen); nothing where the application takes no more.
fn invoices(view: &View<'_>, wanted: i64) -> Option<Vec<(String, i64)>> {
    let find = |id: &str| view.invoices.iter().find(|invoice| invoice.id == id);
    let is_free = |invoice: &Invoice<'_>| matches!(invoice.tax, Tax::None | Tax::Refused);
    let planned = view.facts.order.as_ref().map(|order| order.value.invoices.as_slice()).unwrap_or_default();
    let sum = planned.iter().fold(0_i64, |sum, (_, amount)| sum.saturating_add(*amount));
    let fits = !planned.is_empty() && sum <= wanted && planned.iter().all(|(id, _)| find(id).is_none_or(is_free));
    if fits {
        return Some(planned.to_vec());
    }
    // An id that was refused, or never arrived, is not used up.
    if let Some(free) = view.invoices.iter().find(|invoice| is_free(invoice)) {
        return Some(vec![(free.id.to_owned(), wanted)]);
    }
    if view.invoices.len() >= MAX_INVOICES {
        return None;
    }
    (1..=100_u8)
        .map(|number| new_id(&view.config.apply_id, number))
        .find(|id| find(id).is_none())
        .map(|id| vec![(id, wanted)])
}

/// The same id for the same question, so that two workers who ask at once do not issue twice.
fn new_id(apply_id: &str, number: u8) -> String {
    let id = format!("{apply_id}-{number}");
    if facts::is_id(&id) {
        return id;
    }
    let short: String = digest::hex(&digest::sha256(apply_id.as_bytes())).chars().take(28).collect();
    format!("{short}-{number}")
}

//! Reversing.

use super::Way;
use super::ask::{change, ids, issued_at, query};
use super::calls::Standing;
use super::facts::CallKey;
use super::invoice::Invoice;
use super::step::{LifeCall, LifeStep};
use super::tracks::Tax;
use super::view::View;
use crate::json::{Members, list};

/// The least time between two attempts to reverse an invoice, seconds.
/// [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792575)
pub(super) const REVERSE_GAP: i64 = 300;

/// How often a reversal may fail before a person should look.
const MAX_FAILURES: i64 = 5;

/// Reverses what is too much (fen): one invoice of that amount where there is one, else every live invoice; and all that the
/// program wants back.
pub(super) fn next(view: &View<'_>, too_much: i64) -> Vec<LifeStep> {
    let back = view.facts.last("take_back");
    let wanted_back = |invoice: &&Invoice<'_>| invoice.issued_at.is_some_and(|at| back >= Some(at));
    let exact = view.live().find(|invoice| invoice.amount == Some(too_much));
    let live: Vec<_> = match (view.live().any(|invoice| wanted_back(&invoice)), exact) {
        (true, _) => view.live().filter(wanted_back).collect(),
        (false, Some(exact)) => vec![exact],
        (false, None) if too_much > 0 => view.live().collect(),
        (false, None) => return Vec::new(),
    };
    let number = |invoice: &Invoice<'_>| invoice.seen.and_then(|seen| seen.number.clone()).map(|number| number.value);
    if live.iter().any(|invoice| number(invoice).is_none()) {
        return query(view, issued_at(view), "the number of the invoice is not known, and reversing needs it");
    }
    let one = |invoice: &&Invoice<'_>| {
        let (number, code) = number(invoice).unwrap_or_default();
        let mut json = Members::new();
        json.text("fapiao_id", Some(invoice.id));
        if !code.is_empty() && view.config.way != Way::PartnerDigital {
            json.text("fapiao_code", Some(&code));
        }
        json.text("fapiao_number", Some(&number)).end()
    };
    let mut request = ids(view);
    let refunds = view.facts.refunds(false) > 0;
    if view.config.way == Way::PartnerDigital && refunds && live.iter().all(|invoice| invoice.tax == Tax::Issued) {
        request.text("reverse_reason", Some("SALES_RETURN"));
    }
    request.json("fapiao_information", &list(live.iter().map(one)));
    let failed = live.iter().any(|invoice| invoice.tax == Tax::ReverseFailed);
    let because = if failed {
        "reversing failed: the same fapiao_id with a new reason, five minutes later or more"
    } else {
        "less is to be invoiced than the live invoices come to"
    };
    let mut named: Vec<_> = live.iter().map(|invoice| invoice.id.to_owned()).collect();
    named.sort_unstable();
    let key = CallKey { call: "reverse".to_owned(), ids: named };
    let never = |invoice: &&Invoice<'_>| matches!(&invoice.reverse, Standing::Refused { code, .. } if code.is_empty());
    let call: LifeCall = change(view, key, request.end(), live.iter().all(never), because);
    let mut steps = Vec::new();
    let refused =
        |invoice: &&Invoice<'_>| matches!(&invoice.reverse, Standing::Refused { code, .. } if !code.is_empty());
    if call.attempt.is_some_and(|attempt| attempt > MAX_FAILURES) || live.iter().any(refused) {
        let because = "the gateway does not reverse it: look at fapiao_error_code, or at the code it was refused with";
        steps.push(LifeStep::Person { who: "accounting", look_at: view.config.apply_id.clone(), because });
    }
    let again =
        live.iter().filter_map(|invoice| invoice.reverse_sent).max().map(|sent| sent.saturating_add(REVERSE_GAP));
    steps.push(match again {
        Some(until) if until > view.now => LifeStep::Wait { until, then: call },
        _ => LifeStep::Call(call),
    });
    steps
}

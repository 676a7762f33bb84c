//! The state as JSON, for programs and people.

use super::calls::Standing;
use super::files;
use super::invoice::Invoice;
use super::refund::may_refund;
use super::title;
use super::tracks::Tax;
use super::view::View;
use super::{deadlines, forbidden, next};
use crate::json::{Members, list};

/// The state of the whole, by the rule of several invoices: all reversed, some reversed, else the one that is furthest.
pub(super) fn whole(view: &View<'_>) -> &'static str {
    if view.is_own_platform() {
        return match (view.is_own_red(), view.facts.marks.contains_key("own_issued")) {
            (true, _) => "REVERSED",
            (_, true) => "ISSUED",
            _ if view.insert != Standing::None => "ISSUED",
            _ => title::state(view),
        };
    }
    let counts = |invoice: &&Invoice<'_>| !matches!(invoice.tax, Tax::None | Tax::Refused | Tax::IssueFailed);
    let mut counted: Vec<_> = view.invoices.iter().filter(counts).map(|invoice| invoice.tax).collect();
    if counted.is_empty() {
        counted = view.invoices.iter().map(|invoice| invoice.tax).filter(|tax| *tax != Tax::None).collect();
    }
    let reversed = counted.iter().filter(|tax| **tax == Tax::Reversed).count();
    match (reversed, counted.iter().max_by_key(|tax| tax.rank())) {
        (_, None) => title::state(view),
        (reversed, _) if reversed == counted.len() => "REVERSED",
        (1.., _) => "PARTIALLY_REVERSED",
        (_, Some(furthest)) => furthest.as_str(),
    }
}

/// Everything at once.
pub(super) fn state(view: &View<'_>) -> String {
    let mut json = Members::new();
    json.text("fapiao_apply_id", Some(&view.config.apply_id)).text("whole", Some(whole(view)));
    json.text("title", Some(title::state(view)));
    json.json("invoices", &list(view.invoices.iter().map(invoice)));
    if view.is_own_platform() {
        json.text("insert_cards", Some(standing(&view.insert))).text("consume_card", Some(standing(&view.consume)));
    }
    json.number("wanted", view.wanted()).number("live", view.live_amount());
    let paid = view.facts.refunds(true);
    let left = view.facts.order.as_ref().map_or(1, |order| order.value.amount.saturating_sub(paid).max(1));
    json.json("refund", &may_refund(view, left).to_json());
    json.json("next", &list(next::next(view).iter().map(super::LifeStep::to_json)));
    json.json("forbidden", &list(forbidden::forbidden(view).iter().map(super::Forbidden::to_json)));
    json.json("deadlines", &list(deadlines::deadlines(view).iter().map(super::Deadline::to_json))).end()
}

fn invoice(invoice: &Invoice<'_>) -> String {
    let seen = invoice.seen;
    let unknown = seen.into_iter().flat_map(|seen| seen.tax.keys()).filter(|status| Tax::of_status(status).is_none());
    let quoted = |text: &str| {
        let mut json = String::new();
        crate::json::quote(text, &mut json);
        json
    };
    let saved = files::STATUSES.iter().filter(|status| seen.is_some_and(|seen| seen.marks.contains_key(**status)));
    let mut json = Members::new();
    json.text("fapiao_id", Some(invoice.id)).text("tax", Some(invoice.tax.as_str())).text("card", invoice.card);
    json.number("total_amount", invoice.amount).text("issue", Some(standing(&invoice.issue)));
    json.text("reverse", Some(standing(&invoice.reverse)));
    json.text("fapiao_error_code", seen.and_then(|seen| seen.error.as_ref()).map(|error| error.value.as_str()));
    json.json("unknown_statuses", &list(unknown.map(|status| quoted(status))));
    json.json("saved", &list(saved.map(|status| quoted(status))));
    json.text("lowered_from", invoice.tax_seen.and_then(|track| track.lowered_from).map(Tax::as_str));
    json.text("contradiction", invoice.contradiction).end()
}

const fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::None => "none",
        Standing::Unclear { asked: true, .. } => "reconciling",
        Standing::Unclear { .. } => "unclear",
        Standing::Refused { .. } => "refused",
        Standing::Accepted { .. } => "accepted",
    }
}

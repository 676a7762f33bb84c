//! Whether money may go back now.

use super::step::RefundAnswer;
use super::tracks::Tax;
use super::view::View;

/// Answers whether this amount (fen) may go back.
pub(super) fn may_refund(view: &View<'_>, amount: i64) -> RefundAnswer {
    let no = |because| RefundAnswer { allowed: false, ask_again: false, at_most: 0, because };
    let not_now = |because| RefundAnswer { ask_again: true, ..no(because) };
    let Some(order) = &view.facts.order else {
        return no("the amount of the order is not known: tell it first");
    };
    if view.invoices.iter().any(|invoice| invoice.contradiction.is_some()) {
        return no("what was seen of an invoice cannot all be true: accounting must look at it first");
    }
    let left = order.value.amount.saturating_sub(view.facts.refunds(true)).max(0);
    let (most, because) = if view.is_own_platform() {
        match own_platform(view, left) {
            Ok(found) => found,
            Err(because) => return no(because),
        }
    } else {
        if let Some(because) = on_its_way(view) {
            return not_now(because);
        }
        match of_invoices(view, order.value.amount, left) {
            Ok(found) => found,
            Err(because) => return no(because),
        }
    };
    if amount > most {
        let because = if most == left { "more than is left of the order" } else { because };
        return RefundAnswer { at_most: most, ..no(because) };
    }
    RefundAnswer { allowed: true, ask_again: false, at_most: most, because }
}

/// Why a query has to tell first.
pub(super) fn on_its_way(view: &View<'_>) -> Option<&'static str> {
    let any = |is: fn(Tax) -> bool| view.invoices.iter().any(|invoice| is(invoice.tax));
    if any(|tax| matches!(tax, Tax::Unclear | Tax::Reconciling)) {
        return Some("it is not known whether the invoice is issued: `query` first");
    }
    if any(|tax| tax == Tax::IssueAccepted) {
        return Some("the invoice is being issued: `query` first");
    }
    if any(|tax| tax == Tax::ReverseAccepted) {
        return Some("the invoice is being reversed: `query` first");
    }
    if view.live().any(|invoice| invoice.reverse.is_unclear()) {
        return Some("it is not known whether the invoice is reversed: `query` first");
    }
    if view.invoices.iter().any(|invoice| invoice.unplaced.is_some()) {
        return Some("an event does not say which invoices it means: `query` first");
    }
    None
}

type Most = Result<(i64, &'static str), &'static str>;

fn of_invoices(view: &View<'_>, order: i64, left: i64) -> Most {
    if view.live().next().is_none() {
        let reversed = view.invoices.iter().any(|invoice| invoice.tax == Tax::Reversed);
        let failed = view.invoices.iter().any(|invoice| invoice.tax == Tax::IssueFailed);
        let because = match (reversed, failed) {
            (true, _) => "every invoice is reversed",
            (_, true) => "issuing failed, as a query said",
            _ => "nothing was issued: tell the refund before it is paid, so that nothing is issued any more",
        };
        return Ok((left, because));
    }
    let Some(live) = view.live_amount() else {
        return Err("an invoice is live, and its amount is not known: `query` first");
    };
    let reversed = view.invoices.iter().filter(|invoice| invoice.tax == Tax::Reversed);
    let reversed = reversed.filter_map(|invoice| invoice.amount).fold(0_i64, i64::saturating_add);
    let paid = view.facts.refunds(true);
    // What was asked back before the live invoices were sent was left out of them.
    let sent = view.live().filter_map(|invoice| invoice.issue_sent).min();
    let covered = reversed.saturating_add(sent.map_or(0, |sent| view.facts.refunds_before(sent)));
    let most = order.saturating_sub(live).min(covered).saturating_sub(paid).max(0);
    if most == 0 {
        let failed = view.live().all(|invoice| invoice.tax == Tax::ReverseFailed);
        return Err(if failed {
            "reversing failed, so the invoice is valid: `reverse` again, and wait for REVERSED"
        } else {
            "the invoice is valid, whatever became of its card: `reverse`, and wait for REVERSED"
        });
    }
    Ok((most, "only as much as is not invoiced any more: the other invoices are valid"))
}

fn own_platform(view: &View<'_>, left: i64) -> Most {
    let marked = |name: &str| view.facts.marks.contains_key(name);
    if view.is_own_red() {
        return Ok((left, "the own platform has reversed the invoice"));
    }
    let nothing = !marked("own_issued") && view.insert == super::calls::Standing::None && view.invoices.is_empty();
    if nothing {
        return Ok((left, "nothing was issued: tell the refund before it is paid, so that nothing is issued any more"));
    }
    Err("WeChat Pay can't tell: only the red invoice of the own platform allows it, not the card")
}

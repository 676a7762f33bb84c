//! What may be done next, best first.

use super::ask::{ids, issued_at, poll, query};
use super::calls::{SETTLES_AFTER, Standing};
use super::deadlines::FILE_WINDOW;
use super::invoice::Invoice;
use super::poll::PERSON_AFTER;
use super::step::LifeStep;
use super::tracks::Tax;
use super::view::View;
use super::{Way, issue, own_platform, reverse, title};

/// What may be done next.
pub(super) fn next(view: &View<'_>) -> Vec<LifeStep> {
    let mut steps = persons(view);
    if view.is_own_platform() {
        steps.extend(own_platform::next(view));
    } else if let Some((since, because)) = view.invoices.iter().filter_map(on_its_way).max_by_key(|(since, _)| *since) {
        steps.extend(query(view, since, because));
    } else if view.invoices.iter().all(|invoice| invoice.contradiction.is_none()) {
        steps.extend(money(view));
        steps.extend(cards(view));
    } else {
        let since = view.invoices.iter().filter(|invoice| invoice.contradiction.is_some()).map(Invoice::since).max();
        let since = since.unwrap_or(view.now);
        steps.extend(query(view, since, "what was seen cannot all be true"));
    }
    steps.extend(files(view));
    if steps.is_empty() {
        steps.push(LifeStep::End);
    }
    steps
}

/// What a person has to look at, whatever else goes on.
fn persons(view: &View<'_>) -> Vec<LifeStep> {
    let person = |who, look_at: &str, because| LifeStep::Person { who, look_at: look_at.to_owned(), because };
    let mut steps: Vec<_> = view
        .invoices
        .iter()
        .filter_map(|invoice| invoice.contradiction.map(|because| person("accounting", invoice.id, because)))
        .collect();
    let apply_id = &view.config.apply_id;
    if view.clock_jumped() {
        steps.push(person("operations", apply_id, "facts are from the future: a machine's clock has jumped"));
    }
    let Some(order) = &view.facts.order else { return steps };
    if view.facts.refunds(false) > order.value.amount {
        steps.push(person("accounting", apply_id, "the refunds come to more than the order"));
    }
    match view.live_amount() {
        Some(live) if live > order.value.amount => {
            steps.push(person("accounting", apply_id, "the live invoices come to more than the order"));
        }
        Some(live) if live > order.value.amount.saturating_sub(view.facts.refunds(true)).max(0) => {
            steps.push(person("accounting", apply_id, "money went back although the invoice is valid: reverse it now"));
        }
        _ => {}
    }
    steps
}

/// What a query has to tell about an invoice before anything else, and since when.
fn on_its_way(invoice: &Invoice<'_>) -> Option<(i64, &'static str)> {
    let since = invoice.since();
    match (invoice.tax, &invoice.issue) {
        (Tax::Reconciling, Standing::Unclear { last_send, .. }) => {
            // Not found once is no proof; from then on it is.
            let proof = last_send.saturating_add(SETTLES_AFTER);
            return Some((proof.saturating_sub(10), "it was not found yet, which proves nothing so soon"));
        }
        (Tax::Unclear, Standing::Unclear { in_flight: false, .. }) => {
            return Some((since.saturating_sub(10), "it is not known whether the invoice is issued"));
        }
        (Tax::Unclear, _) => return Some((since, "the call that issues is on its way")),
        (Tax::IssueAccepted, _) => return Some((since, "the invoice is being issued")),
        (Tax::ReverseAccepted, _) => return Some((since, "the invoice is being reversed")),
        _ => {}
    }
    if invoice.tax.is_live()
        && let Some(sent) = invoice.reverse.last_send()
    {
        return Some((sent.saturating_sub(10), "it is not known whether the invoice is reversed"));
    }
    invoice.unplaced.map(|at| (at.saturating_sub(10), "an event does not say which invoices it means"))
}

/// What the amount wanted and the invoices that are live ask for.
fn money(view: &View<'_>) -> Vec<LifeStep> {
    let Some(wanted) = view.wanted() else {
        let because = "the amount of the order is not known: tell it";
        let look_at = view.config.apply_id.clone();
        return vec![LifeStep::Person { who: "operations", look_at, because }];
    };
    let any_live = view.live().next().is_some();
    if any_live && view.live_amount().is_none() {
        return query(view, issued_at(view), "the amount of a live invoice is not known");
    }
    if any_live {
        let live = view.live_amount().unwrap_or(0);
        return reverse::next(view, live.saturating_sub(wanted));
    }
    if wanted == 0 {
        return Vec::new();
    }
    if !issue::may_come(view) {
        let because = "the invoice was reversed, and nothing says what for: tell a refund, `reissue` or `closed`";
        return vec![LifeStep::Person { who: "accounting", look_at: view.config.apply_id.clone(), because }];
    }
    if view.is_filled() { issue::next(view, wanted) } else { title::next(view) }
}

/// The card of an issued invoice; not without an end, since its event may never come although the card is there.
fn cards(view: &View<'_>) -> Vec<LifeStep> {
    let waits = |invoice: &&Invoice<'_>| {
        invoice.tax == Tax::Issued && invoice.card.is_none_or(|card| card == "INSERT_ACCEPTED")
    };
    let Some(since) = view.invoices.iter().filter(waits).filter_map(|invoice| invoice.issued_at).max() else {
        return Vec::new();
    };
    if view.now >= since.saturating_add(PERSON_AFTER) {
        return Vec::new();
    }
    query(view, since, "the card is not in the wallet yet; the invoice counts all the same")
}

/// The files that are not saved yet.
fn files(view: &View<'_>) -> Vec<LifeStep> {
    if !view.config.save_files || view.is_own_platform() {
        return Vec::new();
    }
    let open = |invoice: &&Invoice<'_>| {
        let (status, issued_at) = match invoice.tax {
            Tax::Issued | Tax::ReverseFailed => ("ISSUED", invoice.issued_at),
            Tax::Reversed if view.config.way == Way::PartnerDigital => {
                ("REVERSED", invoice.issued_at.or(invoice.reversed_at))
            }
            _ => return false,
        };
        let saved = invoice.seen.is_some_and(|seen| seen.marks.contains_key(status));
        !saved && issued_at.is_some_and(|at| view.now < at.saturating_add(FILE_WINDOW))
    };
    let open: Vec<_> = view.invoices.iter().filter(open).collect();
    let Some(since) = open.iter().filter_map(|invoice| invoice.reversed_at.or(invoice.issued_at)).max() else {
        return Vec::new();
    };
    let mut request = ids(view);
    if let [alone] = open.as_slice() {
        request.text("fapiao_id", Some(alone.id));
    }
    let because = "a file is not saved yet; the link in the answer lives 30 seconds";
    let mut steps = poll(view, super::files::CALL, request.end(), since.saturating_sub(10), because);
    if view.now >= since.saturating_add(PERSON_AFTER) {
        let because = "the file is not saved for a day: look why";
        steps.push(LifeStep::Person { who: "operations", look_at: view.config.apply_id.clone(), because });
    }
    steps
}

//! What must not be done now, and why.

use super::Way;
use super::calls::{SETTLES_AFTER, Standing};
use super::input::MAX_INVOICES;
use super::invoice::Invoice;
use super::refund::may_refund;
use super::reverse::REVERSE_GAP;
use super::step::Forbidden;
use super::tracks::Tax;
use super::view::View;

/// What must not be done now.
pub(super) fn forbidden(view: &View<'_>) -> Vec<Forbidden> {
    let mut found = Vec::new();
    let issue = view.config.issue_call.as_str();
    let whole = |act: &str, until, because| Forbidden { act: act.to_owned(), fapiao_id: None, until, because };
    if !view.is_filled() && view.invoices.is_empty() && !view.is_own_platform() {
        found.push(whole(issue, None, "the buyer is not known: the payer has to fill in the title first"));
    }
    if view.facts.last("linked").is_some() {
        found.push(whole(
            "new_fapiao_apply_id",
            None,
            "a link that ran out is asked for again under the same fapiao_apply_id",
        ));
    }
    if view.is_own_platform() {
        found.push(whole(
            "reverse",
            None,
            "it reverses what WeChat Pay issued alone: make the red invoice in the own platform",
        ));
        if !matches!(view.insert, Standing::None | Standing::Refused { .. }) || !view.invoices.is_empty() {
            found.push(whole("insert_cards", None, "an order is inserted once, whatever became of the card"));
        }
    } else if let Some(first) = view.may_be_live().next() {
        let until = first.issue.last_send().map(|sent| sent.saturating_add(SETTLES_AFTER));
        found.push(whole("new_fapiao_id", until, "an invoice for this money is live, or may be"));
    } else if view.invoices.len() >= MAX_INVOICES {
        found.push(whole("new_fapiao_id", None, "an application takes five fapiao_ids at most"));
    } else if view.invoices.iter().any(|invoice| invoice.tax == Tax::Reversed) && !super::issue::may_come(view) {
        found.push(whole(
            "new_fapiao_id",
            None,
            "the invoice was reversed: another one comes on the program's word alone",
        ));
    }
    if !view.is_own_platform() {
        view.invoices.iter().for_each(|invoice| of_invoice(view, invoice, &mut found));
    }
    let refund = may_refund(view, 1);
    if !refund.allowed {
        found.push(whole("refund", None, refund.because));
    }
    found
}

fn of_invoice(view: &View<'_>, invoice: &Invoice<'_>, found: &mut Vec<Forbidden>) {
    let mut add = |act: &str, until, because| {
        found.push(Forbidden { act: act.to_owned(), fapiao_id: Some(invoice.id.to_owned()), until, because });
    };
    let issue = view.config.issue_call.as_str();
    match invoice.tax {
        Tax::None | Tax::Refused => add("reverse", None, "nothing is issued under this id"),
        Tax::Unclear | Tax::Reconciling => {
            let until = invoice.issue.last_send().map(|sent| sent.saturating_add(SETTLES_AFTER));
            add(issue, until, "it is not known whether it was issued: `query` first; not found once proves nothing");
            add("reverse", None, "it is not known whether it was issued");
        }
        Tax::IssueAccepted => {
            add(issue, None, "it is being issued");
            add("reverse", None, "it is not issued yet");
        }
        Tax::IssueFailed => {
            add(issue, None, "an id that failed is not used again: issue under a new one");
            add("reverse", None, "nothing is issued under this id");
        }
        Tax::Issued => add(issue, None, "it is issued already"),
        Tax::ReverseAccepted => {
            add(issue, None, "it is being reversed");
            add("reverse", None, "it is being reversed");
        }
        Tax::ReverseFailed => {
            add(issue, None, "it is valid: reversing it failed");
            let until = invoice.reverse_sent.map(|sent| sent.saturating_add(REVERSE_GAP));
            if until.is_some_and(|until| until > view.now) {
                add("reverse", until, "attempts to reverse an invoice are five minutes apart");
            }
        }
        Tax::Reversed => {
            add(issue, None, "a number that was used is not used again");
            add("reverse", None, "it is reversed already");
        }
    }
    if matches!(invoice.tax, Tax::Issued | Tax::ReverseFailed) && invoice.reverse.is_unclear() {
        add("reverse", None, "it is not known whether it is reversed: `query` first");
    }
    if invoice.tax == Tax::Reversed && view.config.way != Way::PartnerDigital {
        add(super::files::CALL, None, "of a reversed invoice there is no file");
    }
}

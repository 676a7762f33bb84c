//! The merchant's own platform issues: WeChat Pay keeps the card alone.

use super::ask::{change, ids, query};
use super::calls::Standing;
use super::facts::CallKey;
use super::poll::PERSON_AFTER;
use super::step::{LifeCall, LifeStep};
use super::title;
use super::tracks::card_rank;
use super::view::View;

/// How long an uploaded file can be used, seconds. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792580)
pub(super) const UPLOAD_LIVES: i64 = 3 * 86_400;

/// What may be done next.
pub(super) fn next(view: &View<'_>) -> Vec<LifeStep> {
    let person =
        |because| vec![LifeStep::Person { who: "own_platform", look_at: view.config.apply_id.clone(), because }];
    let marked = |name: &str| view.facts.marks.contains_key(name);
    let Some(wanted) = view.wanted() else {
        let because = "the amount of the order is not known: tell it";
        return vec![LifeStep::Person { who: "operations", look_at: view.config.apply_id.clone(), because }];
    };
    for (standing, because) in [
        (&view.insert, "it is not known whether the card was inserted"),
        (&view.consume, "it is not known whether the card is gone"),
    ] {
        if let Standing::Unclear { last_send, .. } = standing {
            return query(view, last_send.saturating_sub(10), because);
        }
    }
    let issued = marked("own_issued") || view.insert != Standing::None || !view.invoices.is_empty();
    if view.is_own_red() {
        return card_away(view);
    }
    let back = view.facts.last("take_back");
    if issued && back.is_some() && back >= view.facts.last("own_issued") {
        return person("the invoice is to be taken back: make the red invoice in the own platform");
    }
    if issued && wanted < view.facts.order.as_ref().map_or(0, |order| order.value.amount) {
        return person("less is to be invoiced: make the red invoice in the own platform");
    }
    if !issued {
        return match (wanted > 0, view.is_filled()) {
            (false, _) => Vec::new(),
            (true, false) => title::next(view),
            (true, true) => title::read(view)
                .map_or_else(|| person("issue the invoice in the own platform, then tell it"), |step| vec![step]),
        };
    }
    card_in(view)
}

/// Puts the card into the wallet: once, whatever becomes of it there.
fn card_in(view: &View<'_>) -> Vec<LifeStep> {
    match &view.insert {
        Standing::None | Standing::Refused { .. } if view.invoices.is_empty() => {}
        Standing::Accepted { at } => {
            let there = view.invoices.iter().any(|invoice| invoice.card.is_some_and(|card| card_rank(card) >= 2));
            let over = there || view.now >= at.saturating_add(PERSON_AFTER);
            return if over { Vec::new() } else { query(view, *at, "the card is not in the wallet yet") };
        }
        _ => return Vec::new(),
    }
    let uploaded = view.facts.last("uploaded").filter(|at| at.saturating_add(UPLOAD_LIVES) > view.now);
    if uploaded.is_none() {
        return vec![LifeStep::Call(LifeCall {
            call: "upload_file".to_owned(),
            request: "{}".to_owned(),
            attempt: None,
            in_doubt: None,
            because: "the file must be uploaded before the card is inserted; it is kept three days",
        })];
    }
    let mut request = ids(view);
    request.text("scene", Some(&view.config.scene));
    let key = CallKey { call: "insert_cards".to_owned(), ids: Vec::new() };
    let because = "the invoice is issued, and the card is not in the wallet: all invoices of the order in one call";
    vec![LifeStep::Call(change(view, key, request.end(), true, because))]
}

/// Takes the card out of the wallet, after the red invoice.
fn card_away(view: &View<'_>) -> Vec<LifeStep> {
    let there = view.invoices.iter().any(|invoice| invoice.card.is_some_and(|card| (1..=2).contains(&card_rank(card))));
    match (&view.consume, there) {
        (Standing::None | Standing::Refused { .. }, true) => {
            let key = CallKey { call: "consume_card".to_owned(), ids: Vec::new() };
            let because = "the own platform has made the red invoice: the card must go";
            vec![LifeStep::Call(change(view, key, "{}".to_owned(), true, because))]
        }
        (Standing::Accepted { at }, true) if view.now < at.saturating_add(PERSON_AFTER) => {
            query(view, *at, "the card is not seen gone yet")
        }
        _ => Vec::new(),
    }
}

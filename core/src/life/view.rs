//! The facts seen together: each invoice with its tracks, the title, and what the money behind them comes to.

use super::calls::{Standing, attempts, standing};
use super::config::{LifeConfig, Way};
use super::facts::Facts;
use super::invoice::Invoice;
use super::tracks::card_rank;
use std::collections::BTreeSet;

/// How far a machine's clock may have jumped before facts from the future are told to a person, seconds.
const CLOCK_JUMP: i64 = 300;

/// Everything known, as it stands at a time.
pub(super) struct View<'a> {
    pub(super) config: &'a LifeConfig,
    pub(super) facts: &'a Facts,
    pub(super) now: i64,
    pub(super) invoices: Vec<Invoice<'a>>,
    /// Of an own platform's invoices: how the one call that inserts their cards stands.
    pub(super) insert: Standing,
    /// Of an own platform's invoices: how the call stands that takes their cards away.
    pub(super) consume: Standing,
}

impl<'a> View<'a> {
    pub(super) fn of(config: &'a LifeConfig, facts: &'a Facts, now: i64) -> Self {
        let mut ids: BTreeSet<&str> = facts.invoices.keys().map(String::as_str).collect();
        ids.extend(facts.calls.keys().flat_map(|key| &key.ids).map(String::as_str));
        ids.extend(facts.events.values().flat_map(|event| event.invoices.keys()).map(String::as_str));
        let alone = ids.len() == 1;
        let invoices: Vec<_> = ids.into_iter().map(|id| Invoice::of(facts, id, alone)).collect();
        let of_call = |name: &'static str| attempts(facts, move |key| key.call == name);
        let card_there = invoices.iter().any(|invoice| invoice.card.is_some());
        let shown = facts.events.values().any(|event| event.event_type == "FAPIAO.CARD_INSERTED");
        let insert = match standing(&of_call("insert_cards"), facts.last("listed").filter(|_| invoices.is_empty())) {
            Standing::Unclear { .. } if card_there || shown => Standing::Accepted { at: now },
            found => found,
        };
        let gone = invoices.iter().any(|invoice| invoice.card.is_some_and(|card| card_rank(card) >= 3));
        let still_there = facts.last("listed").filter(|_| !gone);
        let consume = match standing(&of_call("consume_card"), still_there) {
            Standing::Unclear { .. } if gone => Standing::Accepted { at: now },
            found => found,
        };
        Self { config, facts, now, invoices, insert, consume }
    }

    pub(super) fn is_own_platform(&self) -> bool {
        self.config.way == Way::SelfBuilt
    }

    /// Whether the own platform has reversed what it issued.
    pub(super) fn is_own_red(&self) -> bool {
        self.facts.last("own_red") >= self.facts.last("own_issued") && self.facts.marks.contains_key("own_red")
    }

    /// When a call without effect was last made; facts from the future count for nothing.
    pub(super) fn asked(&self, call: &str) -> Option<i64> {
        self.facts.last(&super::heard::asked(call)).filter(|at| *at <= self.now.saturating_add(CLOCK_JUMP))
    }

    /// Whether there are facts from the future: the clock jumped back, or had jumped ahead.
    pub(super) fn clock_jumped(&self) -> bool {
        self.facts.newest() > self.now.saturating_add(CLOCK_JUMP)
    }

    /// Since when the buyer's data can be had: the payer filled in the title, or the program has it.
    pub(super) fn filled_at(&self) -> Option<i64> {
        let applied = self.facts.events.values().filter(|event| event.event_type == "FAPIAO.USER_APPLIED");
        let known = ["buyer", "title_read"].into_iter().filter_map(|name| self.facts.marks.get(name));
        applied.map(|event| event.at).chain(known.map(|span| span.first)).min()
    }

    pub(super) fn is_filled(&self) -> bool {
        self.filled_at().is_some()
    }

    /// Whether an invoice counts, or may.
    pub(super) fn may_be_live(&self) -> impl Iterator<Item = &Invoice<'a>> {
        self.invoices.iter().filter(|invoice| !invoice.tax.is_dead() || invoice.contradiction.is_some())
    }

    /// The invoices that count.
    pub(super) fn live(&self) -> impl Iterator<Item = &Invoice<'a>> {
        self.invoices.iter().filter(|invoice| invoice.tax.is_live())
    }

    /// What the order is worth after refunds that were asked for or paid, fen; nothing more once the application is closed.
    pub(super) fn wanted(&self) -> Option<i64> {
        let order = self.facts.order.as_ref()?;
        if self.facts.marks.contains_key("closed") {
            return Some(0);
        }
        Some(order.value.amount.saturating_sub(self.facts.refunds(false)).max(0))
    }

    /// What the live invoices come to, fen; nothing where the amount of one is not known.
    pub(super) fn live_amount(&self) -> Option<i64> {
        self.live().map(|invoice| invoice.amount).try_fold(0_i64, |sum, amount| Some(sum.saturating_add(amount?)))
    }
}

//! What is known of an application. Facts are only ever added, each with the time it became known, and adding them is the same in
//! any order and any number of times; what they mean is worked out from all of them together.

use crate::flow::Effect;
use std::collections::BTreeMap;

/// Most attempts of one call that are kept.
pub(super) const MAX_ATTEMPTS: i64 = 999;

/// Whether a text can be an id of an application or an invoice.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012538301)
pub(super) fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '|' | '*');
    (1..=32).contains(&text.len()) && text.chars().all(allowed)
}

/// When something was seen for the first and for the last time, Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Span {
    pub(super) const fn at(time: i64) -> Self {
        Self { first: time, last: time }
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// What was seen, by its name.
pub(super) type Spans = BTreeMap<String, Span>;

/// Adds a sight of something.
pub(super) fn mark(spans: &mut Spans, name: &str, time: i64) {
    let span = spans.get(name).map_or(Span::at(time), |span| span.join(Span::at(time)));
    spans.insert(name.to_owned(), span);
}

/// A value of which the latest counts; of two at one time the greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Latest<T> {
    pub(super) at: i64,
    pub(super) value: T,
}

impl<T: Ord> Latest<T> {
    pub(super) fn put(slot: &mut Option<Self>, at: i64, value: T) {
        let new = Some(Self { at, value });
        if *slot < new {
            *slot = new;
        }
    }
}

/// Everything known of one application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// What happened to the application as a whole.
    pub(super) marks: Spans,
    pub(super) order: Option<Latest<Order>>,
    /// By the merchant's number of the refund.
    pub(super) refunds: BTreeMap<String, Refund>,
    pub(super) calls: BTreeMap<CallKey, BTreeMap<i64, Attempt>>,
    /// By the id of the notification.
    pub(super) events: BTreeMap<String, EventFact>,
    /// By `fapiao_id`.
    pub(super) invoices: BTreeMap<String, Seen>,
}

/// What is to be invoiced, fen.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    pub(super) amount: i64,
    /// The invoices the program wants, where it wants some in particular, and their amounts.
    pub(super) invoices: Vec<(String, i64)>,
}

/// One refund, and how far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refund {
    pub(super) amount: i64,
    /// `asked`, `paid`, `cancelled`.
    pub(super) states: Spans,
}

impl Refund {
    fn is(&self, state: &str) -> bool {
        self.states.contains_key(state)
    }

    fn counts(&self) -> bool {
        self.is("paid") || (self.is("asked") && !self.is("cancelled"))
    }
}

fn sum<'a>(refunds: impl Iterator<Item = &'a Refund>) -> i64 {
    refunds.fold(0, |sum, refund| sum.saturating_add(refund.amount))
}

/// A call that has an effect, and the invoices it is about; none where the gateway names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CallKey {
    pub(super) call: String,
    pub(super) ids: Vec<String>,
}

/// One attempt at a call: whatever one flow did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) sent: Option<Span>,
    pub(super) result: Option<Outcome>,
    pub(super) in_doubt: Option<Latest<String>>,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) effect: Effect,
    pub(super) at: i64,
    pub(super) code: String,
}

impl Outcome {
    /// A yes outweighs a no, and either outweighs not knowing.
    fn weight(&self) -> (u8, i64, &str) {
        let effect = match self.effect {
            Effect::Unknown => 0,
            Effect::No => 1,
            Effect::Yes => 2,
        };
        (effect, self.at, &self.code)
    }
}

impl Attempt {
    pub(super) fn settle(&mut self, outcome: Outcome) {
        if self.result.as_ref().is_none_or(|known| known.weight() < outcome.weight()) {
            self.result = Some(outcome);
        }
    }

    /// When it was sent last, as far as known.
    pub(super) fn last_send(&self) -> i64 {
        self.sent.map_or_else(|| self.result.as_ref().map_or(0, |result| result.at), |sent| sent.last)
    }

    /// The effect; unknown while no answer is there, and where it was sent again after its answer.
    pub(super) fn effect(&self) -> Effect {
        match &self.result {
            Some(result) if result.effect == Effect::Yes || result.at >= self.last_send() => result.effect,
            _ => Effect::Unknown,
        }
    }
}

/// A verified event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EventFact {
    pub(super) event_type: String,
    pub(super) at: i64,
    /// The invoices it lists, with the statuses inside.
    pub(super) invoices: BTreeMap<String, (String, String)>,
}

/// What was seen of one invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Amount with tax, fen.
    pub(super) amount: Option<Latest<i64>>,
    /// Invoice number and invoice code.
    pub(super) number: Option<Latest<(String, String)>>,
    /// Why issuing or reversing failed.
    pub(super) error: Option<Latest<String>>,
    /// Tax statuses that a query showed.
    pub(super) tax: Spans,
    /// Card statuses that a query showed.
    pub(super) card: Spans,
    /// Files saved, by the status whose file it is; and `absent`, where a query for this invoice alone did not find it.
    pub(super) marks: Spans,
}

impl Facts {
    pub(super) fn mark(&mut self, name: &str, time: i64) {
        mark(&mut self.marks, name, time);
    }

    pub(super) fn last(&self, name: &str) -> Option<i64> {
        self.marks.get(name).map(|span| span.last)
    }

    pub(super) fn invoice(&mut self, id: &str) -> &mut Seen {
        self.invoices.entry(id.to_owned()).or_default()
    }

    pub(super) fn attempt(&mut self, key: CallKey, number: i64) -> &mut Attempt {
        self.calls.entry(key).or_default().entry(number).or_default()
    }

    /// Keeps an event; the same again changes nothing, whenever it comes.
    pub(super) fn event(&mut self, id: &str, event: EventFact) {
        let Some(known) = self.events.get_mut(id) else {
            self.events.insert(id.to_owned(), event);
            return;
        };
        let at = known.at.min(event.at);
        // One id has one content; where that is not so, which counts must not hang on the order.
        if (&event.event_type, &event.invoices) < (&known.event_type, &known.invoices) {
            *known = event;
        }
        known.at = at;
    }

    /// The newest time among the facts.
    pub(super) fn newest(&self) -> i64 {
        let calls = self.calls.values().flat_map(BTreeMap::values).map(Attempt::last_send);
        let events = self.events.values().map(|event| event.at);
        let invoices = self.invoices.values().flat_map(|seen| seen.tax.values()).map(|span| span.last);
        self.marks.values().map(|span| span.last).chain(calls).chain(events).chain(invoices).max().unwrap_or(0)
    }

    /// Refunds that count, fen: asked or paid; `paid` ones alone where that is wanted.
    pub(super) fn refunds(&self, paid_only: bool) -> i64 {
        sum(self.refunds.values().filter(|refund| refund.is("paid") || (!paid_only && refund.counts())))
    }

    /// Refunds that count and were told by a time, fen.
    pub(super) fn refunds_before(&self, time: i64) -> i64 {
        let early = |refund: &&Refund| refund.states.values().any(|span| span.first <= time);
        sum(self.refunds.values().filter(|refund| refund.counts()).filter(early))
    }
}

//! How often a flow sends and asks, and how long it waits in between.

use crate::moment::Moment;

/// Most requests of one flow, the asking ones not counted.
const MAX_SENDS: u32 = 4;
/// Waits before questions, milliseconds; with the spread below they stay under eight seconds together.
const ASKS: [u64; 3] = [1_000, 2_000, 4_000];
/// First wait before a request is sent again, milliseconds; each further one is twice as long.
const FIRST_WAIT: u64 = 1_000;

/// What is left of sends and questions.
pub(super) struct Budget {
    max_sends: u32,
    sends: u32,
    asks: std::slice::Iter<'static, u64>,
    /// Whether anything was asked yet.
    has_asked: bool,
    waits: u32,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { max_sends: MAX_SENDS, sends: 0, asks: ASKS.iter(), has_asked: false, waits: 0 }
    }

    /// One request, and nobody is asked.
    pub(super) fn once() -> Self {
        Self { max_sends: 1, asks: [].iter(), ..Self::new() }
    }

    pub(super) fn sent(&mut self) {
        self.sends = self.sends.saturating_add(1);
    }

    /// Notes a question that needed no wait.
    pub(super) fn asked(&mut self) {
        self.has_asked = true;
    }

    pub(super) fn has_sent(&self) -> bool {
        self.sends > 0
    }

    pub(super) fn may_send(&self) -> bool {
        self.sends < self.max_sends
    }

    pub(super) fn may_ask(&self) -> bool {
        self.asks.len() > 0
    }

    /// The wait before the next question, milliseconds; none once enough was asked. `since` are the seconds since the last send:
    /// who waited for an answer already does not wait again before the first question.
    pub(super) fn wait_to_ask(&mut self, moment: &Moment, since: i64) -> Option<u64> {
        let first = !self.has_asked;
        self.has_asked = true;
        let wait = *self.asks.next()?;
        // Whole seconds: of two, one at least has passed.
        if first && since >= 2 {
            return Some(0);
        }
        Some(wait.saturating_add(spread(wait.checked_div(8).unwrap_or_default(), moment)))
    }

    /// The wait before a request is sent again, milliseconds: between half and the whole of what doubles each time.
    pub(super) fn wait_to_send(&mut self, moment: &Moment) -> u64 {
        let longest = FIRST_WAIT.saturating_mul(1_u64.checked_shl(self.waits.min(6)).unwrap_or(1));
        self.waits = self.waits.saturating_add(1);
        let half = longest.checked_div(2).unwrap_or_default();
        half.saturating_add(spread(half, moment))
    }
}

/// A share of `most` by chance, so that many callers do not come back together.
fn spread(most: u64, moment: &Moment) -> u64 {
    let [first, ..] = moment.seed("wait");
    most.saturating_mul(u64::from(first)).checked_div(255).unwrap_or_default()
}

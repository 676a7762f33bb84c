//! Programs and lives that are broken on purpose, so that the judge can show that it sees.

use crate::world::{Event, Gateway};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sabotage {
    None,
    /// Nothing is kept of a call before it leaves.
    ForgetsWhatItSends,
    /// A lost answer is told as a failure that had no effect.
    TakesLostForFailed,
    /// The first "not found" is told as if it came long after the call.
    BelievesTheFirst404,
    /// A lost answer is told as `ISSUE_FAILED`.
    TakesLostForIssueFailed,
    /// A card that is gone is told as a reversal.
    TakesTheCardForTheInvoice,
    /// An event marks all invoices, whatever it lists.
    EventMarksAll,
    /// An answer that is a minute old is told as if it came long after.
    TellsOldAnswersAsNew,
    /// A reversal that was accepted is told as one that is done.
    TakesAcceptedForDone,
}

type Shown = Vec<(String, &'static str, &'static str)>;

impl Sabotage {
    pub(crate) fn event(self, gateway: &Gateway, event: &Event) -> (&'static str, Shown) {
        let all = |status| gateway.invoices.keys().map(|id| (id.clone(), status, "DISCARDED")).collect();
        match (self, event.name) {
            (Sabotage::TakesTheCardForTheInvoice, "FAPIAO.CARD_DISCARDED")
            | (Sabotage::EventMarksAll, "FAPIAO.REVERSED") => ("FAPIAO.REVERSED", all("REVERSED")),
            _ => (event.name, event.shows.clone()),
        }
    }
}

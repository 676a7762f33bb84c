//! What is written down of a call with an effect: when it was last sent, and what became of it; kept in a store where there is one.

use super::effect::Effect;
use super::in_doubt::{CallId, InDoubt, Settled};
use super::plain::{NeedKind, NeedResult};
use crate::error::{Code, Error, Result};
use crate::protocol::Draft;
use crate::schema::Replay;

/// The journal of one call.
pub(super) struct Journal {
    /// None of a call that may be repeated at will.
    record: Option<InDoubt>,
    store: Store,
}

/// Where the record is kept.
enum Store {
    /// Nowhere: the host takes the text.
    None,
    /// In a store that compares and swaps; the version of what is there.
    Versioned(Option<String>),
}

impl Journal {
    pub(super) fn of(draft: &Draft) -> Self {
        let subject = (!matches!(draft.replay, Replay::Safe)).then(|| CallId::of(draft));
        let record =
            subject.map(|subject| InDoubt { subject, last_send: 0, attempts: 0, refused: false, settled: None });
        Self { record, store: Store::None }
    }

    /// Whether the call has an effect.
    pub(super) fn has_effect(&self) -> bool {
        self.record.is_some()
    }

    pub(super) fn keep(&mut self) {
        self.store = Store::Versioned(None);
    }

    /// Takes in what an earlier attempt left; tells whether it is in doubt.
    pub(super) fn resume(&mut self, text: &str) -> Result<bool> {
        let Some(record) = &self.record else { return Ok(false) };
        let kept = InDoubt::parse(text, record.subject.clone())?;
        let in_doubt = kept.settled.is_none();
        self.record = Some(kept);
        Ok(in_doubt)
    }

    /// Takes it that an earlier attempt was sent at this time, or at the later one that is known.
    pub(super) fn assume_sent(&mut self, last_send: i64) {
        if let Some(record) = &mut self.record {
            record.last_send = record.last_send.max(last_send);
        }
    }

    /// Whether an earlier attempt is known to have taken effect.
    pub(super) fn is_done(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.settled == Some(Settled::Yes))
    }

    /// When the call was last sent, Unix seconds.
    pub(super) fn last_send(&self) -> i64 {
        self.record.as_ref().map_or(0, |record| record.last_send)
    }

    /// From when on a query's "not there" is final, Unix seconds.
    pub(super) fn ask_after(&self) -> Option<i64> {
        self.record.as_ref().map(InDoubt::ask_after)
    }

    /// The text of what is in doubt, while it is.
    pub(super) fn text(&self, in_doubt: bool) -> Option<String> {
        let record = self.record.as_ref()?;
        (record.settled.is_none() && (record.attempts > 0 || in_doubt)).then(|| record.to_text())
    }

    /// What has to be looked up before anything is sent.
    pub(super) fn load(&self) -> Option<NeedKind> {
        match (&self.store, &self.record) {
            (Store::Versioned(_), Some(record)) => Some(NeedKind::Load { key: record.subject.key() }),
            _ => None,
        }
    }

    /// Takes in what was found, unless what was handed in is newer; tells whether it is in doubt.
    pub(super) fn loaded(&mut self, result: Option<NeedResult>) -> Result<Option<bool>> {
        let Some(NeedResult::Loaded { text, version }) = result else { return Err(failed()) };
        self.store = Store::Versioned(version);
        let (Some(text), Some(record)) = (text, &self.record) else { return Ok(None) };
        let kept = InDoubt::parse(&text, record.subject.clone())?;
        if kept.last_send < record.last_send {
            return Ok(None);
        }
        let in_doubt = kept.settled.is_none();
        self.record = Some(kept);
        Ok(Some(in_doubt))
    }

    /// Notes that the request leaves at this time; what has to be stored before.
    pub(super) fn sending(&mut self, now: i64) -> Option<NeedKind> {
        let record = self.record.as_mut()?;
        record.last_send = now;
        record.attempts = record.attempts.saturating_add(1);
        (record.settled, record.refused) = (None, false);
        self.store_need()
    }

    /// Notes whether the last answer was a refusal that would come again.
    pub(super) fn refused(&mut self, refused: bool) {
        if let Some(record) = &mut self.record {
            record.refused = refused;
        }
    }

    /// Whether the last answer was a refusal that would come again: then it is not asked for once more.
    pub(super) fn was_refused(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.refused)
    }

    /// Takes back what became of the call.
    pub(super) fn reopen(&mut self) {
        if let Some(record) = &mut self.record {
            record.settled = None;
        }
    }

    /// Leaves the call to another worker: what is in doubt is its matter.
    pub(super) fn leave(&mut self) {
        self.record = None;
    }

    /// Takes in whether it was stored.
    pub(super) fn stored(&mut self, result: Option<NeedResult>) -> Result<()> {
        match result {
            Some(NeedResult::Stored { version }) => {
                self.store = Store::Versioned(Some(version));
                Ok(())
            }
            Some(NeedResult::LostRace) => Err(Error::new(Code::SendTaken, "another worker is at this call")),
            _ => Err(failed()),
        }
    }

    /// Notes what became of the call; what has to be stored of it.
    pub(super) fn settle(&mut self, effect: Effect) -> Option<NeedKind> {
        let record = self.record.as_mut()?;
        record.settled = match effect {
            Effect::Yes => Some(Settled::Yes),
            Effect::No => Some(Settled::No),
            Effect::Unknown => return None,
        };
        self.store_need()
    }

    fn store_need(&self) -> Option<NeedKind> {
        let (Store::Versioned(version), Some(record)) = (&self.store, &self.record) else { return None };
        Some(NeedKind::Store { key: record.subject.key(), text: record.to_text(), version: version.clone() })
    }
}

fn failed() -> Error {
    Error::new(Code::SendStore, "what is in doubt could not be kept, so nothing was sent")
}

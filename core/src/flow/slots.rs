//! The needs of one step, and what came back for each.

use super::need::Need;
use super::plain::{NeedKind, NeedResult};
use crate::error::{Code, Error, Result};
use crate::protocol::Outgoing;

/// The needs of one step, until each has its result.
pub(super) struct Slots {
    next_id: u32,
    slots: Vec<Slot>,
}

/// A need that is out.
struct Slot {
    id: u32,
    /// Whether this is what it asked for.
    fits: fn(&NeedResult) -> bool,
    result: Option<NeedResult>,
}

impl Slots {
    pub(super) fn new() -> Self {
        Self { next_id: 1, slots: Vec::new() }
    }

    pub(super) fn hand_out(&mut self, kind: NeedKind) -> Need<Outgoing> {
        let id = self.next_id;
        self.next_id = id.saturating_add(1);
        self.slots.push(Slot { id, fits: kind.fits(), result: None });
        Need { id, kind }
    }

    /// Takes what came of one need; refuses what it did not ask for.
    pub(super) fn give(&mut self, id: u32, result: NeedResult) -> Result<()> {
        let wrong = |why: &str| Error::new(Code::InputState, format!("need {id} {why}"));
        let slot = self.slots.iter_mut().find(|slot| slot.id == id).ok_or_else(|| wrong("is not open"))?;
        if slot.result.is_some() {
            return Err(wrong("was answered before"));
        }
        if !(slot.fits)(&result) {
            return Err(wrong(&format!("did not ask for `{result:?}`")));
        }
        slot.result = Some(result);
        Ok(())
    }

    /// Everything that came back, in the order of the needs. That a wait is over is nothing to hand on.
    pub(super) fn take(&mut self) -> Result<Vec<NeedResult>> {
        if let Some(slot) = self.slots.iter().find(|slot| slot.result.is_none()) {
            return Err(Error::new(Code::InputState, format!("need {} is not answered yet", slot.id)));
        }
        let results = std::mem::take(&mut self.slots).into_iter().filter_map(|slot| slot.result);
        Ok(results.filter(|result| !matches!(result, NeedResult::Waited)).collect())
    }
}

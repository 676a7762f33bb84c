//! The needs that are out, and what came back.

use super::exchange::{Given, Work};
use super::need;
use crate::error::{Code, Error, Result};
use crate::protocol::Outgoing;

/// The needs of one step, until each is answered.
pub(crate) struct Outstanding {
    next_id: u32,
    needs: Vec<Open>,
}

/// A need that is out.
struct Open {
    id: u32,
    /// Whether this is what it asked for.
    fits: fn(&Given) -> bool,
    given: Option<Given>,
}

impl Outstanding {
    pub(crate) fn new() -> Self {
        Self { next_id: 1, needs: Vec::new() }
    }

    pub(crate) fn hand_out(&mut self, work: Work) -> need::Need<Outgoing> {
        let id = self.next_id;
        self.next_id = id.saturating_add(1);
        self.needs.push(Open { id, fits: work.fits(), given: None });
        need::Need { id, work }
    }

    /// Takes what came of one need; refuses what it did not ask for.
    pub(crate) fn give(&mut self, id: u32, given: Given) -> Result<()> {
        let wrong = |why: &str| Error::new(Code::InputState, format!("need {id} {why}"));
        let open = self.needs.iter_mut().find(|open| open.id == id).ok_or_else(|| wrong("is not open"))?;
        if open.given.is_some() {
            return Err(wrong("was answered before"));
        }
        if !(open.fits)(&given) {
            return Err(wrong(&format!("did not ask for `{given:?}`")));
        }
        open.given = Some(given);
        Ok(())
    }

    /// Everything that came back, in the order of the needs. That a wait is over is nothing to hand on.
    pub(crate) fn take(&mut self) -> Result<Vec<Given>> {
        if let Some(open) = self.needs.iter().find(|open| open.given.is_none()) {
            return Err(Error::new(Code::InputState, format!("need {} is not answered yet", open.id)));
        }
        let given = std::mem::take(&mut self.needs).into_iter().filter_map(|open| open.given);
        Ok(given.filter(|given| !matches!(given, Given::Waited)).collect())
    }
}

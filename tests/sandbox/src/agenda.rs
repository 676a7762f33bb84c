//! What is to happen later on the virtual clock.

use std::collections::BTreeMap;

use crate::exchange::Arrival;

/// Something due at a time.
#[derive(Debug)]
pub(crate) enum Job {
    /// A request that was held up on its way is carried out.
    Arrival(HeldUp),
}

/// A request that is on its way for longer than its client waits.
#[derive(Debug)]
pub(crate) struct HeldUp {
    /// Its number in the ledger.
    pub(crate) seq: u64,
    pub(crate) arrival: Arrival,
    /// When its signature is judged: as much later as the request is, whichever clock signatures follow.
    pub(crate) judged_at: i64,
}

/// Jobs by the millisecond they are due, and in the order they were put down.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    last: u64,
    waiting: BTreeMap<(i64, u64), Job>,
}

impl Agenda {
    /// Puts a job down.
    pub(crate) fn add(&mut self, due: i64, job: Job) {
        self.last += 1;
        self.waiting.insert((due, self.last), job);
    }

    /// Takes the first job that is due, with its time.
    pub(crate) fn take(&mut self, now: i64) -> Option<(i64, Job)> {
        let entry = self.waiting.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some((entry.key().0, entry.remove()))
    }

    /// Forgets all jobs.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }
}

//! What is to happen later on the virtual clock.

mod worker;

use std::collections::BTreeMap;

pub(crate) use self::worker::{Worker, keep_up};
use crate::{exchange::Arrival, pay::fapiao::Event};

/// Something due at a time.
#[derive(Debug)]
pub(crate) enum Job {
    /// A request that was held up on its way is carried out.
    Arrival(HeldUp),
    /// An application has come to a point its merchant is told of.
    Event(Event),
    /// A notification is sent.
    Notify { number: u64, due: i64 },
    /// A push is sent.
    Push { number: u64, due: i64 },
    /// The platform's next ticket is pushed.
    Ticket { round: u64 },
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

/// Which jobs are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    All,
    /// Those that send nothing to anybody.
    Arrivals,
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
    pub(crate) fn take(&mut self, now: i64, which: Which) -> Option<(i64, Job)> {
        let meant = |job: &Job| which == Which::All || matches!(job, Job::Arrival(_));
        let mut due = self.waiting.range(..=(now, u64::MAX));
        let key = due.find(|(_, job)| meant(job)).map(|(key, _)| *key)?;
        self.waiting.remove(&key).map(|job| (key.0, job))
    }

    /// When the next job is due.
    pub(crate) fn next(&self) -> Option<i64> {
        self.waiting.keys().next().map(|(due, _)| *due)
    }

    /// Forgets all jobs.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_come_in_the_order_of_their_times() {
        let mut agenda = Agenda::default();
        for (number, due) in [(1, 30), (2, 10), (3, 10)] {
            agenda.add(due, Job::Notify { number, due });
        }
        assert!(agenda.take(9, Which::All).is_none() && agenda.take(50, Which::Arrivals).is_none());
        let order: Vec<_> = std::iter::from_fn(|| agenda.take(50, Which::All))
            .map(|(due, job)| match job {
                Job::Notify { number, .. } => (due, number),
                _ => panic!("only notifications were put down"),
            })
            .collect();
        assert_eq!(order, [(10, 2), (10, 3), (30, 1)]);
    }
}

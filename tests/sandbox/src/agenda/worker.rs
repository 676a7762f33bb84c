//! Doing what is due: when the virtual clock is moved, when somebody looks, and as real time passes.

use std::{sync::Arc, time::Duration};

use tokio::sync::{Mutex, Notify};

use super::{Job, Which};
use crate::{callbacks, gateway, pushes, sandbox::Sandbox};

/// What keeps those apart who would do the same job.
#[derive(Debug, Default)]
pub(crate) struct Worker {
    /// Held by whoever sends notifications or moves the clock.
    turn: Mutex<()>,
    /// Told of every new job and every change of the clock.
    news: Notify,
}

/// Does what is due as real time passes.
pub(crate) async fn keep_up(sandbox: Arc<Sandbox>) {
    loop {
        sandbox.catch_up().await;
        let next = sandbox.agenda().next();
        let news = sandbox.worker.news.notified();
        match next {
            None => news.await,
            Some(due) => {
                let millis = u64::try_from(due - sandbox.clock.now_millis()).unwrap_or_default();
                // One millisecond more: what is due at this one must not be found to be not yet.
                let _either = tokio::time::timeout(Duration::from_millis(millis + 1), news).await;
            }
        }
    }
}

impl Sandbox {
    /// Puts a job down.
    pub(crate) fn schedule(&self, due: i64, job: Job) {
        self.agenda().add(due, job);
        self.worker.news.notify_one();
    }

    /// Does what is due by now; once it returns, notifications that were due have been sent.
    pub(crate) async fn catch_up(&self) {
        let _turn = self.worker.turn.lock().await;
        self.work_until(self.clock.now_millis()).await;
    }

    /// Carries out requests that were held up until now. A merchant's own request does not wait for notifications.
    pub(crate) async fn catch_up_arrivals(&self) {
        while let Some((_, job)) = self.due(self.clock.now_millis(), Which::Arrivals) {
            self.work(job).await;
        }
    }

    /// Moves the clock, stopping on the way at every time something is due, so that it happens then.
    pub(crate) async fn advance(&self, seconds: i64) {
        let _turn = self.worker.turn.lock().await;
        let (start, step) = (self.clock.advanced_millis(), seconds * 1000);
        self.work_until(self.clock.now_millis() + step).await;
        self.clock.put_ahead(start + step);
        self.worker.news.notify_one();
    }

    /// Does one thing that sends notifications, while nobody else sends any.
    pub(crate) async fn in_turn<T>(&self, work: impl Future<Output = T>) -> T {
        let _turn = self.worker.turn.lock().await;
        work.await
    }

    async fn work_until(&self, time: i64) {
        while let Some((due, job)) = self.due(time, Which::All) {
            self.clock.reach(due);
            self.work(job).await;
        }
    }

    fn due(&self, now: i64, which: Which) -> Option<(i64, Job)> {
        self.agenda().take(now, which)
    }

    async fn work(&self, job: Job) {
        match job {
            Job::Arrival(held_up) => gateway::take_late(self, held_up).await,
            Job::Event(event) => {
                let resource = event.resource(self, self.clock.now_millis(), None);
                let _nowhere_to_send_it = callbacks::announce(self, &event, resource);
            }
            Job::Notify { number, due } => callbacks::deliver(self, number, due).await,
            Job::Push { number, due } => pushes::deliver(self, number, due).await,
            Job::Ticket { round } => pushes::next_ticket(self, round),
        }
    }
}

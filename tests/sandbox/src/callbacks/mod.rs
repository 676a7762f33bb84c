//! Callbacks: encrypted, signed, sent to the merchant's address, and sent again until they are taken.

mod courier;
mod envelope;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub(crate) use self::{
    courier::{announce, deliver, preview, send_again, taken},
    envelope::id,
};
use crate::{pay::fapiao::EventKind, post::Attempt};

/// One notification and what became of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Notification {
    pub(crate) id: String,
    event_type: EventKind,
    mchid: &'static str,
    fapiao_apply_id: String,
    /// What is encrypted in it.
    resource: Value,
    url: String,
    create_time: String,
    attempts: Vec<Attempt>,
    /// When it is sent next, in milliseconds of the virtual clock; null once it was taken or given up.
    next: Option<i64>,
    /// How far its schedule has been followed.
    #[serde(skip)]
    tried: usize,
}

impl Notification {
    /// Its attempts so far.
    pub(crate) fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

/// All notifications in the order they came up.
#[derive(Debug, Default)]
pub(crate) struct Callbacks {
    last: u64,
    all: BTreeMap<u64, Notification>,
    /// Notifications that wait for a later one to overtake them.
    held: Vec<u64>,
}

impl Callbacks {
    /// All notifications, oldest first.
    pub(crate) fn all(&self) -> Vec<&Notification> {
        self.all.values().collect()
    }

    /// The number of the notification of that id.
    pub(crate) fn find(&self, id: &str) -> Option<u64> {
        self.all.iter().find(|(_, notification)| notification.id == id).map(|(number, _)| *number)
    }

    /// One notification.
    pub(crate) fn get(&self, number: u64) -> Option<&Notification> {
        self.all.get(&number)
    }

    fn add(&mut self, notification: Notification) -> u64 {
        self.last += 1;
        self.all.insert(self.last, notification);
        self.last
    }
}

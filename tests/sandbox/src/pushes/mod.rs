//! Pushes: what an Official Account and a third-party platform are told at their own addresses, with a signature by a shared
//! token and, unless they chose otherwise, encrypted.

mod address;
mod cipher;
mod courier;
mod event;
mod letter;
mod message;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

pub(crate) use self::{
    address::{Address, Choice, Receiver},
    courier::{announce, check_address, deliver, next_ticket, preview, send_again, set_address, taken, tell},
    event::{Event, Kind},
    letter::Letter,
};
use self::{
    address::{Format, Mode},
    message::Message,
};
use crate::post::Attempt;

/// One push and what became of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Push {
    /// Invented for the control API: pushes have none of their own.
    id: String,
    event: Kind,
    receiver: Receiver,
    url: String,
    message: Map<String, Value>,
    #[serde(skip)]
    content: Message,
    attempts: Vec<Attempt>,
    /// When it is sent next, in milliseconds of the virtual clock; null once it was taken or given up.
    next: Option<i64>,
    /// How far its schedule has been followed.
    #[serde(skip)]
    tried: usize,
    /// What it was ordered with, for its first attempt.
    #[serde(skip)]
    ordered: Vec<crate::faults::Planned>,
}

/// Addresses, and all pushes in the order they came up.
#[derive(Debug, Default)]
pub(crate) struct Pushes {
    account: Option<Address>,
    component: Option<Address>,
    /// Letters written so far.
    letters: u64,
    /// Told apart from those of an earlier address.
    tickets: u64,
    last: u64,
    all: BTreeMap<u64, Push>,
}

impl Pushes {
    /// All pushes, oldest first.
    pub(crate) fn all(&self) -> Vec<&Push> {
        self.all.values().collect()
    }

    /// The number of the push of that id.
    pub(crate) fn find(&self, id: &str) -> Option<u64> {
        self.all.iter().find(|(_, push)| push.id == id).map(|(number, _)| *number)
    }

    /// One push.
    pub(crate) fn get(&self, number: u64) -> Option<&Push> {
        self.all.get(&number)
    }

    /// Where somebody is told.
    pub(crate) fn address(&self, receiver: Receiver) -> Option<&Address> {
        match receiver {
            Receiver::Account => self.account.as_ref(),
            Receiver::Component => self.component.as_ref(),
        }
    }

    fn add(&mut self, push: Push) -> u64 {
        self.last += 1;
        self.all.insert(self.last, push);
        self.last
    }

    /// Whether the next letter is still encrypted with the key before: every second one, as while a change spreads.
    fn with_previous_key(&mut self) -> bool {
        self.letters += 1;
        self.letters.is_multiple_of(2)
    }
}

impl Push {
    /// Its attempts so far.
    pub(crate) fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

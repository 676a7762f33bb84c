//! Callbacks and pushes: who they are for, and what became of one.

use crate::Caller;
use crate::convert::{self, Items, thrown};
use fapiao::ffi::{self, Incoming};
use napi::Env;
use napi_derive::napi;

/// The merchants whose callbacks arrive at one URL.
#[napi]
pub struct Receiver(ffi::Receiver);

impl Receiver {
    pub(crate) fn new(receiver: ffi::Receiver) -> Self {
        Self(receiver)
    }
}

#[napi]
impl Receiver {
    #[napi(catch_unwind)]
    pub fn and(&self, env: Env, caller: &Caller) -> napi::Result<Receiver> {
        self.0.and(&caller.0).map(Self).map_err(|error| thrown(env, &error))
    }

    /// What became of a callback, or the signature to check first: then this again, with what was found.
    #[napi(catch_unwind)]
    pub fn receive<'env>(
        &self,
        env: &'env Env,
        headers: String,
        body: &[u8],
        now: i64,
        valid: Option<bool>,
    ) -> napi::Result<Items<'env>> {
        // It came in: there is no status.
        let callback = Incoming::of_lines(200, &headers, body.to_vec()).map_err(|error| thrown(*env, &error))?;
        convert::callback(env, &self.0.receive(&callback, now).settled(valid))
    }
}

/// Receives what is pushed to the server of one account.
#[napi]
pub struct PushReceiver(ffi::PushReceiver);

#[napi]
impl PushReceiver {
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, config: String) -> napi::Result<Self> {
        ffi::PushReceiver::open(&config).map(Self).map_err(|error| thrown(env, &error))
    }

    /// What became of a push, as JSON.
    #[napi(catch_unwind)]
    pub fn receive(&self, query: String, body: &[u8]) -> String {
        self.0.receive_for_floats(&query, body)
    }
}

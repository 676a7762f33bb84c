//! The engine for Node: converts in, calls core, converts out.
//!
//! Verifying and encrypting are done at once, inside a step. Signing and decrypting surface as needs: a private key is an object of
//! its own, which works on Node's thread pool, so that the event loop never waits for it.
#![expect(
    missing_docs,
    missing_debug_implementations,
    reason = "private to the facade, whose `engine.ts` describes it"
)]
#![expect(clippy::needless_pass_by_value, reason = "texts come over as values of their own")]

mod callback;
mod convert;
mod flow;
mod key;

use callback::Receiver;
use convert::thrown;
use fapiao::Attachment;
use fapiao::ffi::{self, Request};
use flow::Flow;
use napi::Env;
use napi_derive::napi;

/// What an invoice's life says to a question, as JSON.
#[napi(catch_unwind)]
pub fn life(env: Env, question: String) -> napi::Result<String> {
    ffi::life(&question).map_err(|error| thrown(env, &error))
}

/// A number in another unit, as text.
#[napi(catch_unwind)]
pub fn amount(env: Env, wanted: String, text: String) -> napi::Result<String> {
    ffi::amount(&wanted, &text).map_err(|error| thrown(env, &error))
}

/// A caller.
#[napi]
pub struct Caller(pub(crate) ffi::Caller);

#[napi]
impl Caller {
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, config: String) -> napi::Result<Self> {
        ffi::Caller::open(&config, None).map(Self).map_err(|error| thrown(env, &error))
    }

    /// The caller that is made of this one.
    #[napi(catch_unwind)]
    pub fn derived(&self, env: Env, what: String, text: String) -> napi::Result<Self> {
        self.0.derived(&what, &text).map(Self).map_err(|error| thrown(env, &error))
    }

    #[napi(catch_unwind)]
    pub fn receiver(&self, env: Env) -> napi::Result<Receiver> {
        ffi::Receiver::new([&self.0]).map(Receiver::new).map_err(|error| thrown(env, &error))
    }

    #[napi(catch_unwind)]
    pub fn flow(
        &self,
        env: Env,
        call: String,
        payload: String,
        filename: Option<String>,
        media_type: Option<String>,
        bytes: Option<&[u8]>,
    ) -> napi::Result<Flow> {
        let name = |given: Option<String>| given.unwrap_or_default();
        let mut call = Request::new(&call, &payload);
        call.file = bytes.map(|bytes| Attachment::new(name(filename), name(media_type), bytes));
        self.0.flow(call).map(Flow::new).map_err(|error| thrown(env, &error))
    }
}

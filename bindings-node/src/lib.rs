//! The engine for Node: converts in, calls core, converts out.
//!
//! Verifying and encrypting are done at once, in `Flow::step`. Private keys are objects of their own: a step that needs one goes on
//! on the thread pool, so that the event loop never waits for it.
#![expect(
    missing_docs,
    missing_debug_implementations,
    reason = "private to the facade, whose `engine.ts` describes it"
)]
#![expect(clippy::needless_pass_by_value, reason = "texts come over as values of their own")]

mod convert;
mod flow;
mod key;
mod pool;

use convert::thrown;
use fapiao::Attachment;
use fapiao::ffi::{self, Request};
use flow::Flow;
use key::{Keys, PrivateKey};
use napi::Env;
use napi_derive::napi;
use std::sync::Arc;

/// A caller.
#[napi]
pub struct Door {
    door: wire::Door,
    keys: Arc<Keys>,
}

#[napi]
impl Door {
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, config: String) -> napi::Result<Self> {
        let door = wire::Door::open(&config, None).map_err(|error| thrown(env, &error))?;
        Ok(Self { door, keys: Arc::default() })
    }

    /// The same with private keys.
    #[must_use]
    #[napi(catch_unwind)]
    pub fn with_keys(&self, signing: Option<&PrivateKey>, opening: Option<&PrivateKey>) -> Self {
        Self { door: self.door.clone(), keys: Arc::new(Keys::new(signing, opening)) }
    }

    /// A sub-merchant's, under this provider's keys.
    #[napi(catch_unwind)]
    pub fn sub_merchant(&self, env: Env, number: String) -> napi::Result<Self> {
        let door = self.door.sub_merchant(&number).map_err(|error| thrown(env, &error))?;
        Ok(Self { door, keys: self.keys.clone() })
    }

    #[napi(catch_unwind)]
    pub fn with_access_token(&self, env: Env, token: String) -> napi::Result<Self> {
        let door = self.door.with_access_token(&token).map_err(|error| thrown(env, &error))?;
        Ok(Self { door, keys: self.keys.clone() })
    }

    #[napi(catch_unwind)]
    pub fn flow(
        &self,
        env: Env,
        call: String,
        payload: String,
        filename: Option<String>,
        content_type: Option<String>,
        bytes: Option<&[u8]>,
    ) -> napi::Result<Flow> {
        let name = |given: Option<String>| given.unwrap_or_default();
        let mut call = Request::new(&call, &payload);
        call.file = bytes.map(|bytes| Attachment::new(name(filename), name(content_type), bytes));
        self.door.flow(call).map(|flow| Flow::new(flow, self.keys.clone())).map_err(|error| thrown(env, &error))
    }
}

//! One call on its way.
#![expect(clippy::too_many_arguments, reason = "one crossing takes everything along")]

use crate::convert::{Items, items, moment, thrown};
use fapiao::ffi::{self, Incoming};
use fapiao::flow::NeedResult;
use napi::{Env, Status};
use napi_derive::napi;

/// One call on its way. The garbage collector frees it.
#[napi]
pub struct Flow(ffi::Flow);

#[napi]
impl Flow {
    #[napi(catch_unwind)]
    pub fn once(&mut self) {
        self.0.once();
    }

    #[napi(catch_unwind)]
    pub fn client_repeats(&mut self) {
        self.0.client_repeats();
    }

    #[napi(catch_unwind)]
    pub fn keep_doubt(&mut self) {
        self.0.keep_doubt();
    }

    #[napi(catch_unwind)]
    pub fn resume(&mut self, env: Env, in_doubt: String) -> napi::Result<()> {
        self.0.resume(&in_doubt).map_err(|error| thrown(env, &error))
    }

    #[napi(catch_unwind)]
    pub fn assume_in_doubt(&mut self, last_send: i64) {
        self.0.assume_in_doubt(last_send);
    }

    #[napi(catch_unwind)]
    pub fn in_doubt(&self) -> Option<String> {
        self.0.in_doubt()
    }

    /// What is needed next, or how it ended.
    #[napi(catch_unwind)]
    pub fn step<'env>(&mut self, env: &'env Env, now: i64, entropy: &[u8]) -> napi::Result<Items<'env>> {
        let moment = moment(*env, now, entropy)?;
        items(env, &self.0.step(&moment).map_err(|error| thrown(*env, &error))?)
    }

    /// What came of a need, by name.
    #[napi(catch_unwind)]
    pub fn give(&mut self, env: Env, id: u32, name: String, bytes: &[u8]) -> napi::Result<()> {
        let result = ffi::parse_result(&name, bytes.to_vec());
        let result = result.ok_or_else(|| napi::Error::new(Status::InvalidArg, name))?;
        self.0.give(id, result).map_err(|error| thrown(env, &error))
    }

    /// What came of a request, and the step after it. Headers are one text: many texts cross more slowly.
    #[napi(catch_unwind)]
    pub fn answered<'env>(
        &mut self,
        env: &'env Env,
        id: u32,
        status: u16,
        headers: String,
        body: &[u8],
        milliseconds: u32,
        now: i64,
        entropy: &[u8],
    ) -> napi::Result<Items<'env>> {
        let response = Incoming::of_lines(status, &headers, body.to_vec()).map_err(|error| thrown(*env, &error))?;
        let result = NeedResult::Answered { response, milliseconds: milliseconds.into() };
        self.0.give(id, result).map_err(|error| thrown(*env, &error))?;
        self.step(env, now, entropy)
    }

    /// What became of it, as JSON: made when it is asked for, since a success needs none of it.
    #[napi(catch_unwind)]
    pub fn report(&self) -> Option<String> {
        self.0.report()
    }

    /// The warnings alone, as JSON; nothing where there are none.
    #[napi(catch_unwind)]
    pub fn warnings(&self) -> Option<String> {
        self.0.warnings()
    }
}

impl Flow {
    pub(crate) fn new(flow: ffi::Flow) -> Self {
        Self(flow)
    }
}

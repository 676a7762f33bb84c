//! One call on its way.

use crate::convert::{moment, outcome, response, thrown, work};
use fapiao::flow::{Attempt, Decision, Given};
use fapiao::wire::{Incoming, WireAnswer, report};
use fapiao::{Settled, Step};
use napi::Env;
use napi::bindgen_prelude::{Either, Object};
use napi_derive::napi;

/// One call on its way. The garbage collector frees it.
#[napi]
#[derive(Debug)]
pub struct Flow {
    flow: fapiao::Flow<WireAnswer>,
    /// What became of it, once it is over.
    course: Option<(Decision, Vec<Attempt>)>,
}

#[napi]
impl Flow {
    #[napi(catch_unwind)]
    pub fn once(&mut self) {
        self.flow.once();
    }

    /// What is needed next, or how it ended.
    #[napi(catch_unwind)]
    pub fn step<'env>(
        &mut self,
        env: &'env Env,
        now: i64,
        entropy: &[u8],
    ) -> napi::Result<Either<Vec<Object<'env>>, Object<'env>>> {
        match self.flow.step_plain(&moment(*env, now, entropy)?).map_err(|error| thrown(*env, &error))? {
            Step::Need(needs) => {
                let needs: napi::Result<Vec<_>> = needs.into_iter().map(|need| work(env, need)).collect();
                Ok(Either::A(needs?))
            }
            Step::Done(done) => {
                self.course = Some((done.decision, done.attempts));
                outcome(env, done.result, done.clock_offset).map(Either::B)
            }
        }
    }

    #[napi(catch_unwind)]
    pub fn signed(&mut self, env: Env, id: u32, signature: &[u8]) -> napi::Result<()> {
        self.give(env, id, Given::Signed(signature.to_vec()))
    }

    #[napi(catch_unwind)]
    pub fn checked(&mut self, env: Env, id: u32, valid: bool) -> napi::Result<()> {
        self.give(env, id, Given::Checked(if valid { Settled::Valid } else { Settled::Invalid }))
    }

    #[napi(catch_unwind)]
    pub fn sealed(&mut self, env: Env, id: u32, ciphertext: &[u8]) -> napi::Result<()> {
        self.give(env, id, Given::Sealed(ciphertext.to_vec()))
    }

    #[napi(catch_unwind)]
    pub fn opened(&mut self, env: Env, id: u32, plaintext: &[u8]) -> napi::Result<()> {
        self.give(env, id, Given::Opened(plaintext.to_vec()))
    }

    /// Headers come as one text: many texts cross more slowly.
    #[napi(catch_unwind)]
    pub fn answered(
        &mut self,
        env: Env,
        id: u32,
        status: u16,
        headers: String,
        body: &[u8],
        milliseconds: u32,
    ) -> napi::Result<()> {
        let response = response(env, status, &headers, body)?;
        self.give(env, id, Given::Answered { response, milliseconds: milliseconds.into() })
    }

    #[napi(catch_unwind)]
    pub fn not_sent(&mut self, env: Env, id: u32) -> napi::Result<()> {
        self.give(env, id, Given::NotSent)
    }

    #[napi(catch_unwind)]
    pub fn lost(&mut self, env: Env, id: u32) -> napi::Result<()> {
        self.give(env, id, Given::Lost)
    }

    #[napi(catch_unwind)]
    pub fn waited(&mut self, env: Env, id: u32) -> napi::Result<()> {
        self.give(env, id, Given::Waited)
    }

    #[napi(catch_unwind)]
    pub fn failed(&mut self, env: Env, id: u32, why: String) -> napi::Result<()> {
        self.give(env, id, Given::Failed(why))
    }

    /// What became of it, as JSON: made when it is asked for, since a success needs none of it.
    #[napi(catch_unwind)]
    pub fn report(&self) -> Option<String> {
        self.course.as_ref().map(|(decision, attempts)| report::course(*decision, attempts))
    }
}

impl Flow {
    pub(crate) fn new(flow: fapiao::Flow<WireAnswer>) -> Self {
        Self { flow, course: None }
    }

    fn give(&mut self, env: Env, id: u32, given: Given<Incoming>) -> napi::Result<()> {
        self.flow.give_plain(id, given).map_err(|error| thrown(env, &error))
    }
}

//! One call on its way.
#![expect(clippy::too_many_arguments, reason = "one crossing takes everything along")]

use crate::convert::{Turn, moment, response, thrown, turn};
use crate::key::{Keys, Onward, PrivateKey};
use fapiao::flow::{Attempt, Decision, Given, Need};
use fapiao::wire::{Incoming, Outgoing, WireAnswer, report};
use fapiao::{Moment, Settled, Step};
use napi::bindgen_prelude::{Either, PromiseRaw};
use napi::{Env, Status};
use napi_derive::napi;
use std::sync::{Arc, Mutex, PoisonError};

/// One call on its way. The garbage collector frees it.
#[napi]
#[derive(Debug)]
pub struct Flow(Place);

/// Where a call is kept; empty while the thread pool has it.
#[derive(Clone, Debug)]
pub(crate) struct Place(Arc<Mutex<Option<Box<Course>>>>);

/// A call, and what became of it once it is over.
#[derive(Debug)]
pub(crate) struct Course {
    flow: fapiao::Flow<WireAnswer>,
    over: Option<(Decision, Vec<Attempt>)>,
}

pub(crate) type Stepped = Step<WireAnswer, Outgoing>;
/// A step's result, or the promise of one.
type Reached<'env> = Either<Turn<'env>, PromiseRaw<'env, Turn<'env>>>;

#[napi]
impl Flow {
    #[napi(catch_unwind)]
    pub fn once(&self) -> napi::Result<()> {
        self.0.with(|course| course.flow.once())
    }

    /// What is needed next, or how it ended. What a private key that is here must do is done on the thread pool, and so is the
    /// step after it: then it is a promise.
    #[napi(catch_unwind)]
    pub fn step<'env>(
        &self,
        env: &'env Env,
        now: i64,
        entropy: &[u8],
        signing: Option<&PrivateKey>,
        opening: Option<&PrivateKey>,
    ) -> napi::Result<Reached<'env>> {
        let moment = moment(*env, now, entropy)?;
        let step = self.0.with(|course| course.step(&moment))?.map_err(|error| thrown(*env, &error))?;
        self.onward(env, moment, step, Keys::new(signing, opening))
    }

    /// `answered` and `step` at once: a crossing saved is a microsecond, of 26 that reading an answer takes.
    #[napi(catch_unwind)]
    pub fn read<'env>(
        &self,
        env: &'env Env,
        id: u32,
        status: u16,
        headers: String,
        body: &[u8],
        now: i64,
        entropy: &[u8],
        opening: Option<&PrivateKey>,
    ) -> napi::Result<Reached<'env>> {
        let moment = moment(*env, now, entropy)?;
        let given = Given::Answered { response: response(*env, status, &headers, body)?, milliseconds: 0 };
        let step = self.0.with(|course| course.flow.give_plain(id, given).and_then(|()| course.step(&moment)))?;
        self.onward(env, moment, step.map_err(|error| thrown(*env, &error))?, Keys::new(None, opening))
    }

    #[napi(catch_unwind)]
    pub fn signed(&self, env: Env, id: u32, signature: &[u8]) -> napi::Result<()> {
        self.give(env, id, Given::Signed(signature.to_vec()))
    }

    #[napi(catch_unwind)]
    pub fn checked(&self, env: Env, id: u32, valid: bool) -> napi::Result<()> {
        self.give(env, id, Given::Checked(if valid { Settled::Valid } else { Settled::Invalid }))
    }

    #[napi(catch_unwind)]
    pub fn sealed(&self, env: Env, id: u32, ciphertext: &[u8]) -> napi::Result<()> {
        self.give(env, id, Given::Sealed(ciphertext.to_vec()))
    }

    #[napi(catch_unwind)]
    pub fn opened(&self, env: Env, id: u32, plaintext: &[u8]) -> napi::Result<()> {
        self.give(env, id, Given::Opened(plaintext.to_vec()))
    }

    /// Headers come as one text: many texts cross more slowly.
    #[napi(catch_unwind)]
    pub fn answered(
        &self,
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
    pub fn not_sent(&self, env: Env, id: u32) -> napi::Result<()> {
        self.give(env, id, Given::NotSent)
    }

    #[napi(catch_unwind)]
    pub fn lost(&self, env: Env, id: u32) -> napi::Result<()> {
        self.give(env, id, Given::Lost)
    }

    #[napi(catch_unwind)]
    pub fn waited(&self, env: Env, id: u32) -> napi::Result<()> {
        self.give(env, id, Given::Waited)
    }

    #[napi(catch_unwind)]
    pub fn failed(&self, env: Env, id: u32, why: String) -> napi::Result<()> {
        self.give(env, id, Given::Failed(why))
    }

    /// What became of it, as JSON: made when it is asked for, since a success needs none of it.
    #[napi(catch_unwind)]
    pub fn report(&self) -> napi::Result<Option<String>> {
        self.0.with(|course| course.over.as_ref().map(|(decision, attempts)| report::course(*decision, attempts)))
    }
}

impl Flow {
    pub(crate) fn new(flow: fapiao::Flow<WireAnswer>) -> Self {
        Self(Place(Arc::new(Mutex::new(Some(Box::new(Course { flow, over: None }))))))
    }

    /// Lets keys that are here do what is needed, on the thread pool.
    fn onward<'env>(&self, env: &'env Env, moment: Moment, step: Stepped, keys: Keys) -> napi::Result<Reached<'env>> {
        match step {
            Step::Need(needs) if keys.do_all(&needs) => {
                let onward = Onward::new(self.0.clone(), keys, moment, needs)?;
                Ok(Either::B(env.spawn(onward)?.promise_object()))
            }
            step => turn(env, step).map(Either::A),
        }
    }

    fn give(&self, env: Env, id: u32, given: Given<Incoming>) -> napi::Result<()> {
        self.0.with(|course| course.flow.give_plain(id, given))?.map_err(|error| thrown(env, &error))
    }
}

impl Place {
    /// Takes the call away.
    pub(crate) fn take(&self) -> napi::Result<Box<Course>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(elsewhere)
    }

    /// Puts it back.
    pub(crate) fn put(&self, course: Box<Course>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(course);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Course) -> T) -> napi::Result<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_deref_mut().map(work).ok_or_else(elsewhere)
    }
}

fn elsewhere() -> napi::Error {
    napi::Error::new(Status::InvalidArg, "this flow is on the thread pool")
}

impl Course {
    fn step(&mut self, moment: &Moment) -> fapiao::Result<Stepped> {
        let mut step = self.flow.step_plain(moment)?;
        if let Step::Done(done) = &mut step {
            self.over = Some((done.decision, std::mem::take(&mut done.attempts)));
        }
        Ok(step)
    }

    /// Steps on while private keys can do what is needed.
    pub(crate) fn onward(
        &mut self,
        keys: &Keys,
        moment: &Moment,
        mut needs: Vec<Need<Outgoing>>,
    ) -> fapiao::Result<Stepped> {
        loop {
            for need in needs {
                self.flow.give_plain(need.id, keys.done(&need.work, moment))?;
            }
            match self.step(moment)? {
                Step::Need(further) if keys.do_all(&further) => needs = further,
                step => return Ok(step),
            }
        }
    }
}

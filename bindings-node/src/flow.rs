//! One call on its way.
#![expect(clippy::too_many_arguments, reason = "one crossing takes everything along")]

use crate::convert::{Items, defect, items, moment, thrown};
use crate::key::{Keys, Onward};
use fapiao::ffi::{self, Course, Incoming, Outgoing, Response};
use fapiao::flow::NeedResult;
use fapiao::{Moment, Result, Step};
use napi::bindgen_prelude::Either;
use napi::{Env, Status};
use napi_derive::napi;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One call on its way. The garbage collector frees it.
#[napi]
pub struct Flow(Arc<Journey>);

/// A call and the keys it goes on with; the thread pool locks it while it goes on there.
pub(crate) struct Journey {
    held: Mutex<Held>,
    pub(crate) keys: Arc<Keys>,
}

pub(crate) struct Held {
    pub(crate) course: Course,
    /// The step that the thread pool came to; after a defect there is none.
    pub(crate) landed: Option<Stepped>,
}

pub(crate) type Stepped = Step<Response, Outgoing>;
/// A step's result, or the number that is called out when it has landed.
type Reached<'env> = Either<Items<'env>, u32>;

#[napi]
impl Flow {
    #[napi(catch_unwind)]
    pub fn once(&self) -> napi::Result<()> {
        self.0.with(Course::once)
    }

    /// What is needed next, or how it ended. What a private key that is here must do is done on the thread pool, and so is the
    /// step after it: then it is a number, which is called out when the step has `landed`.
    #[napi(catch_unwind)]
    pub fn step<'env>(&self, env: &'env Env, now: i64, entropy: &[u8]) -> napi::Result<Reached<'env>> {
        let moment = moment(*env, now, entropy)?;
        let step = self.0.with(|course| course.step(&moment))?;
        self.onward(env, moment, step)
    }

    /// What came of a request, and the step after it. Headers are one text: many texts cross more slowly.
    #[napi(catch_unwind)]
    pub fn answered<'env>(
        &self,
        env: &'env Env,
        id: u32,
        status: u16,
        headers: String,
        body: &[u8],
        milliseconds: u32,
        now: i64,
        entropy: &[u8],
    ) -> napi::Result<Reached<'env>> {
        let moment = moment(*env, now, entropy)?;
        let response = Incoming::of_lines(status, &headers, body.to_vec()).map_err(|error| thrown(*env, &error))?;
        let given = NeedResult::Answered { response, milliseconds: milliseconds.into() };
        let step = self.0.with(|course| course.give(id, given).and_then(|()| course.step(&moment)))?;
        self.onward(env, moment, step)
    }

    /// The step that a number was given for.
    #[napi(catch_unwind)]
    pub fn landed<'env>(&self, env: &'env Env) -> napi::Result<Items<'env>> {
        items(env, &self.0.held().landed.take().ok_or_else(defect)?)
    }

    /// What came of a need, by name.
    #[napi(catch_unwind)]
    pub fn give(&self, env: Env, id: u32, name: String, bytes: &[u8]) -> napi::Result<()> {
        let given = wire::given(&name, bytes.to_vec()).ok_or_else(|| napi::Error::new(Status::InvalidArg, name))?;
        self.0.with(|course| course.give(id, given))?.map_err(|error| thrown(env, &error))
    }

    /// What became of it, as JSON: made when it is asked for, since a success needs none of it.
    #[napi(catch_unwind)]
    pub fn report(&self) -> napi::Result<Option<String>> {
        self.0.with(|course| course.report())
    }
}

impl Flow {
    pub(crate) fn new(flow: fapiao::Flow<Response>, keys: Arc<Keys>) -> Self {
        Self(Arc::new(Journey { held: Mutex::new(Held { course: flow.into(), landed: None }), keys }))
    }

    /// Lets keys that are here do what is needed, on the thread pool.
    fn onward<'env>(&self, env: &'env Env, moment: Moment, step: Result<Stepped>) -> napi::Result<Reached<'env>> {
        match (step.map_err(|error| thrown(*env, &error))?, &self.0.keys.pool) {
            (Step::Need(needs), Some(pool)) if self.0.keys.do_all(&needs) => {
                pool.begin(*env, Onward { journey: self.0.clone(), moment, needs }).map(Either::B)
            }
            (step, _) => items(env, &step).map(Either::A),
        }
    }
}

impl Journey {
    pub(crate) fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Course) -> T) -> napi::Result<T> {
        let away = |_| napi::Error::new(Status::InvalidArg, "this flow is on the thread pool");
        self.held.try_lock().map_err(away).map(|mut held| work(&mut held.course))
    }
}

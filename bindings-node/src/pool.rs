//! Several calls in flight.

use crate::convert::{Items, items};
use crate::flow::Reached;
use crate::key::Onward;
use napi::bindgen_prelude::{Either3, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, ScopedTask, Status};
use napi_derive::napi;
use std::collections::VecDeque;
use std::num::{NonZero, Saturating, Wrapping};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{available_parallelism, yield_now};
use std::time::{Duration, Instant};

/// How long a thread stays awake for the next call: about what the event loop takes to come up with one.
const AWAKE: Duration = Duration::from_micros(100);
/// How many calls a thread takes before it goes back to Node's thread pool, where files and names wait for it.
const IN_A_ROW: usize = 16;

/// Where calls go on with private keys: on Node's thread pool. A call alone is that pool's work and its promise. Of several in
/// flight each thread that is done stays awake a moment, since to sleep and be woken takes a quarter of a signature.
#[napi]
#[derive(Clone)]
pub struct Pool(Arc<Shared>);

struct Shared {
    calls: Mutex<Calls>,
    /// Calls out the number of a call that is back. Weak: work on the thread pool keeps the process.
    back: ThreadsafeFunction<u32, (), u32, Status, false, true>,
    processors: usize,
}

#[derive(Default)]
struct Calls {
    waiting: VecDeque<(u32, Onward)>,
    in_flight: Saturating<usize>,
    /// Threads that are coming, and those that stay awake.
    coming: Saturating<usize>,
    awake: Saturating<usize>,
    last: Wrapping<u32>,
}

#[napi]
impl Pool {
    #[napi(constructor, catch_unwind)]
    pub fn new(back: Function<u32, ()>) -> napi::Result<Self> {
        let back = back.build_threadsafe_function().weak::<true>().build()?;
        let processors = available_parallelism().map_or(1, NonZero::get);
        Ok(Self(Arc::new(Shared { calls: Mutex::default(), back, processors })))
    }
}

impl Pool {
    /// Lets a call go on: its promise, or its number.
    pub(crate) fn begin<'env>(&self, env: &'env Env, call: Onward) -> napi::Result<Reached<'env>> {
        let mut calls = self.calls();
        calls.in_flight += 1;
        if calls.in_flight.0 == 1 && calls.awake.0 == 0 {
            return Ok(Either3::C(env.spawn(Thread { pool: self.clone(), alone: Some(call) })?.promise_object()));
        }
        if calls.awake.0 <= calls.unclaimed() {
            env.spawn(Thread { pool: self.clone(), alone: None })?;
            calls.coming += 1;
        }
        calls.last += 1;
        let number = calls.last.0;
        calls.waiting.push_back((number, call));
        Ok(Either3::B(number))
    }

    /// Takes note that a call has landed; tells whether its thread stays. From here it counts as awake: once the call is called
    /// out, the event loop may run in its place.
    fn stays(&self, calls_left: usize) -> bool {
        let mut calls = self.calls();
        calls.in_flight -= 1;
        let stays = calls_left > 0 && calls.coming.0 == 0 && calls.in_flight.0 < self.0.processors;
        calls.awake += usize::from(stays);
        stays
    }

    /// The next call of a thread that is awake, where one comes in time.
    fn next(&self) -> Option<(u32, Onward)> {
        let began = Instant::now();
        let mut calls = self.calls();
        while calls.unclaimed() == 0 && calls.coming.0 == 0 && began.elapsed() < AWAKE {
            drop(calls);
            yield_now();
            calls = self.calls();
        }
        calls.awake -= 1;
        if calls.unclaimed() == 0 { None } else { calls.waiting.pop_front() }
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Calls {
    /// Calls that no coming thread is for.
    fn unclaimed(&self) -> usize {
        self.waiting.len().saturating_sub(self.coming.0)
    }
}

/// A thread of Node's that takes a call alone, or calls from those that wait.
struct Thread {
    pool: Pool,
    alone: Option<Onward>,
}

impl<'env> ScopedTask<'env> for Thread {
    type Output = ();
    type JsValue = Items<'env>;

    fn compute(&mut self) -> napi::Result<()> {
        if let Some(call) = &mut self.alone {
            call.go();
            self.pool.calls().in_flight -= 1;
            return Ok(());
        }
        let mut calls = self.pool.calls();
        calls.coming -= 1;
        let mut next = calls.waiting.pop_front();
        drop(calls);
        for left in (0..IN_A_ROW).rev() {
            let Some((number, mut call)) = next else { break };
            call.go();
            let stays = self.pool.stays(left);
            self.pool.0.back.call(number, ThreadsafeFunctionCallMode::NonBlocking);
            next = if stays { self.pool.next() } else { None };
        }
        Ok(())
    }

    fn resolve(&mut self, env: &'env Env, (): ()) -> napi::Result<Items<'env>> {
        self.alone.as_ref().map_or(Ok(Vec::new()), |call| items(env, call.place.landed()?))
    }
}

//! Several calls in flight.

use crate::key::Onward;
use napi::bindgen_prelude::Function;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, ScopedTask, Status};
use napi_derive::napi;
use std::collections::VecDeque;
use std::num::{NonZero, Saturating};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{available_parallelism, yield_now};
use std::time::{Duration, Instant};

/// How long a thread stays awake for the next call: about what the event loop takes to come up with one.
const AWAKE: Duration = Duration::from_micros(100);
/// How many calls a thread takes before it goes back to Node's thread pool, where files and names wait for it.
const IN_A_ROW: usize = 64;
/// How many threads stay at most: of the four that Node has, one is left to others.
const MOST_AWAKE: usize = 3;

/// How many calls have begun anywhere in this process: their numbers are good for every pool of a facade.
static BEGUN: AtomicU32 = AtomicU32::new(0);

/// Where calls go on with private keys: on Node's thread pool. Where one call follows another at once, a thread that is done
/// stays awake for the next: to wake one takes a tenth of a signature, and with two in flight a quarter.
#[napi]
#[derive(Clone)]
pub struct Pool(Arc<Shared>);

struct Shared {
    calls: Mutex<Calls>,
    /// Calls out the number of a call that is back. Weak: work on the thread pool keeps the process.
    back: ThreadsafeFunction<u32, (), u32, Status, false, true>,
    most_awake: usize,
}

#[derive(Default)]
struct Calls {
    waiting: VecDeque<(u32, Onward)>,
    in_flight: Saturating<usize>,
    /// Threads that are coming, and those that stay awake.
    coming: Saturating<usize>,
    awake: Saturating<usize>,
    landed: Option<Instant>,
    /// Whether the last call came right after one had landed.
    brisk: bool,
}

#[napi]
impl Pool {
    #[napi(constructor, catch_unwind)]
    pub fn new(back: Function<u32, ()>) -> napi::Result<Self> {
        let back = back.build_threadsafe_function().weak::<true>().build()?;
        let most_awake = available_parallelism().map_or(1, NonZero::get).min(MOST_AWAKE);
        Ok(Self(Arc::new(Shared { calls: Mutex::default(), back, most_awake })))
    }
}

impl Pool {
    /// Lets a call go on; its number is called out when it has landed.
    pub(crate) fn begin(&self, env: Env, call: Onward) -> napi::Result<u32> {
        let mut calls = self.calls();
        if calls.awake.0 <= calls.unclaimed() {
            env.spawn(Thread(self.clone()))?;
            calls.coming += 1;
        }
        calls.brisk = calls.landed.is_some_and(|landed| landed.elapsed() < AWAKE);
        calls.in_flight += 1;
        let number = BEGUN.fetch_add(1, Relaxed);
        calls.waiting.push_back((number, call));
        Ok(number)
    }

    /// Takes note that a call has landed; tells whether its thread stays. From here it counts as awake: once the call is called
    /// out, the event loop may run in its place.
    fn stays(&self, calls_left: usize) -> bool {
        let mut calls = self.calls();
        calls.in_flight -= 1;
        calls.landed = Some(Instant::now());
        let stays = (calls.brisk || calls.in_flight.0 > 0)
            && calls_left > 0
            && calls.coming.0 == 0
            && calls.in_flight.0 < self.0.most_awake;
        calls.awake += usize::from(stays);
        stays
    }

    /// The next call of a thread that is awake, where one comes in time.
    fn next(&self) -> Option<(u32, Onward)> {
        let began = Instant::now();
        let mut calls = self.calls();
        while calls.unclaimed() == 0 && calls.coming.0 == 0 && began.elapsed() < AWAKE {
            // Without the lock: the event loop would have to be woken when it is free.
            let before = BEGUN.load(Relaxed);
            drop(calls);
            while BEGUN.load(Relaxed) == before && began.elapsed() < AWAKE {
                yield_now();
            }
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

/// A thread of Node's that takes calls.
struct Thread(Pool);

impl ScopedTask<'_> for Thread {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> napi::Result<()> {
        let mut calls = self.0.calls();
        calls.coming -= 1;
        let mut next = calls.waiting.pop_front();
        drop(calls);
        for left in (0..IN_A_ROW).rev() {
            let Some((number, call)) = next else { break };
            call.go();
            let stays = self.0.stays(left);
            self.0.0.back.call(number, ThreadsafeFunctionCallMode::NonBlocking);
            next = if stays { self.0.next() } else { None };
        }
        Ok(())
    }

    fn resolve(&mut self, _: &Env, (): ()) -> napi::Result<()> {
        Ok(())
    }
}

//! Taking turns at the interpreter's lock.
//!
//! Who finds the lock taken sleeps, and being woken takes longer than verifying an answer: two threads were slower than one.
//! Others hold it for microseconds between two calls, so a thread waits that long awake before it asks for the lock.

use pyo3::prelude::*;
use std::hint::spin_loop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Whether somebody went back to the interpreter and, as far as is known here, has not left it: a hint, which protects nothing.
static INSIDE: AtomicBool = AtomicBool::new(false);
/// About what sleeping and being woken takes.
const AWAKE: Duration = Duration::from_micros(20);

/// Runs work without the interpreter's lock.
pub(crate) fn outside<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(|| {
        INSIDE.store(false, Ordering::Relaxed);
        let done = work();
        let began = Instant::now();
        // In a free-threaded Python nobody waits for anybody.
        while cfg!(not(Py_GIL_DISABLED)) && INSIDE.load(Ordering::Relaxed) && began.elapsed() < AWAKE {
            spin_loop();
        }
        INSIDE.store(true, Ordering::Relaxed);
        done
    })
}

//! Callbacks and pushes: who they are for, and what became of one.

use crate::caller::Caller;
use crate::convert::{detached, guarded, raised, response};
use crate::needs::Verify;
use fapiao::ffi;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

/// The merchants whose callbacks arrive at one URL.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct Receiver(ffi::Receiver);

#[pymethods]
impl Receiver {
    #[new]
    #[expect(clippy::needless_pass_by_value, reason = "what Python hands over is a list of its own")]
    fn new(py: Python<'_>, callers: Vec<PyRef<'_, Caller>>) -> PyResult<Self> {
        raised(py, ffi::Receiver::new(callers.iter().map(|caller| &caller.0))).map(Self)
    }

    /// What became of a callback, as JSON; or the signature to check first: then this again, with what was found.
    #[pyo3(signature = (headers, body, now, valid=None))]
    fn receive(
        &self,
        py: Python<'_>,
        headers: &Bound<'_, PyAny>,
        body: &[u8],
        now: i64,
        valid: Option<bool>,
    ) -> PyResult<Py<PyAny>> {
        // It came in: there is no status.
        let callback = response(200, headers, body)?;
        let received = detached(py, || self.0.receive(&callback, now).settled(valid))?;
        match received.to_check() {
            Some(check) => Verify::of(py, 0, check).into_py_any(py),
            None => received.report().into_py_any(py),
        }
    }
}

/// Receives what is pushed to the server of one account.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct PushReceiver(ffi::PushReceiver);

#[pymethods]
impl PushReceiver {
    #[new]
    fn new(py: Python<'_>, config: &str) -> PyResult<Self> {
        raised(py, ffi::PushReceiver::open(config)).map(Self)
    }

    /// What became of a push, as JSON.
    fn receive(&self, query: &str, body: &[u8]) -> PyResult<String> {
        guarded(|| self.0.receive(query, body))
    }
}

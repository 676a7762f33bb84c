//! One call on its way.

use crate::convert::{detached, guarded, moment, raised, response};
use crate::needs;
use fapiao::ffi::{self, Incoming, Response, report};
use fapiao::flow::{NeedResult, Step};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::{Mutex, MutexGuard};

/// The empty answers that a client believed: each counts once.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct SeenAnswers(pub(crate) fapiao::SeenAnswers);

#[pymethods]
impl SeenAnswers {
    #[new]
    fn new() -> Self {
        Self(fapiao::SeenAnswers::new())
    }
}

/// One call on its way: `step` says what it needs, the other methods give that back.
///
/// While core works on it, it is out of reach; after a defect it stays there, and every further use is refused.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct Flow(Mutex<Option<ffi::Flow>>);

impl Flow {
    pub(crate) fn new(flow: ffi::Flow) -> Self {
        Self(Mutex::new(Some(flow)))
    }

    fn held(&self) -> PyResult<MutexGuard<'_, Option<ffi::Flow>>> {
        self.0.try_lock().map_err(|_| PyRuntimeError::new_err("this call is used by another thread"))
    }

    /// Short work, done while holding the interpreter.
    fn with<T>(&self, work: impl FnOnce(&mut ffi::Flow) -> T) -> PyResult<T> {
        let mut held = self.held()?;
        let mut flow = held.take().ok_or_else(ended)?;
        let (done, flow) = guarded(move || (work(&mut flow), flow))?;
        *held = Some(flow);
        Ok(done)
    }

    fn given(&self, py: Python<'_>, id: u32, result: NeedResult<Incoming>) -> PyResult<()> {
        raised(py, self.with(|flow| flow.give(id, result))?)
    }
}

fn ended() -> PyErr {
    PyRuntimeError::new_err("a defect in fapiao ended this call before")
}

#[pymethods]
impl Flow {
    /// Ends with the first request instead of repeating it where that is right.
    fn once(&self) -> PyResult<()> {
        self.with(ffi::Flow::once)
    }

    /// Takes into account that the client repeats requests by itself.
    fn client_repeats(&self) -> PyResult<()> {
        self.with(ffi::Flow::client_repeats)
    }

    /// Believes each empty answer once among all flows of a client.
    fn remember_in(&self, seen: &Bound<'_, SeenAnswers>) -> PyResult<()> {
        self.with(|flow| flow.remember_in(&seen.get().0))
    }

    /// Lets what is in doubt surface as needs, to be kept.
    fn keep_doubt(&self) -> PyResult<()> {
        self.with(ffi::Flow::keep_doubt)
    }

    /// Takes in what an earlier attempt of this call left in doubt.
    fn resume(&self, py: Python<'_>, text: &str) -> PyResult<()> {
        raised(py, self.with(|flow| flow.resume(text))?)
    }

    /// Takes it that an earlier attempt of this call was sent by now.
    fn assume_in_doubt(&self, now: i64) -> PyResult<()> {
        self.with(|flow| flow.assume_in_doubt(now))
    }

    /// What is in doubt while a request is on its way, or after an end that leaves it unknown.
    fn in_doubt(&self) -> PyResult<Option<String>> {
        self.with(|flow| flow.in_doubt())
    }

    /// What it means that it ended as it did, as JSON; nothing while it is on its way.
    fn report(&self) -> PyResult<Option<String>> {
        self.with(|flow| flow.report())
    }

    /// The warnings alone, as JSON; nothing where there are none.
    fn warnings(&self) -> PyResult<Option<String>> {
        self.with(|flow| flow.warnings())
    }

    /// Goes on without holding the interpreter: what is needed, or how it ended.
    fn step(&self, py: Python<'_>, now: i64, entropy: &[u8]) -> PyResult<Py<PyAny>> {
        let moment = moment(py, now, entropy)?;
        let mut held = self.held()?;
        let mut flow = held.take().ok_or_else(ended)?;
        let (step, flow) = detached(py, move || (flow.step(&moment), flow))?;
        *held = Some(flow);
        match raised(py, step)? {
            Step::Need(needs) => {
                let needs: Vec<_> = needs.into_iter().map(|need| needs::object(py, need)).collect::<PyResult<_>>()?;
                needs.into_py_any(py)
            }
            Step::Done(outcome) => Outcome::new(py, outcome).into_py_any(py),
        }
    }

    /// A defect where `step` works: made for the test of what follows one.
    #[cfg(feature = "defect")]
    #[expect(clippy::panic, reason = "it is the defect")]
    fn defect(&self, py: Python<'_>) -> PyResult<()> {
        let mut held = self.held()?;
        let flow = held.take().ok_or_else(ended)?;
        *held = Some(detached(py, move || -> ffi::Flow { panic!("planted in {flow:?}") })?);
        Ok(())
    }

    /// An answer came, whatever its status.
    fn answered(
        &self,
        py: Python<'_>,
        id: u32,
        status: u16,
        headers: &Bound<'_, PyAny>,
        body: &[u8],
        milliseconds: u64,
    ) -> PyResult<()> {
        let response = response(status, headers, body)?;
        self.given(py, id, NeedResult::Answered { response, milliseconds })
    }

    /// What came of any other need, by its name in core.
    #[pyo3(signature = (id, result, bytes=None))]
    fn give(&self, py: Python<'_>, id: u32, result: &str, bytes: Option<&[u8]>) -> PyResult<()> {
        let result = ffi::parse_result(result, bytes.unwrap_or_default().to_vec());
        self.given(py, id, result.ok_or_else(|| PyValueError::new_err("no need is answered with this"))?)
    }
}

/// How a flow ended: its answer as JSON, with the bytes of a file, or what went wrong, as JSON.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Outcome {
    json: Option<String>,
    bytes: Option<Py<PyBytes>>,
    error: Option<String>,
}

impl Outcome {
    pub(crate) fn new(py: Python<'_>, outcome: fapiao::Outcome<Response>) -> Self {
        match outcome.result {
            Ok(answer) => {
                let bytes = answer.bytes.map(|bytes| PyBytes::new(py, &bytes).unbind());
                Self { json: Some(answer.exact.unwrap_or(answer.json)), bytes, error: None }
            }
            Err(error) => Self { json: None, bytes: None, error: Some(report::error(&error)) },
        }
    }
}

//! One call on its way.

use crate::convert::{detached, exception, guarded, moment, response};
use crate::needs;
use fapiao::flow::{Attempt, Decision, NeedResult, Step};
use fapiao::ffi::{Incoming, Response, report};
use fapiao::{Error, Moment, SignatureCheck};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::{Mutex, MutexGuard};

/// One call on its way: `step` says what it needs, the other methods give that back.
///
/// While core works on it, it is out of reach; after a defect it stays there, and every further use is refused.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct Flow(Mutex<Option<fapiao::Flow<Response>>>);

/// How a flow ended.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct Outcome {
    json: Option<String>,
    bytes: Option<Py<PyBytes>>,
    error: Option<Error>,
    decision: Decision,
    attempts: Vec<Attempt>,
}

impl Flow {
    pub(crate) fn new(flow: fapiao::Flow<Response>) -> Self {
        Self(Mutex::new(Some(flow)))
    }

    fn held(&self) -> PyResult<MutexGuard<'_, Option<fapiao::Flow<Response>>>> {
        self.0.try_lock().map_err(|_| PyRuntimeError::new_err("this call is used by another thread"))
    }

    fn give(&self, py: Python<'_>, id: u32, given: NeedResult<Incoming>) -> PyResult<()> {
        let mut held = self.held()?;
        let mut flow = held.take().ok_or_else(ended)?;
        let (done, flow) = guarded(move || (flow.give_plain(id, given), flow))?;
        *held = Some(flow);
        done.map_err(|error| exception(py, &error))
    }

    /// Takes something in, and goes on without holding the interpreter.
    fn work(
        &self,
        py: Python<'_>,
        moment: &Moment,
        take: impl FnOnce(&mut fapiao::Flow<Response>) -> fapiao::Result<()> + Send,
    ) -> PyResult<Py<PyAny>> {
        let mut held = self.held()?;
        let mut flow = held.take().ok_or_else(ended)?;
        let (step, flow) = detached(py, move || (take(&mut flow).and_then(|()| flow.step_plain(moment)), flow))?;
        *held = Some(flow);
        match step.map_err(|error| exception(py, &error))? {
            Step::Need(needs) => {
                let needs: Vec<_> = needs.into_iter().map(|need| needs::object(py, need)).collect::<PyResult<_>>()?;
                needs.into_py_any(py)
            }
            Step::Done(outcome) => Outcome::new(py, outcome).into_py_any(py),
        }
    }
}

fn ended() -> PyErr {
    PyRuntimeError::new_err("a defect in fapiao ended this call before")
}

#[pymethods]
impl Flow {
    /// Ends with the first request instead of repeating it where that is right.
    fn once(&self) -> PyResult<()> {
        self.held()?.as_mut().ok_or_else(ended)?.once();
        Ok(())
    }

    /// Goes on: what is needed, or how it ended.
    fn step(&self, py: Python<'_>, now: i64, entropy: &[u8]) -> PyResult<Py<PyAny>> {
        self.work(py, &moment(py, now, entropy)?, |_| Ok(()))
    }

    /// A defect where `step` works: made for the test of what follows one.
    #[cfg(feature = "defect")]
    #[expect(clippy::panic, reason = "it is the defect")]
    fn defect(&self, py: Python<'_>) -> PyResult<()> {
        let mut held = self.held()?;
        let flow = held.take().ok_or_else(ended)?;
        *held = Some(detached(py, move || -> fapiao::Flow<Response> { panic!("planted in {flow:?}") })?);
        Ok(())
    }

    /// An answer came to a call that was signed by itself: `answered` and `step` at once.
    fn read(
        &self,
        py: Python<'_>,
        id: u32,
        answer: (u16, Bound<'_, PyAny>, Bound<'_, PyBytes>),
        now: i64,
        entropy: &[u8],
    ) -> PyResult<Py<PyAny>> {
        let (status, headers, body) = answer;
        let response = response(status, &headers, body.as_bytes())?;
        self.work(py, &moment(py, now, entropy)?, move |flow| {
            flow.give_plain(id, NeedResult::Answered { response, milliseconds: 0 })
        })
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
        self.give(py, id, NeedResult::Answered { response, milliseconds })
    }

    /// The request certainly did not reach the gateway.
    fn not_sent(&self, py: Python<'_>, id: u32) -> PyResult<()> {
        self.give(py, id, NeedResult::NotSent)
    }

    /// It may have reached it, and no answer came.
    fn lost(&self, py: Python<'_>, id: u32) -> PyResult<()> {
        self.give(py, id, NeedResult::Lost)
    }

    /// The wait is over.
    fn waited(&self, py: Python<'_>, id: u32) -> PyResult<()> {
        self.give(py, id, NeedResult::Waited)
    }

    /// A signature.
    fn signed(&self, py: Python<'_>, id: u32, signature: &[u8]) -> PyResult<()> {
        self.give(py, id, NeedResult::Signed(signature.to_vec()))
    }

    /// What the check of a signature found.
    fn checked(&self, py: Python<'_>, id: u32, valid: bool) -> PyResult<()> {
        self.give(py, id, NeedResult::Checked(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid }))
    }

    /// A ciphertext.
    fn sealed(&self, py: Python<'_>, id: u32, ciphertext: &[u8]) -> PyResult<()> {
        self.give(py, id, NeedResult::Encrypted(ciphertext.to_vec()))
    }

    /// A plaintext.
    fn opened(&self, py: Python<'_>, id: u32, plaintext: &[u8]) -> PyResult<()> {
        self.give(py, id, NeedResult::Decrypted(plaintext.to_vec()))
    }

    /// A key operation failed; the text is shown.
    fn failed(&self, py: Python<'_>, id: u32, why: String) -> PyResult<()> {
        self.give(py, id, NeedResult::Failed(why))
    }

    fn __reduce__(_this: PyRef<'_, Self>) -> PyResult<()> {
        Err(PyTypeError::new_err("a call on its way is not pickled"))
    }
}

impl Outcome {
    fn new(py: Python<'_>, outcome: fapiao::Outcome<Response>) -> Self {
        let (decision, attempts) = (outcome.decision, outcome.attempts);
        let (answer, error) = outcome.result.map_or_else(|error| (None, Some(error)), |answer| (Some(answer), None));
        let (json, bytes) = answer.map_or((None, None), |answer| (Some(answer.json), answer.bytes));
        let bytes = bytes.map(|bytes| PyBytes::new(py, &bytes).unbind());
        Self { json, bytes, error, decision, attempts }
    }
}

#[pymethods]
impl Outcome {
    /// The answer as JSON; nothing where it failed.
    #[getter]
    fn json(&self) -> Option<&str> {
        self.json.as_deref()
    }

    /// The bytes of a file.
    #[getter]
    fn bytes(&self, py: Python<'_>) -> Option<Py<PyBytes>> {
        self.bytes.as_ref().map(|bytes| bytes.clone_ref(py))
    }

    /// What went wrong, as JSON.
    #[getter]
    fn report(&self) -> Option<String> {
        self.error.as_ref().map(report::error)
    }

    /// What it means, as JSON.
    #[getter]
    fn decision(&self) -> String {
        report::decision(self.decision)
    }

    /// Every request that was sent, as JSON.
    #[getter]
    fn attempts(&self) -> String {
        report::attempts(&self.attempts)
    }
}

//! How a flow ended.

use fapiao::Error;
use fapiao::ffi::{Response, report};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// How a flow ended: its answer, or what went wrong.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct Outcome {
    json: Option<String>,
    bytes: Option<Py<PyBytes>>,
    error: Option<Error>,
}

impl Outcome {
    pub(crate) fn new(py: Python<'_>, outcome: fapiao::Outcome<Response>) -> Self {
        match outcome.result {
            Ok(answer) => {
                let bytes = answer.bytes.map(|bytes| PyBytes::new(py, &bytes).unbind());
                Self { json: Some(answer.exact.unwrap_or(answer.json)), bytes, error: None }
            }
            Err(error) => Self { json: None, bytes: None, error: Some(error) },
        }
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
    fn error(&self) -> Option<String> {
        self.error.as_ref().map(report::error)
    }
}

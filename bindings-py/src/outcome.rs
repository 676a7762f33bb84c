//! How a flow ended.

use fapiao::ffi::{Response, report};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

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

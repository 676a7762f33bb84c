//! Callers, and calls by name.

use crate::convert::{detached, guarded, raised};
use crate::flow::Flow;
use fapiao::Attachment;
use fapiao::ffi::{self, Request};
use pyo3::prelude::*;

/// A caller of any kind, with its keys.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct Caller(pub(crate) ffi::Caller);

#[pymethods]
impl Caller {
    #[new]
    #[pyo3(signature = (config, private_key=None))]
    fn new(py: Python<'_>, config: &str, private_key: Option<&[u8]>) -> PyResult<Self> {
        raised(py, detached(py, || ffi::Caller::open(config, private_key))?).map(Self)
    }

    /// The caller that is made of this one: a sub-merchant, an authorizer, the same account with another access token.
    fn derived(&self, py: Python<'_>, what: &str, text: &str) -> PyResult<Self> {
        raised(py, detached(py, || self.0.derived(what, text))?).map(Self)
    }

    /// Checks a call and drives it.
    #[pyo3(signature = (call, payload, file=None))]
    fn flow(&self, py: Python<'_>, call: &str, payload: &str, file: Option<(String, String, &[u8])>) -> PyResult<Flow> {
        let mut request = Request::new(call, payload);
        request.file = file.map(|(name, media_type, bytes)| Attachment::new(name, media_type, bytes));
        // Microseconds: no other thread gets the interpreter.
        raised(py, guarded(|| self.0.flow(request))?).map(Flow::new)
    }
}

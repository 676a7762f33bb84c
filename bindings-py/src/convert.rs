//! Between Python's values and core's.

use fapiao::ffi::Incoming;
use fapiao::{Error, Moment};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};
use std::any::Any;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The exception for an error: its class is chosen, and written, in Python.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    static RAISED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let report = fapiao::ffi::report::error(error);
    RAISED
        .import(py, "fapiao.errors", "from_report")
        .and_then(|make| make.call1((report,)))
        .map_or_else(|failed| failed, PyErr::from_value)
}

/// Runs work of core; a defect in it becomes an exception, never a crash.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(defect)
}

/// What work of core gave, or raised.
pub(crate) fn raised<T>(py: Python<'_>, result: fapiao::Result<T>) -> PyResult<T> {
    result.map_err(|error| exception(py, &error))
}

/// Runs work of core without holding the interpreter.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work))).map_err(defect)
}

fn defect(_panic: Box<dyn Any + Send>) -> PyErr {
    PyRuntimeError::new_err("a defect in fapiao: please report it; what it was working on is lost")
}

pub(crate) fn moment(py: Python<'_>, now: i64, entropy: &[u8]) -> PyResult<Moment> {
    let entropy = entropy.try_into().map_err(|_| {
        PyValueError::new_err(format!("entropy must give the 32 bytes it is asked for, not {}", entropy.len()))
    })?;
    raised(py, Moment::new(now, entropy))
}

/// An answer from its status, header pairs and body. A value can be a list of those that came under one name.
pub(crate) fn response(status: u16, headers: &Bound<'_, PyAny>, body: &[u8]) -> PyResult<Incoming> {
    let mut pairs = Vec::new();
    for pair in headers.try_iter()? {
        let [name, value] = pair?.extract::<[Bound<'_, PyAny>; 2]>()?;
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            for one in value.try_iter()? {
                pairs.push([name.clone(), one?]);
            }
        } else {
            pairs.push([name, value]);
        }
    }
    let pairs: Vec<_> =
        pairs.iter().map(|[name, value]| Ok((octets(name)?, octets(value)?))).collect::<PyResult<_>>()?;
    let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    raised(headers.py(), Incoming::new(status, pairs, body.to_vec()))
}

fn octets<'a>(text: &'a Bound<'_, PyAny>) -> PyResult<Cow<'a, [u8]>> {
    if let Ok(bytes) = text.cast::<PyBytes>() {
        return Ok(Cow::Borrowed(bytes.as_bytes()));
    }
    let text = text.cast::<PyString>().map_err(|_| PyTypeError::new_err("headers must be pairs of str or bytes"))?;
    // Half a surrogate pair has no UTF-8: core refuses the header that holds what stands in its place.
    Ok(match text.to_string_lossy() {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    })
}

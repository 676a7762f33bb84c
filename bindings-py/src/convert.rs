//! Between Python's values and core's.

use fapiao::{Error, Moment};
use http::{HeaderName, HeaderValue, Response};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The exception for an error: its class is chosen, and written, in Python.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    static RAISED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let report = fapiao::wire::report::error(error);
    RAISED
        .import(py, "fapiao.errors", "from_report")
        .and_then(|make| make.call1((report,)))
        .map_or_else(|failed| failed, PyErr::from_value)
}

/// Runs work of core; a defect in it becomes an exception, never a crash.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(defect)
}

/// The same without holding the interpreter.
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
    Moment::new(now, entropy).map_err(|error| exception(py, &error))
}

/// An answer from its status, header pairs and body.
pub(crate) fn response(status: u16, headers: &Bound<'_, PyAny>, body: &[u8]) -> PyResult<Response<Vec<u8>>> {
    let impossible = |what: &str| PyValueError::new_err(format!("the answer has an impossible {what}"));
    let mut response = Response::builder().status(status);
    for pair in headers.try_iter()? {
        let [name, value]: [Bound<'_, PyAny>; 2] = pair?.extract()?;
        let name = HeaderName::from_bytes(octets(&name)?).map_err(|_| impossible("header name"))?;
        let value = HeaderValue::from_bytes(octets(&value)?).map_err(|_| impossible("header value"))?;
        response = response.header(name, value);
    }
    response.body(body.to_vec()).map_err(|_| impossible("status"))
}

fn octets<'a>(text: &'a Bound<'_, PyAny>) -> PyResult<&'a [u8]> {
    if let Ok(bytes) = text.cast::<PyBytes>() {
        return Ok(bytes.as_bytes());
    }
    let text = text.cast::<PyString>().map_err(|_| PyTypeError::new_err("headers must be pairs of str or bytes"))?;
    // Under the stable ABI of 3.10 text lends its UTF-8.
    text.to_str().map(str::as_bytes)
}

/// The headers of a request, by their names in lower case.
pub(crate) fn headers(py: Python<'_>, request: &http::Request<Vec<u8>>) -> PyResult<Py<PyDict>> {
    let headers = PyDict::new(py);
    for (name, value) in request.headers() {
        headers.set_item(name.as_str(), String::from_utf8_lossy(value.as_bytes()))?;
    }
    Ok(headers.unbind())
}

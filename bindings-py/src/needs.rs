//! What a flow needs of its host, one class for each kind of work.

use fapiao::ffi::{Outgoing, SignatureToCheck};
use fapiao::flow::{Need, NeedKind};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyDict};

/// Send this, without following redirects; answer with `answered`, `not_sent` or `lost`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Send {
    id: u32,
    host: &'static str,
    method: &'static str,
    url: String,
    headers: Py<PyDict>,
    body: Option<Py<PyBytes>>,
}

/// Wait; answer with `waited`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Wait {
    id: u32,
    milliseconds: u64,
}

/// Sign (RSASSA-PKCS1-v1_5, SHA-256); answer with `signed`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Sign {
    id: u32,
    serial_no: String,
    message: Py<PyBytes>,
}

/// Check a signature (RSASSA-PKCS1-v1_5, SHA-256); answer with `checked`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Verify {
    id: u32,
    key_id: String,
    public_key: Py<PyBytes>,
    message: Py<PyBytes>,
    signature: Py<PyBytes>,
}

/// Encrypt (RSAES-OAEP, SHA-1); answer with `encrypted`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Encrypt {
    id: u32,
    key_id: String,
    public_key: Py<PyBytes>,
    plaintext: Py<PyBytes>,
}

/// Decrypt (RSAES-OAEP, SHA-1); answer with `decrypted`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Decrypt {
    id: u32,
    serial_no: String,
    ciphertext: Py<PyBytes>,
}

/// Look up what the store keeps under a key; answer with `loaded`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Load {
    id: u32,
    key: String,
}

/// Keep a text under a key where this version still is what the store has; answer with `stored` or `lost_race`.
#[pyclass(frozen, get_all, module = "fapiao._core")]
pub(crate) struct Store {
    id: u32,
    key: String,
    text: String,
    version: Option<String>,
}

impl Verify {
    pub(crate) fn of(py: Python<'_>, id: u32, check: SignatureToCheck<'_>) -> Self {
        let [public_key, message, signature] =
            [check.public_key, check.message, check.signature].map(|bytes| PyBytes::new(py, bytes).unbind());
        Self { id, key_id: check.key_id.to_owned(), public_key, message, signature }
    }
}

/// One need as the object of its class.
pub(crate) fn object(py: Python<'_>, need: Need<Outgoing>) -> PyResult<Py<PyAny>> {
    let id = need.id;
    let bytes = |bytes: &[u8]| PyBytes::new(py, bytes).unbind();
    match need.kind {
        NeedKind::Send { host, request } => {
            let body = (!request.body.is_empty()).then(|| bytes(&request.body));
            let headers = request.headers().into_py_dict(py)?.unbind();
            let (method, url) = (request.method.as_str(), request.url);
            Send { id, host: host.as_str(), method, url, headers, body }.into_py_any(py)
        }
        NeedKind::Wait { milliseconds } => Wait { id, milliseconds }.into_py_any(py),
        NeedKind::Sign { serial_no, message } => Sign { id, serial_no, message: bytes(&message) }.into_py_any(py),
        NeedKind::Verify { key_id, public_key, message, signature } => {
            let [public_key, message, signature] = [public_key, message, signature].map(|part| bytes(&part));
            Verify { id, key_id, public_key, message, signature }.into_py_any(py)
        }
        NeedKind::Encrypt { key_id, public_key, plaintext } => {
            let (public_key, plaintext) = (bytes(&public_key), bytes(plaintext.reveal().as_bytes()));
            Encrypt { id, key_id, public_key, plaintext }.into_py_any(py)
        }
        NeedKind::Decrypt { serial_no, ciphertext } => {
            Decrypt { id, serial_no, ciphertext: bytes(&ciphertext) }.into_py_any(py)
        }
        NeedKind::Load { key } => Load { id, key }.into_py_any(py),
        NeedKind::Store { key, text, version } => Store { id, key, text, version }.into_py_any(py),
        _ => Err(PyRuntimeError::new_err("the engine needs something this package does not know: upgrade it whole")),
    }
}

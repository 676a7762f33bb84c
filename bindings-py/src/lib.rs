//! The engine of the Python package: converts values in, calls core, converts values out.
mod callback;
mod caller;
mod convert;
mod flow;
mod needs;

use pyo3::prelude::*;

/// The engine behind the package `fapiao`; nothing in it is meant to be used directly.
#[pymodule]
mod _core {
    #[pymodule_export]
    use crate::{
        callback::{PushReceiver, Receiver},
        caller::Caller,
        flow::{Flow, Outcome, SeenAnswers},
        needs::{Decrypt, Encrypt, Load, Send, Sign, Store, Verify, Wait},
    };

    use super::{Bound, PyModule, PyModuleMethods, PyResult, Python, convert, pyfunction};

    /// Every error code there is, as JSON.
    #[pyfunction]
    fn registry() -> String {
        fapiao::ffi::report::registry()
    }

    /// What an invoice's life says to a question, as JSON.
    #[pyfunction]
    fn life(py: Python<'_>, question: &str) -> PyResult<String> {
        convert::raised(py, convert::guarded(|| fapiao::ffi::life(question))?)
    }

    /// A number in another unit, as text.
    #[pyfunction]
    fn amount(py: Python<'_>, wanted: &str, text: &str) -> PyResult<String> {
        convert::raised(py, fapiao::ffi::amount(wanted, text))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

//! The engine of the Python package: converts values in, calls core, converts values out.
mod callback;
mod caller;
mod convert;
mod flow;
mod needs;
mod outcome;

use pyo3::prelude::*;

/// The engine behind the package `fapiao`; nothing in it is meant to be used directly.
#[pymodule]
mod _core {
    #[pymodule_export]
    use crate::{
        callback::{PushReceiver, Receiver},
        caller::Caller,
        flow::{Flow, SeenAnswers},
        needs::{Decrypt, Encrypt, Load, Send, Sign, Store, Verify, Wait},
        outcome::Outcome,
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
        convert::guarded(|| fapiao::ffi::life(question))?.map_err(|error| convert::exception(py, &error))
    }

    /// The whole number that a decimal text is in a unit.
    #[pyfunction]
    fn number_of(py: Python<'_>, unit: &str, text: &str) -> PyResult<String> {
        convert::guarded(|| fapiao::ffi::number_of(unit, text))?.map_err(|error| convert::exception(py, &error))
    }

    /// The decimal text of a whole number in a unit.
    #[pyfunction]
    fn text_of(py: Python<'_>, unit: &str, number: &str) -> PyResult<String> {
        convert::guarded(|| fapiao::ffi::text_of(unit, number))?.map_err(|error| convert::exception(py, &error))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

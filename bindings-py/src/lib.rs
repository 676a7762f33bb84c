//! The Python door: converts values in, calls core, converts values out.

mod convert;
mod door;
mod flow;
mod needs;
mod turns;

use pyo3::prelude::*;

/// The engine behind the package `fapiao`; nothing in it is meant to be used directly.
#[pymodule]
mod _core {
    #[pymodule_export]
    use crate::door::Door;
    #[pymodule_export]
    use crate::flow::{Flow, Outcome};
    #[pymodule_export]
    use crate::needs::{Open, Seal, Send, Sign, Verify, Wait};

    use super::{Bound, PyModule, PyModuleMethods, PyResult, pyfunction};

    /// Every error code there is, as JSON.
    #[pyfunction]
    fn registry() -> String {
        fapiao::ffi::report::registry()
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

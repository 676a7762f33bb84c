//! What a client remembers of the answers it believed.

use pyo3::prelude::*;

/// The empty answers that a client believed: each counts once.
#[pyclass(frozen, module = "fapiao._core")]
pub(crate) struct SeenAnswers(pub(crate) fapiao::SeenAnswers);

#[pymethods]
impl SeenAnswers {
    #[new]
    fn new() -> Self {
        Self(fapiao::SeenAnswers::new())
    }
}

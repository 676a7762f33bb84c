//! The list of all calls: the only one. Tests, samples, fuzz targets and generated files follow from it.

pub use crate::calls::Visitor;
use crate::schema::{Call, System};

/// Every call of both systems, in the order of the official lists.
pub fn calls() -> impl Iterator<Item = &'static Call> {
    crate::pay::CALLS.iter().chain(crate::account::CALLS).copied()
}

/// The call of that name.
pub fn call(name: &str) -> Option<&'static Call> {
    calls().find(|call| call.name == name)
}

/// Has the operation of that name visited by its type: what tests and tools do with every call.
#[doc(hidden)]
pub fn visit<V: Visitor>(name: &str, visitor: V) -> Option<V::Output> {
    match call(name)?.system {
        System::Pay => crate::pay::visit(name, visitor),
        System::Account => crate::account::visit(name, visitor),
    }
}

//! The catalogue: what the official tables say of each call, as static data.
//!
//! Each call is written once, in its own file under `pay` or `account`; the tables here are what the derive makes of it.

mod call;
mod class;
mod field;
mod generation;
mod kind;

pub use call::Call;
pub use class::{Answer, CallerKind, FileDigest, Form, Replay, System};
pub use field::{Field, Table};
pub use generation::Generations;
pub use kind::{Charset, Kind, Place, Source, Unit};

/// What only documentation needs: left out where the feature `docs` is, since every byte of a wasm file counts.
pub(crate) const fn prose(text: &'static str) -> &'static str {
    if cfg!(feature = "docs") { text } else { "" }
}

/// Every call of both systems, in the order of the official lists.
pub fn calls() -> impl Iterator<Item = &'static Call> {
    crate::pay::CALLS.iter().chain(crate::account::CALLS).copied()
}

/// The call of that name.
pub fn call(name: &str) -> Option<&'static Call> {
    calls().find(|call| call.name == name)
}

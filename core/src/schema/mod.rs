//! What the official tables are made of: calls, fields, kinds, replay classes, layouts and generations, as static data.
//!
//! Each call is written once, in its own file under `pay` or `account`; the tables here are what the derive makes of it.
//! The list of all calls is the [`catalogue`](crate::catalogue).

mod call;
mod caller;
mod condition;
mod field;
mod generation;
mod kind;
mod layout;
mod replay;

pub use call::{Call, Method};
pub use caller::{CallerKind, System};
pub use condition::{Condition, Rule};
pub use field::{Field, Table};
pub use generation::Generations;
pub use kind::{Charset, FilledBy, Kind, Location, QueryList, Unit};
pub use layout::{AnswerKind, FileDigest, Layout};
pub use replay::{EchoedId, Evidence, Replay, ShownBy};

/// What only documentation needs: left out where the feature `docs` is, since every byte of a wasm file counts.
pub(crate) const fn prose(text: &'static str) -> &'static str {
    if cfg!(feature = "docs") { text } else { "" }
}

//! What the official tables are made of: calls, fields, kinds, replay classes, layouts and generations, as static data.
//!
//! Each call is written once, in its own file under `pay` or `account`; the tables here are what the derive makes of it.
//! The list of all calls is the [`catalogue`](crate::catalogue).

mod answer;
mod call;
mod call_builder;
mod caller;
mod check;
mod condition;
mod field;
mod field_builder;
mod generation;
mod method;
mod placement;
mod prose;

pub use answer::{AnswerKind, FileDigest};
pub use call::{Call, EchoedId, EncryptedEntries, Evidence, Layout, Replay, ShownBy};
pub use caller::{CallerKind, System};
pub use check::Check;
pub use condition::{Condition, Rule};
pub use field::{Field, Kind, Table};
pub use generation::Generations;
pub use method::Method;
pub use placement::{AnswerList, Charset, Empty, FilledBy, Location, QueryList, Unit};
pub(crate) use prose::prose;

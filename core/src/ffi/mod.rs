//! What every binding stands on: callers by configuration, calls by name, callbacks, pushes, lives; JSON and bytes in, JSON and bytes out.

mod amounts;
mod callback;
mod caller;
mod config;
mod entries;
mod events;
mod flow;
mod life;
mod push;
pub mod report;
mod request;
mod response;

pub use crate::protocol::{Incoming, Outgoing};
pub use amounts::amount;
pub use callback::{Callback, Receiver, SignatureToCheck};
pub use caller::Caller;
pub use events::{EventSink, emit, parse_result};
pub use flow::Flow;
pub use life::{Life, life};
pub use push::PushReceiver;
pub use request::Request;
pub use response::Response;

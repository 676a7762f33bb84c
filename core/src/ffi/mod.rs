//! What every binding stands on: callers by configuration, calls by name, JSON and bytes in, JSON and bytes out.

mod caller;
mod config;
mod events;
mod flow;
pub mod report;
mod request;
mod response;

pub use crate::protocol::{Incoming, Outgoing};
pub use caller::Caller;
pub use events::{EventSink, emit, parse_result};
pub use flow::Flow;
pub use request::Request;
pub use response::Response;

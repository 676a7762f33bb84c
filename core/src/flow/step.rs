//! One step of a flow.

use super::need::Need;
use super::outcome::Outcome;
use http::Request;

/// What a flow does next.
#[derive(Debug)]
pub enum Step<A, R = Request<Vec<u8>>> {
    /// Do all of these, give their results back, then step again.
    Need(Vec<Need<R>>),
    /// It is over.
    Done(Outcome<A>),
}

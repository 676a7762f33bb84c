//! How a flow ended.

use super::decision::Decision;
use super::exchange::Untyped;
use crate::callers::Host;
use crate::error::{Code, Result};
use crate::protocol::Verified;

/// How a flow ended: the answer or the error, what it means, and every attempt on the way.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<A> {
    /// The answer, or what went wrong last.
    pub result: Result<A>,
    /// What it means and what to do next.
    pub decision: Decision,
    /// Every request that was sent, in order.
    pub attempts: Vec<Attempt>,
}

impl<A> Outcome<A> {
    /// Seconds the gateway's clock was ahead of this one, where the last answer was verified.
    pub fn clock_offset(&self) -> Option<i64> {
        self.attempts.last()?.clock_offset
    }
}

/// One request that was sent. Nothing in it is secret: logs, metrics and archives are made from it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The call.
    pub call: &'static str,
    /// Its number within the flow, from 1.
    pub number: u32,
    /// Where it went.
    pub host: Host,
    /// The HTTP status, if anything came.
    pub status: Option<u16>,
    /// The Request-ID, if the answer had one.
    pub request_id: Option<String>,
    /// How long it took, milliseconds, as the host measured it.
    pub milliseconds: Option<u64>,
    /// Seconds the gateway's clock was ahead of this one, where the answer was verified.
    pub clock_offset: Option<i64>,
    /// What was wrong with it; `None` when it was verified and read.
    pub error: Option<Code>,
    /// What was concluded from it.
    pub decision: Option<Decision>,
}

/// How it ended.
pub(crate) struct Ending {
    pub(crate) result: Result<Conclusion>,
    pub(crate) decision: Decision,
}

/// What a success is.
pub(crate) enum Conclusion {
    /// The verified answer.
    Answered(Box<Verified<Untyped>>),
    /// No answer of its own survived, but the call that tells says it was taken.
    TakenByQuery,
}

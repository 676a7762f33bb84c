//! How a flow ended.

use super::decision::Decision;
use super::exchange::Untyped;
use crate::codec::Warning;
use crate::error::{Code, Result};
use crate::identity::Host;
use crate::protocol::{ResponseView, Verified, remote};

/// How a flow ended: the answer or the error, what it means, and every attempt on the way.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<A> {
    /// The answer, or what went wrong last.
    pub result: Result<A>,
    /// What it means and what to do next.
    pub decision: Decision,
    /// Of an unknown effect: the text to keep, and to hand in again at the same call.
    pub in_doubt: Option<String>,
    /// Every request that was sent, in order.
    pub attempts: Vec<Attempt>,
    /// What the documents advise against in the request.
    pub warnings: Vec<Warning>,
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

impl Attempt {
    /// A request on its way, after so many earlier ones.
    pub(super) fn new(call: &'static str, earlier: usize, host: Host) -> Self {
        Self {
            call,
            number: u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1),
            host,
            status: None,
            request_id: None,
            milliseconds: None,
            clock_offset: None,
            error: None,
            decision: None,
        }
    }

    /// Notes the answer.
    pub(super) fn note(&mut self, response: &ResponseView<'_>, milliseconds: u64) {
        self.status = Some(response.status);
        self.request_id = remote::request_id(response);
        self.milliseconds = Some(milliseconds);
    }
}

/// What a success is.
pub(crate) enum Conclusion {
    /// The verified answer.
    Answered(Box<Verified<Untyped>>),
    /// No answer of its own survived, but a query shows that it was taken.
    ConfirmedByQuery,
}

//! How a flow ended.

use super::attempt::Attempt;
use super::decision::Decision;
use super::plain::Untyped;
use crate::codec::Warning;
use crate::error::Result;
use crate::protocol::Verified;

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
    /// What the documents advise against in the request, and fields of the answer that stay encrypted.
    pub warnings: Vec<Warning>,
}

impl<A> Outcome<A> {
    /// Seconds the gateway's clock was ahead of this one, where the last answer was verified.
    pub fn clock_offset(&self) -> Option<i64> {
        self.attempts.last()?.clock_offset
    }
}

/// What a success is.
pub(crate) enum Conclusion {
    /// The verified answer.
    Answered(Box<Verified<Untyped>>),
    /// No answer of its own survived, but a query shows that it was taken.
    ConfirmedByQuery,
}

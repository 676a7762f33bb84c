//! One request that was sent.

use super::decision::Decision;
use crate::error::Code;
use crate::identity::Host;
use crate::protocol::{ResponseView, remote};

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

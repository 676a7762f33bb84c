//! The host's side of a flow, which has no sockets, clock or entropy of its own: here with ureq.

use anyhow::Result;
use fapiao::flow::{NeedKind, NeedResult};
use fapiao::{Flow, Moment, Outcome, Reply, Step};
use http::{Request, Response};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Largest body that is read: a file may have 32 MiB.
const MAX_BODY: u64 = 33 * 1024 * 1024;

/// Sends requests, each once.
pub struct Host(ureq::Agent);

impl Default for Host {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // The signature is over this very URL.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self(config.into())
    }
}

impl Host {
    /// Drives a flow to its end: does what it needs, and gives the results back.
    pub fn run<A: Reply>(&self, mut flow: Flow<A>) -> Result<Outcome<A>> {
        loop {
            match flow.step(&moment()?)? {
                Step::Need(needs) => {
                    for need in needs {
                        let result = self.result(need.kind);
                        flow.give(need.id, result)?;
                    }
                }
                Step::Done(outcome) => return Ok(outcome),
            }
        }
    }

    fn result(&self, kind: NeedKind) -> NeedResult {
        match kind {
            NeedKind::Send { request, .. } => self.send(&request),
            NeedKind::Wait { milliseconds } => {
                std::thread::sleep(Duration::from_millis(milliseconds));
                NeedResult::Waited
            }
            // Key operations, of keys that are not in this process.
            _ => NeedResult::Failed,
        }
    }

    /// What is lost may have arrived; only what certainly never left is "not sent".
    fn send(&self, request: &Request<Vec<u8>>) -> NeedResult {
        let started = Instant::now();
        match self.exchange(request) {
            Ok(response) => {
                let milliseconds = started.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
                NeedResult::Answered { response, milliseconds }
            }
            Err(ureq::Error::HostNotFound | ureq::Error::ConnectionFailed) => NeedResult::NotSent,
            Err(_) => NeedResult::Lost,
        }
    }

    /// Sends one request as it is; the answer, whatever its status.
    pub fn exchange(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ureq::Error> {
        let (parts, body) = request.clone().into_parts();
        let response = if body.is_empty() {
            self.0.run(Request::from_parts(parts, ()))?
        } else {
            self.0.run(Request::from_parts(parts, body))?
        };
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(MAX_BODY).read_to_vec()?;
        Ok(Response::from_parts(parts, body))
    }
}

/// The time, with fresh entropy of the operating system.
pub fn moment() -> Result<Moment> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().try_into()?;
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| anyhow::anyhow!("no entropy: {error}"))?;
    Ok(Moment::new(now, entropy)?)
}

//! The HTTP client behind flows, and the clock and entropy of this machine.

use anyhow::Result;
use fapiao::Moment;
use fapiao::flow::{Decision, NeedResult};
use http::{Request, Response};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Largest body that is read; core refuses what it finds too large.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// A client that does what it is told once: no redirects, no repetitions.
#[derive(Debug)]
pub struct Client(ureq::Agent);

impl Default for Client {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(16)
            .timeout_global(Some(Duration::from_secs(5)))
            .build();
        Self(config.into())
    }
}

impl Client {
    /// Sends one request and says what came of it.
    pub fn send(&self, request: &Request<Vec<u8>>) -> NeedResult {
        let clock = Instant::now();
        let result = self.exchange(request);
        result_of(result, clock.elapsed())
    }

    /// Sends one request and gives the answer, whatever its status.
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

/// What an exchange means to a flow.
pub fn result_of(result: Result<Response<Vec<u8>>, ureq::Error>, took: Duration) -> NeedResult {
    match result {
        Ok(response) => {
            NeedResult::Answered { response, milliseconds: took.as_millis().try_into().unwrap_or(u64::MAX) }
        }
        Err(error) if never_left(&error) => NeedResult::NotSent,
        Err(_) => NeedResult::Lost,
    }
}

/// Now, with fresh entropy of the operating system.
pub fn moment() -> Result<Moment> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| anyhow::anyhow!("no entropy: {error}"))?;
    Ok(Moment::new(now()?, entropy)?)
}

/// Unix seconds.
pub fn now() -> Result<i64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().try_into()?)
}

/// A decision in words.
pub fn told(decision: Decision) -> String {
    let Decision { effect, resend, first, .. } = decision;
    format!("effect {}, resend {}, ask first {}", effect.as_str(), resend.as_str(), first.unwrap_or("nobody"))
}

/// Whether a request certainly did not reach the other side.
fn never_left(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::Tls(_) | ureq::Error::BadUri(_) => {
            true
        }
        ureq::Error::Timeout(timeout) => matches!(timeout, ureq::Timeout::Resolve | ureq::Timeout::Connect),
        ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    }
}

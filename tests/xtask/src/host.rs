//! The host's side of a flow: clock, entropy, sockets, and keys where they live elsewhere.

use crate::key_process::KeyProcess;
use anyhow::{Context, Result};
use fapiao::flow::{Decision, Need, NeedKind, NeedResult};
use fapiao::{Flow, Moment, Outcome, Reply, Step};
use http::{Request, Response};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Largest body that is read; core refuses what it finds too large.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// What a host lets others see of an exchange.
pub(crate) struct Seen<'a> {
    pub(crate) request: &'a Request<Vec<u8>>,
    pub(crate) started: SystemTime,
    pub(crate) took: Duration,
    /// `None` when no answer came.
    pub(crate) response: Option<&'a Response<Vec<u8>>>,
}

/// Whoever looks on.
pub(crate) type Observer<'a> = Box<dyn FnMut(&Seen<'_>) + 'a>;

/// How waits are spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waits {
    /// Really.
    Sleep,
    /// In no time, as a virtual clock does.
    Skip,
}

/// A host for flows.
pub(crate) struct Host<'a> {
    agent: ureq::Agent,
    waits: Waits,
    keys: Option<RefCell<KeyProcess>>,
    observer: Option<RefCell<Observer<'a>>>,
}

impl<'a> Host<'a> {
    pub(crate) fn new(waits: Waits) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(16)
            .timeout_global(Some(Duration::from_secs(5)))
            .build();
        Self { agent: config.into(), waits, keys: None, observer: None }
    }

    /// Has every key operation that surfaces done in another process.
    pub(crate) fn with_keys(mut self, keys: KeyProcess) -> Self {
        self.keys = Some(RefCell::new(keys));
        self
    }

    /// Shows every exchange to somebody.
    pub(crate) fn with_observer(mut self, observer: Observer<'a>) -> Self {
        self.observer = Some(RefCell::new(observer));
        self
    }

    /// How many key operations were done elsewhere, by kind.
    pub(crate) fn key_operations(&self) -> Option<BTreeMap<&'static str, u32>> {
        self.keys.as_ref().map(|keys| keys.borrow().operations.clone())
    }

    /// Drives a flow to its end.
    pub(crate) fn run<A: Reply>(&self, flow: Flow<A>) -> Result<Outcome<A>> {
        self.run_with(flow, |_| None)
    }

    /// Drives a flow; `instead` may answer a piece of work in the host's place.
    pub(crate) fn run_with<A: Reply>(
        &self,
        mut flow: Flow<A>,
        mut instead: impl FnMut(&NeedKind) -> Option<NeedResult>,
    ) -> Result<Outcome<A>> {
        loop {
            match flow.step(&moment()?)? {
                Step::Need(needs) => {
                    for Need { id, kind, .. } in needs {
                        let given = match instead(&kind) {
                            Some(given) => given,
                            None => self.work(kind)?,
                        };
                        flow.give(id, given)?;
                    }
                }
                Step::Done(outcome) => return Ok(outcome),
            }
        }
    }

    fn work(&self, kind: NeedKind) -> Result<NeedResult> {
        match kind {
            NeedKind::Send { request, .. } => Ok(self.send(&request)),
            NeedKind::Wait { milliseconds } => {
                if self.waits == Waits::Sleep {
                    std::thread::sleep(Duration::from_millis(milliseconds));
                }
                Ok(NeedResult::Waited)
            }
            keyed => self
                .keys
                .as_ref()
                .context("a key operation surfaced, but no key process runs")?
                .borrow_mut()
                .work(keyed),
        }
    }

    /// Sends one request and says what came of it.
    pub(crate) fn send(&self, request: &Request<Vec<u8>>) -> NeedResult {
        let (started, clock) = (SystemTime::now(), Instant::now());
        let result = self.exchange(request);
        let took = clock.elapsed();
        if let Some(observer) = &self.observer {
            (*observer.borrow_mut())(&Seen { request, started, took, response: result.as_ref().ok() });
        }
        match result {
            Ok(response) => {
                NeedResult::Answered { response, milliseconds: took.as_millis().try_into().unwrap_or(u64::MAX) }
            }
            Err(error) if never_left(&error) => NeedResult::NotSent,
            Err(_) => NeedResult::Lost,
        }
    }

    fn exchange(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ureq::Error> {
        let (parts, body) = request.clone().into_parts();
        let response = if body.is_empty() {
            self.agent.run(Request::from_parts(parts, ()))?
        } else {
            self.agent.run(Request::from_parts(parts, body))?
        };
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(MAX_BODY).read_to_vec()?;
        Ok(Response::from_parts(parts, body))
    }
}

/// Now, with fresh entropy of the operating system.
pub(crate) fn moment() -> Result<Moment> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| anyhow::anyhow!("no entropy: {error}"))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(Moment::new(now.try_into()?, entropy)?)
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

/// A decision in words.
pub(crate) fn told(decision: Decision) -> String {
    let Decision { effect, resend, first, .. } = decision;
    format!("effect {}, resend {}, ask first {}", effect.as_str(), resend.as_str(), first.unwrap_or("nobody"))
}

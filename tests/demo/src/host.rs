//! The host's side of a flow: clock, entropy, sockets, and keys where they live elsewhere.

use crate::key_process::KeyProcess;
use anyhow::{Context, Result};
use fapiao::flow::{Need, NeedKind, NeedResult};
use fapiao::{Flow, Outcome, Reply, Step};
use fapiao_test_support::client::{Client, result_of};
pub(crate) use fapiao_test_support::client::{moment, told};
use http::{Request, Response};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

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

/// A host for flows.
#[derive(Default)]
pub(crate) struct Host<'a> {
    client: Client,
    keys: Option<RefCell<KeyProcess>>,
    observer: Option<RefCell<Observer<'a>>>,
    /// Texts with their versions, by key.
    kept: RefCell<BTreeMap<String, (String, String)>>,
}

impl<'a> Host<'a> {
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
                std::thread::sleep(Duration::from_millis(milliseconds));
                Ok(NeedResult::Waited)
            }
            NeedKind::Load { key } => {
                let kept = self.kept.borrow().get(&key).cloned();
                let (text, version) = kept.unzip();
                Ok(NeedResult::Loaded { text, version })
            }
            NeedKind::Store { key, text, version } => Ok(self.keep(key, text, version.as_ref())),
            keyed => self
                .keys
                .as_ref()
                .context("a key operation surfaced, but no key process runs")?
                .borrow_mut()
                .work(keyed),
        }
    }

    /// Keeps a text where what is there still has this version.
    fn keep(&self, key: String, text: String, version: Option<&String>) -> NeedResult {
        let mut kept = self.kept.borrow_mut();
        let there = kept.get(&key).map(|(_, version)| version.clone());
        if there.as_ref() != version {
            return NeedResult::LostRace;
        }
        let version = (there.and_then(|version| version.parse::<u64>().ok()).unwrap_or_default() + 1).to_string();
        kept.insert(key, (text, version.clone()));
        NeedResult::Stored { version }
    }

    /// Sends one request and says what came of it.
    fn send(&self, request: &Request<Vec<u8>>) -> NeedResult {
        let (started, clock) = (SystemTime::now(), Instant::now());
        let result = self.client.exchange(request);
        let took = clock.elapsed();
        if let Some(observer) = &self.observer {
            (*observer.borrow_mut())(&Seen { request, started, took, response: result.as_ref().ok() });
        }
        result_of(result, took)
    }
}

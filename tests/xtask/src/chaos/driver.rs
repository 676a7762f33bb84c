//! One worker: a sandbox and a host of its own, so that faults strike in an order the seed alone decides.

use super::dice::{Dice, Draw};
use super::faults::{MAIN_DOWN, VARIANTS};
use super::judge::{Rule, Violation};
use super::sabotage::Sabotage;
use super::tally::Tally;
use super::trail::{Arrival, Called, Came, Class, Ids, NUMBER, Sent, Trail};
use crate::gateway::Sandbox;
use crate::host::moment;
use anyhow::{Context, Result, ensure};
use fapiao::flow::{Effect, Need, NeedKind, NeedResult};
use fapiao::{Code, Error, Flow, KeyRing, Reply, SignatureCheck, Step};
use fapiao_test_support::client::Client;
use http::{HeaderValue, Method, Uri};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whether faults strike a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weather {
    Foul,
    Clear,
}

pub(super) struct Driver<'a> {
    pub(super) sandbox: &'a Sandbox,
    pub(super) dice: Dice,
    pub(super) tally: Tally,
    pub(super) sabotage: Option<Sabotage>,
    host: Client,
    progress: &'a AtomicU64,
    requests: u64,
    seen: u64,
    last: Option<Uri>,
}

/// How a flow ended, for whoever goes on from there.
pub(super) struct Ended<A> {
    pub(super) result: Result<A, Error>,
    pub(super) effect: Effect,
    pub(super) first: Option<&'static str>,
    /// The body of the last answer, as a program that checks nothing would take it.
    pub(super) raw: Vec<u8>,
}

#[derive(Deserialize)]
struct Ledger {
    arrivals: Vec<Arrival>,
    last: u64,
}

#[derive(Default)]
struct Watch {
    sent: Vec<Sent>,
    waited: Vec<u64>,
    raw: Vec<u8>,
}

impl<'a> Driver<'a> {
    pub(super) fn new(sandbox: &'a Sandbox, seed: u64, sabotage: Option<Sabotage>, progress: &'a AtomicU64) -> Self {
        let (dice, tally, host) = (Dice::new(seed), Tally::new(), Client::default());
        Self { sandbox, dice, tally, sabotage, host, progress, requests: 0, seen: 0, last: None }
    }

    /// How many requests flows have made.
    pub(super) fn requests(&self) -> u64 {
        self.requests
    }

    /// Drives a flow through its faults, fetches what the ledger says of it, and has it judged.
    pub(super) fn run<A: Reply>(
        &mut self,
        called: Called,
        ids: Option<&Ids>,
        weather: Weather,
        mut flow: Flow<A>,
    ) -> Result<Ended<A>> {
        let plan = if weather == Weather::Foul { self.dice.draw(called.kind, &self.tally.hits) } else { Vec::new() };
        let orders = self.order(&plan)?;
        let mut watch = Watch::default();
        let mut outcome = loop {
            match flow.step(&moment()?)? {
                Step::Need(needs) => {
                    for Need { id, kind, .. } in needs {
                        flow.give(id, self.work(called, &mut watch, kind)?)?;
                    }
                }
                Step::Done(outcome) => break outcome,
            }
        };
        if self.sabotage == Some(Sabotage::Decision) && outcome.decision.effect == Effect::Unknown {
            outcome.decision.effect = Effect::No;
        }
        self.tally.flows += 1;
        let mut trail = Trail {
            flow: self.tally.flows,
            called,
            ids: ids.cloned(),
            plan,
            sent: watch.sent,
            attempts: outcome.attempts,
            accepted: outcome.result.is_ok() || self.takes_unchecked(&outcome.result),
            code: outcome.result.as_ref().err().map_or("ok", |error| error.code().as_str()),
            decision: outcome.decision,
        };
        self.read_ledger(&mut trail)?;
        self.count_hits(&trail, &orders)?;
        self.tally.note(&trail);
        let (effect, first) = (outcome.decision.effect, outcome.decision.first);
        Ok(Ended { result: outcome.result, effect, first, raw: watch.raw })
    }

    /// Whether the sabotaged program takes a file that core refused.
    pub(super) fn takes_unchecked<A>(&self, result: &Result<A, Error>) -> bool {
        let refused = result.as_ref().is_err_and(|error| error.code() == Code::DownloadDigest);
        refused && self.sabotage == Some(Sabotage::Digest)
    }

    /// Puts a broken rule down that shows only in what came of the latest flow.
    pub(super) fn accuse(&mut self, rule: Rule, why: String) {
        self.tally.violations.push(Violation::told(rule, why, self.tally.latest.clone()));
    }

    /// Puts a broken rule down that shows only between the flows of one application.
    pub(super) fn accuse_story(&mut self, rule: Rule, apply: &str, why: String) {
        let story = self.tally.stories.get(apply).cloned().unwrap_or_default();
        self.tally.violations.push(Violation::told(rule, why, story));
    }

    fn order(&self, plan: &[Draw]) -> Result<BTreeMap<u64, usize>> {
        let mut orders = BTreeMap::new();
        for draw in plan {
            let variant = VARIANTS.get(draw.variant).context("no such fault")?;
            let answer = self.sandbox.order("/faults", &variant.order(draw.count))?;
            orders.insert(answer.get("id").and_then(Value::as_u64).context("the order has no number")?, draw.variant);
        }
        Ok(orders)
    }

    fn work(&mut self, called: Called, watch: &mut Watch, kind: NeedKind) -> Result<NeedResult> {
        match kind {
            NeedKind::Send { mut request, .. } => {
                self.requests += 1;
                request.headers_mut().insert(NUMBER, HeaderValue::from(self.requests));
                let given = self.host.send(&request);
                watch.raw.clear();
                let came = match &given {
                    NeedResult::Answered { response, .. } => {
                        watch.raw.clone_from(response.body());
                        Came::Answer
                    }
                    NeedResult::NotSent => Came::NotSent,
                    _ => Came::Nothing,
                };
                let uri = request.uri();
                self.last = Some(uri.clone());
                watch.sent.push(Sent {
                    number: self.requests,
                    asks: called.class == Class::SameIds && request.method() == Method::GET,
                    origin: uri.authority().map(ToString::to_string).unwrap_or_default(),
                    came,
                    waited: std::mem::take(&mut watch.waited),
                    arrival: None,
                });
                self.show_progress();
                Ok(given)
            }
            NeedKind::Wait { milliseconds } => {
                watch.waited.push(milliseconds);
                Ok(NeedResult::Waited)
            }
            NeedKind::Verify { .. } if self.sabotage == Some(Sabotage::Verify) => {
                Ok(NeedResult::Checked(SignatureCheck::Valid))
            }
            NeedKind::Verify { public_key, message, signature, .. } => {
                let valid = only(&public_key)?.find(MCHID, KEY_ID)?.verify(&message, &signature);
                Ok(NeedResult::Checked(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid }))
            }
            NeedKind::Encrypt { public_key, plaintext, .. } => {
                let ring = only(&public_key)?;
                Ok(NeedResult::Encrypted(ring.find(MCHID, KEY_ID)?.encrypt(
                    plaintext.reveal().as_bytes(),
                    &moment()?,
                    "",
                )?))
            }
            other => anyhow::bail!("{other:?} should have been done inside"),
        }
    }

    fn show_progress(&self) {
        let done = self.progress.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(1_000) {
            println!("   {done} requests");
        }
    }

    /// Gives each request its entry of the ledger.
    fn read_ledger(&mut self, trail: &mut Trail) -> Result<()> {
        let ledger: Ledger = serde_json::from_value(self.sandbox.look(&format!("/ledger?since={}", self.seen))?)?;
        let expected = usize::try_from(ledger.last - self.seen)?;
        ensure!(ledger.arrivals.len() == expected, "the ledger has forgotten arrivals");
        self.seen = ledger.last;
        for arrival in ledger.arrivals {
            let number = arrival.number();
            let sent = trail.sent.iter_mut().find(|sent| Some(sent.number) == number && sent.arrival.is_none());
            match sent {
                Some(sent) => sent.arrival = Some(arrival),
                None => self.accuse(Rule::Arrival, format!("ledger {}: sent by nobody, or twice", arrival.seq)),
            }
        }
        Ok(())
    }

    /// Adds the sandbox's own counts, then clears what is left of the orders.
    fn count_hits(&mut self, trail: &Trail, orders: &BTreeMap<u64, usize>) -> Result<()> {
        if orders.is_empty() {
            return Ok(());
        }
        let view = self.sandbox.look("/faults")?;
        for entry in view.get("faults").and_then(Value::as_array).into_iter().flatten() {
            let number = |name| entry.get(name).and_then(Value::as_u64);
            let variant = number("id").and_then(|id| orders.get(&id)).context("an order of somebody else")?;
            self.tally.hit(*variant, number("hits").unwrap_or_default());
        }
        // A refused connection strikes no request: it is counted here.
        let refused = trail.sent.iter().filter(|sent| sent.came == Came::NotSent).count();
        let down = |draw: &&Draw| VARIANTS.get(draw.variant).is_some_and(|variant| variant.fault == MAIN_DOWN);
        if let Some(draw) = trail.plan.iter().find(down) {
            self.tally.hit(draw.variant, refused.try_into()?);
        }
        self.sandbox.clear_faults()
    }

    /// What the gateway serves, when nothing goes wrong, to the request that was sent last.
    pub(super) fn served_without_faults(&mut self) -> Result<Vec<u8>> {
        let uri = self.last.clone().context("nothing was sent yet")?;
        let request = http::Request::get(&uri).header("accept", "*/*").body(Vec::new())?;
        let NeedResult::Answered { response, .. } = self.host.send(&request) else {
            anyhow::bail!("the sandbox does not serve {}", uri.path())
        };
        // Not a call of any flow: its entry is passed over.
        let last = self.sandbox.look("/ledger?limit=0")?;
        self.seen = last.get("last").and_then(Value::as_u64).context("the ledger has no end")?;
        Ok(response.into_body())
    }
}

/// Names of the one key of a ring made for one operation.
const MCHID: &str = "1";
const KEY_ID: &str = "PUB_KEY_ID_0";

fn only(public_key: &[u8]) -> Result<KeyRing> {
    Ok(KeyRing::new().public_key(MCHID, KEY_ID, public_key)?)
}

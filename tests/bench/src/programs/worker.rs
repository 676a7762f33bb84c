//! This library's own contestant of `cargo xtask bench peers`, asked line by line, with the bare operations beside it.
//!
//! `serve`: the first line is the setup; each further one is a question and has one answer.
//! `cold SETUP EPOCH`: nanoseconds from EPOCH to the first signed request.

#[path = "../bare.rs"]
mod bare;

use anyhow::{Context, Result, bail, ensure};
use bare::Bare;
use fapiao::pay::{FapiaoFiles, FapiaoFilesAnswer};
use fapiao::{KeyRing, MerchantConfig, Moment, Partner, Pending, PrivateKey, SubMerchant};
use http::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

#[derive(Clone, Deserialize)]
struct Setup {
    mchid: String,
    serial_no: String,
    private_key: String,
    key_id: String,
    public_key: String,
    sub_mchid: String,
    order: String,
    answer: Answer,
}

#[derive(Clone, Deserialize)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Question {
    Answer { answer: Answer },
    Sign { subject: Subject, calls: u32, in_flight: u32 },
    Verify { subject: Subject, calls: u32, in_flight: u32 },
    Authorization,
    Callers { count: u32, first: u32 },
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Subject {
    Whole,
    Bare,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cold", setup, epoch] => cold(setup, epoch),
        ["serve"] => serve(),
        _ => bail!("say `serve`, or `cold SETUP EPOCH`"),
    }
}

fn cold(path: &str, epoch: &str) -> Result<()> {
    let setup: Setup = serde_json::from_slice(&std::fs::read(path)?)?;
    Shop::open(&setup, &setup.mchid)?.sign(&setup.order)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    println!("{}", json!({ "ns": now.checked_sub(epoch.parse()?) }));
    Ok(())
}

fn serve() -> Result<()> {
    let mut lines = std::io::stdin().lines();
    let setup: Setup = serde_json::from_str(&lines.next().context("there is no setup")??)?;
    let mut bench = Bench::open(setup)?;
    let mut output = std::io::stdout();
    writeln!(output, "{{}}")?;
    for line in lines {
        let answer = bench.answer(serde_json::from_str(&line?)?);
        writeln!(output, "{}", answer.unwrap_or_else(|error| json!({ "error": format!("{error:#}") })))?;
        output.flush()?;
    }
    Ok(())
}

/// A caller with its keys.
struct Shop {
    caller: SubMerchant,
    key: PrivateKey,
    ring: KeyRing,
}

impl Shop {
    fn open(setup: &Setup, mchid: &str) -> Result<Self> {
        let key = PrivateKey::load(setup.private_key.as_bytes())?;
        let ring = KeyRing::new().public_key(mchid, &setup.key_id, setup.public_key.as_bytes())?;
        let config = MerchantConfig::new(mchid, &setup.serial_no).keys(ring.clone()).private_key(key.clone());
        Ok(Self { caller: Partner::new(config)?.sub_merchant(&setup.sub_mchid)?, key, ring })
    }

    fn sign(&self, order: &str) -> Result<http::Request<Vec<u8>>> {
        Ok(self.caller.prepare(FapiaoFiles::new(order), moment()?)?.sign_with(&self.key)?)
    }
}

/// What is measured.
struct Bench {
    setup: Setup,
    shop: Shop,
    bare: Bare,
    message: Vec<u8>,
    pending: Pending<FapiaoFilesAnswer>,
    received: Response<Vec<u8>>,
    kept: Vec<Shop>,
}

impl Bench {
    fn open(setup: Setup) -> Result<Self> {
        let shop = Shop::open(&setup, &setup.mchid)?;
        let spki = shop.ring.keys(&setup.mchid).next().context("the ring is empty")?.spki_der();
        let bare = Bare::load(setup.private_key.as_bytes(), spki)?;
        let pending = shop.caller.prepare(FapiaoFiles::new(&setup.order), moment()?)?;
        let (message, received) = (pending.message()?.to_vec(), received(&setup.answer)?);
        Ok(Self { setup, shop, bare, message, pending, received, kept: Vec::new() })
    }

    fn answer(&mut self, question: Question) -> Result<Value> {
        Ok(match question {
            Question::Answer { answer } => {
                self.received = received(&answer)?;
                self.setup.answer = answer;
                json!({})
            }
            Question::Sign { subject, calls, in_flight } => nanoseconds(match subject {
                Subject::Whole => together(calls, in_flight, || self.shop.sign(&self.setup.order))?,
                Subject::Bare => together(calls, in_flight, || self.bare.sign(&self.message))?,
            }),
            Question::Verify { subject, calls, in_flight } => nanoseconds(match subject {
                Subject::Whole => together(calls, in_flight, || self.verify(&self.shop, &self.pending))?,
                Subject::Bare => self.bare_verify(calls, in_flight)?,
            }),
            Question::Authorization => {
                let request = self.shop.sign(&self.setup.order)?;
                let header = request.headers().get("authorization").context("the request is not signed")?;
                json!({ "authorization": header.to_str()? })
            }
            Question::Callers { count, first } => nanoseconds(self.callers(count, first)?),
        })
    }

    fn verify(&self, shop: &Shop, pending: &Pending<FapiaoFilesAnswer>) -> Result<()> {
        let files = pending.claim(&self.received, now()?)?.check_with(&shop.ring)?.parse()?;
        ensure!(files.fapiao_download_info_list.is_some_and(|list| list.len() == 2), "two invoices were answered");
        Ok(())
    }

    fn bare_verify(&self, calls: u32, in_flight: u32) -> Result<Duration> {
        let claim = self.pending.claim(&self.received, now()?)?;
        let (message, signature) = (claim.message().to_vec(), claim.signature()?);
        together(calls, in_flight, || self.bare.verify(&message, &signature))
    }

    /// How long so many callers with keys of their own take to make; each is used, and all are kept.
    fn callers(&mut self, count: u32, first: u32) -> Result<Duration> {
        let started = Instant::now();
        let made: Vec<_> = (0..count)
            .map(|number| Shop::open(&self.setup, &first.saturating_add(number).to_string()))
            .collect::<Result<_>>()?;
        let taken = started.elapsed();
        for shop in &made {
            shop.sign(&self.setup.order)?;
            self.verify(shop, &shop.caller.prepare(FapiaoFiles::new(&self.setup.order), moment()?)?)?;
        }
        self.kept.extend(made);
        Ok(taken)
    }
}

/// How long calls take, so many at a time.
fn together<T>(calls: u32, in_flight: u32, call: impl Fn() -> Result<T> + Sync) -> Result<Duration> {
    let lane = || (0..calls / in_flight).try_for_each(|_| call().map(|done| drop(std::hint::black_box(done))));
    let started = Instant::now();
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..in_flight).map(|_| scope.spawn(lane)).collect();
        lane()?;
        others.into_iter().try_for_each(|other| other.join().unwrap_or_else(|_| bail!("a thread crashed")))
    })?;
    Ok(started.elapsed())
}

fn nanoseconds(taken: Duration) -> Value {
    json!({ "ns": u64::try_from(taken.as_nanos()).unwrap_or(u64::MAX) })
}

fn received(answer: &Answer) -> Result<Response<Vec<u8>>> {
    let response = Response::builder().status(answer.status);
    let response = answer.headers.iter().fold(response, |response, (name, value)| response.header(name, value));
    Ok(response.body(answer.body.clone().into_bytes())?)
}

fn now() -> Result<i64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().try_into()?)
}

fn moment() -> Result<Moment> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| anyhow::anyhow!("no entropy: {error}"))?;
    Ok(Moment::new(now()?, entropy)?)
}

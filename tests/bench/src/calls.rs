//! Signing and verifying, whole, beside the bare operations of the crypto library.

use super::bare::Bare;
use super::fixture::{MERCHANT_KEY, ORDER, Shop, answer, files_body, load_private_key, load_ring, moment};
use super::limits;
use super::measure::{Calls, Figures, alone, each, each_of, interleaved};
use super::report::{Budget, Row};
use anyhow::{Context, Result, anyhow, bail, ensure};
use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PublicEncryptingKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::ffi::{self, Caller};
use fapiao::flow::{NeedKind, NeedResult};
use fapiao::pay::{FapiaoFiles, FapiaoFilesAnswer};
use fapiao::{Flow, Pending, Reply, Step};
use http::{Request, Response};
use std::time::Duration;

const MCHID: &str = "1900000100";
/// Calls in a round: two or three milliseconds, shorter than a turn of the scheduler, so that the least is undisturbed.
const SIGNATURES: u32 = 8;
const VERIFICATIONS: u32 = 100;
const KEY_LOADS: u32 = 5;

const PHONE: &[u8] = b"13800000000";

pub(super) fn rows(rounds: u32) -> Result<Vec<Row>> {
    let bench = Bench::open()?;
    let mut rows = bench.signing(rounds * 4)?;
    rows.extend(bench.verifying(rounds * 2)?);
    println!("── encrypting, loading keys");
    rows.push(seal(&bench.shop, rounds)?);
    rows.extend(key_loads(rounds)?);
    Ok(rows)
}

/// A caller beside the bare operations with its keys.
struct Bench {
    shop: Shop,
    by_name: Caller,
    payload: String,
    pending: Pending<FapiaoFilesAnswer>,
    answer: Response<Vec<u8>>,
    bare: Bare,
}

impl Bench {
    fn open() -> Result<Self> {
        let shop = Shop::open(MCHID)?;
        let bare = Bare::load(MERCHANT_KEY, shop.ring.keys(MCHID).next().context("the ring is empty")?.spki_der())?;
        let pending = shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?;
        let request = pending.sign_with(&shop.key)?;
        let raw = STANDARD.encode(bare.sign(pending.message()?)?);
        let header = request.headers().get("authorization").context("the request is not signed")?.to_str()?;
        ensure!(header.contains(&raw), "both sides must make the same signature");
        let answer = answer(files_body())?;
        ensure!(answer.body().len() == 700, "the answer must have 700 bytes");
        let payload = format!("{{\"fapiao_apply_id\":\"{ORDER}\"}}");
        Ok(Self { by_name: Caller::from(&shop.caller), shop, payload, pending, answer, bare })
    }

    fn call(&self) -> ffi::Request<'_> {
        ffi::Request::new("fapiao_files", &self.payload)
    }

    fn signing(&self, rounds: u32) -> Result<Vec<Row>> {
        println!("── signing, beside the bare operation");
        let (shop, message) = (&self.shop, self.pending.message()?.to_vec());
        let row = |what, budget, ours: &mut dyn FnMut() -> Result<Request<Vec<u8>>>| -> Result<Row> {
            let (ours, bare) = interleaved(rounds, SIGNATURES, each(ours), each(|| self.bare.sign(&message)))?;
            Ok(Row::new(what, "µs", ours).against("bare sign", bare).budget(budget))
        };
        Ok(vec![
            row("build + sign a request", Budget::Ratio(limits::SIGN), &mut || {
                Ok(shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?.sign_with(&shop.key)?)
            })?,
            row("build + sign, by Flow", Budget::None, &mut || {
                asked(&mut shop.caller.flow(FapiaoFiles::new(ORDER))?).map(|(_, request)| request)
            })?,
            row("build + sign, by Door", Budget::None, &mut || {
                Ok(self.by_name.prepare(self.call(), moment(0)?)?.sign_with(&shop.key)?)
            })?,
        ])
    }

    fn verifying(&self, rounds: u32) -> Result<Vec<Row>> {
        println!("── verifying, beside the bare operation");
        let (shop, answer, now) = (&self.shop, &self.answer, moment(0)?.now());
        let claim = self.pending.claim(answer, now)?;
        let (message, signature) = (claim.message().to_vec(), claim.signature()?);
        let row = |what, budget, ours: &mut dyn FnMut(u32) -> Result<Duration>| -> Result<Row> {
            let bare = each(|| self.bare.verify(&message, &signature));
            let (ours, bare) = interleaved(rounds, VERIFICATIONS, ours, bare)?;
            Ok(Row::new(what, "µs", ours).against("bare verify", bare).budget(budget))
        };
        let wire = self.by_name.prepare(self.call(), moment(0)?)?;
        Ok(vec![
            row(
                "verify + parse a 700-byte answer",
                Budget::Ratio(limits::VERIFY),
                &mut each(|| Ok(self.pending.claim(answer, now)?.check_with(&shop.ring)?.parse()?)),
            )?,
            row(
                "verify + parse, by Flow",
                Budget::None,
                &mut flows(answer, || Ok(shop.caller.flow(FapiaoFiles::new(ORDER))?)),
            )?,
            row(
                "verify + parse, by Door",
                Budget::None,
                &mut each(|| Ok(wire.claim(answer, now)?.check_with(&shop.ring)?.parse()?)),
            )?,
        ])
    }
}

/// One field, beside the library's own encrypting with a parsed key.
fn seal(shop: &Shop, rounds: u32) -> Result<Row> {
    let key = shop.ring.keys(MCHID).next().context("the ring is empty")?;
    let refused = |_| anyhow!("the crypto library refused the test key");
    let public = PublicEncryptingKey::from_der(key.spki_der()).map_err(refused)?;
    let bare = OaepPublicEncryptingKey::new(public).map_err(|_| anyhow!("the crypto library refused the test key"))?;
    let mut encrypted = vec![0; bare.ciphertext_size()];
    let bare_encrypt = || {
        let done = bare.encrypt(&OAEP_SHA1_MGF1SHA1, PHONE, &mut encrypted, None);
        done.map(|encrypted| encrypted.len()).map_err(|_| anyhow!("the crypto library did not encrypt"))
    };
    let ours = each(|| Ok(key.encrypt(PHONE, &moment(0)?, "/buyer_information/phone")?));
    let (ours, bare) = interleaved(rounds * 2, VERIFICATIONS, ours, each(bare_encrypt))?;
    Ok(Row::new("encrypt a field", "µs", ours).against("bare encrypt", bare))
}

/// Loading keys, from PEM to ready.
fn key_loads(rounds: u32) -> Result<Vec<Row>> {
    let row =
        |what, figures: Figures| Row::new(what, "µs", figures).budget(Budget::Most(limits::KEY_MILLISECONDS * 1_000.0));
    Ok(vec![
        row("load a private key", alone(rounds, KEY_LOADS, each(load_private_key))?),
        row("load a public key", alone(rounds, KEY_LOADS, each(|| load_ring(MCHID)))?),
    ])
}

/// Reading through a flow whose request is out already.
fn flows<A: Reply>(answer: &Response<Vec<u8>>, mut start: impl FnMut() -> Result<Flow<A>>) -> impl Calls {
    let make = move || {
        let mut flow = start()?;
        let (id, _) = asked(&mut flow)?;
        Ok((flow, id, answer.clone()))
    };
    each_of(make, |(mut flow, id, response): (Flow<A>, _, _)| {
        flow.give(id, NeedResult::Answered { response, milliseconds: 1 })?;
        let Step::Done(outcome) = flow.step(&moment(0)?)? else { bail!("the flow did not end") };
        Ok(outcome.result?)
    })
}

/// Steps a flow up to its request.
fn asked<A: Reply>(flow: &mut Flow<A>) -> Result<(u32, Request<Vec<u8>>)> {
    let Step::Need(needs) = flow.step(&moment(0)?)? else { bail!("the flow asked for nothing") };
    let need = needs.into_iter().next().context("the flow asked for nothing")?;
    let NeedKind::Send { request, .. } = need.kind else { bail!("the flow asked for something else") };
    Ok((need.id, request))
}

//! Signing and verifying, whole, beside the bare operations of the crypto library.

use super::fixture::{ORDER, Shop, answer, files_body, load_private_key, load_ring, moment};
use super::measure::{Calls, Figures, alone, each, each_of, interleaved};
use super::report::{Budget, Row};
use anyhow::{Context, Result, anyhow, bail, ensure};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PublicEncryptingKey};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::flow::{Given, Work};
use fapiao::keys::private_key_der;
use fapiao::pay::FapiaoFiles;
use fapiao::wire::{Door, WireCall};
use fapiao::{Flow, Reply, Step};
use http::{Request, Response};

const MCHID: &str = "1900000100";
/// Calls in a round: two or three milliseconds, shorter than a turn of the scheduler, so that the least is undisturbed.
const SIGNATURES: u32 = 8;
const VERIFICATIONS: u32 = 100;
const KEY_LOADS: u32 = 5;

const PHONE: &[u8] = b"13800000000";

/// The bare operations: the crypto library with parsed keys.
struct Bare {
    pair: KeyPair,
    public: ParsedPublicKey,
}

pub(super) fn rows(rounds: u32) -> Result<Vec<Row>> {
    let shop = Shop::open(MCHID)?;
    let answer = answer(files_body())?;
    let payload = format!("{{\"fapiao_apply_id\":\"{ORDER}\"}}");
    let door = Door::from(&shop.caller);
    let call = || WireCall::new("fapiao_files", &payload);
    let pending = shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?;
    let wire_pending = door.prepare(call(), moment(0)?)?;
    let bare = Bare::load(&shop)?;

    let sign_message = pending.message()?.to_vec();
    let bare_sign = || bare.sign(&sign_message);
    let claim = pending.claim(&answer, moment(0)?.now())?;
    let (verify_message, signature) = (claim.message().to_vec(), claim.signature()?);
    let bare_verify = || bare.verify(&verify_message, &signature);

    let request = pending.sign_with(&shop.key)?;
    let raw = STANDARD.encode(bare_sign()?);
    let header = request.headers().get("authorization").context("the request is not signed")?.to_str()?;
    ensure!(header.contains(&raw), "both sides must make the same signature");
    ensure!(answer.body().len() == 700, "the answer must have 700 bytes");

    let sign = |what, budget, ours: &mut dyn FnMut() -> Result<Request<Vec<u8>>>| -> Result<Row> {
        let (ours, bare) = interleaved(rounds * 4, SIGNATURES, each(ours), each(bare_sign))?;
        Ok(Row::new(what, "µs", ours).against("bare sign", bare).budget(budget))
    };
    let mut rows = vec![
        sign("build + sign a request", Budget::Ratio(1.03), &mut || {
            Ok(shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?.sign_with(&shop.key)?)
        })?,
        sign("build + sign, by Flow", Budget::None, &mut || {
            asked(&mut shop.caller.flow(FapiaoFiles::new(ORDER))?).map(|(_, request)| request)
        })?,
        sign("build + sign, by Door", Budget::None, &mut || {
            Ok(door.prepare(call(), moment(0)?)?.sign_with(&shop.key)?)
        })?,
    ];

    let verify = |what, budget, ours: &mut dyn FnMut(u32) -> Result<std::time::Duration>| -> Result<Row> {
        let (ours, bare) = interleaved(rounds * 2, VERIFICATIONS, ours, each(bare_verify))?;
        Ok(Row::new(what, "µs", ours).against("bare verify", bare).budget(budget))
    };
    let now = moment(0)?.now();
    rows.push(verify(
        "verify + parse a 700-byte answer",
        Budget::Ratio(1.15),
        &mut each(|| Ok(pending.claim(&answer, now)?.check_with(&shop.ring)?.parse()?)),
    )?);
    rows.push(verify(
        "verify + parse, by Flow",
        Budget::None,
        &mut flows(&answer, || Ok(shop.caller.flow(FapiaoFiles::new(ORDER))?)),
    )?);
    rows.push(verify(
        "verify + parse, by Door",
        Budget::None,
        &mut each(|| Ok(wire_pending.claim(&answer, now)?.check_with(&shop.ring)?.parse()?)),
    )?);
    rows.push(seal(&shop, rounds)?);
    rows.extend(key_loads(rounds)?);
    Ok(rows)
}

/// One field, beside the library's own sealing with a parsed key.
fn seal(shop: &Shop, rounds: u32) -> Result<Row> {
    let key = shop.ring.keys(MCHID).next().context("the ring is empty")?;
    let refused = |_| anyhow!("the crypto library refused the test key");
    let public = PublicEncryptingKey::from_der(key.spki_der()).map_err(refused)?;
    let bare = OaepPublicEncryptingKey::new(public).map_err(|_| anyhow!("the crypto library refused the test key"))?;
    let mut sealed = vec![0; bare.ciphertext_size()];
    let bare_seal = || {
        let done = bare.encrypt(&OAEP_SHA1_MGF1SHA1, PHONE, &mut sealed, None);
        done.map(|sealed| sealed.len()).map_err(|_| anyhow!("the crypto library did not seal"))
    };
    let ours = each(|| Ok(key.seal(PHONE, &moment(0)?, "/buyer_information/phone")?));
    let (ours, bare) = interleaved(rounds * 2, VERIFICATIONS, ours, each(bare_seal))?;
    Ok(Row::new("seal a field", "µs", ours).against("bare seal", bare))
}

/// Loading keys, from PEM to ready.
fn key_loads(rounds: u32) -> Result<Vec<Row>> {
    let row = |what, figures: Figures| Row::new(what, "µs", figures).budget(Budget::Most(1_000.0));
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
        flow.give(id, Given::Answered { response, milliseconds: 1 })?;
        let Step::Done(outcome) = flow.step(&moment(0)?)? else { bail!("the flow did not end") };
        Ok(outcome.result?)
    })
}

/// Steps a flow up to its request.
fn asked<A: Reply>(flow: &mut Flow<A>) -> Result<(u32, Request<Vec<u8>>)> {
    let Step::Need(needs) = flow.step(&moment(0)?)? else { bail!("the flow asked for nothing") };
    let need = needs.into_iter().next().context("the flow asked for nothing")?;
    let Work::Send { request, .. } = need.work else { bail!("the flow asked for something else") };
    Ok((need.id, request))
}

impl Bare {
    fn load(shop: &Shop) -> Result<Self> {
        let refused = |_| anyhow!("the crypto library refused the test key");
        let pkcs8 = private_key_der(super::fixture::MERCHANT_KEY)?;
        let pair = KeyPair::from_pkcs8(&pkcs8).map_err(|_| anyhow!("the crypto library refused the test key"))?;
        let spki = shop.ring.keys(MCHID).next().context("the ring is empty")?.spki_der();
        let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, spki).map_err(refused)?;
        Ok(Self { pair, public })
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let signed = self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature);
        signed.map_err(|_| anyhow!("the crypto library did not sign"))?;
        Ok(signature)
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<()> {
        self.public.verify_sig(message, signature).map_err(|_| anyhow!("the crypto library did not verify"))
    }
}

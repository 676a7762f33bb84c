//! Receiving a callback, whole, beside the bare operations of the crypto library: one signature checked, one AES-256-GCM opened.

use super::bare::Bare;
use super::fixture::{MERCHANT_KEY, answer, load_ring, moment};
use super::limits;
use super::measure::{each, interleaved};
use super::report::{Budget, Row};
use anyhow::{Context, Result, anyhow, ensure};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::callbacks::Receiver;
use fapiao::keys::ApiV3Key;
use fapiao::{Direct, MerchantConfig};
use http::Request;
use serde_json::json;

const MCHID: &str = "1900000001";
const KEY: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
const NONCE: &[u8; 12] = b"fdasflkja484";
/// Calls in a round.
const CALLBACKS: u32 = 100;

pub(super) fn rows(rounds: u32) -> Result<Vec<Row>> {
    println!("── receiving callbacks, beside the bare operations");
    let refused = |_| anyhow!("the crypto library refused the test key");
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, KEY).map_err(refused)?);
    let content = json!({"mchid": MCHID, "fapiao_apply_id": "4200000444201910177461284488", "fapiao_information": [
        {"fapiao_id": "general-20261122-0001", "fapiao_status": "ISSUED", "card_status": "INSERTED"}]});
    let mut sealed = content.to_string().into_bytes();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(*NONCE), Aad::from(b""), &mut sealed).map_err(refused)?;
    let body = json!({"id": "7c9fa2b0-4f9e-5b0c-8d6a-3f0a4c1d2e5b", "create_time": "2026-11-22T08:00:00+08:00",
        "resource_type": "encrypt-resource", "event_type": "FAPIAO.ISSUED", "resource": {"algorithm": "AEAD_AES_256_GCM",
        "ciphertext": STANDARD.encode(&sealed), "nonce": "fdasflkja484", "associated_data": ""}});
    let signed = answer(body.to_string().into_bytes())?;
    let mut callback = Request::post("/callback").body(signed.body().clone())?;
    callback.headers_mut().clone_from(signed.headers());

    let ring = load_ring(MCHID)?;
    let bare = Bare::load(MERCHANT_KEY, ring.keys(MCHID).next().context("the ring is empty")?.spki_der())?;
    let config = MerchantConfig::new(MCHID, "5157F09EFDC096DE15EBE81A47057A7200000001").keys(ring);
    let receiver = Receiver::new(&Direct::new(config.api_v3_key(ApiV3Key::new(KEY)?))?)?;
    let now = moment(0)?.now();
    ensure!(receiver.receive(&callback, now)?.id.len() == 36, "the callback must be read");
    let claim = receiver.claim(&callback, now)?;
    let (message, signature) = (claim.message().to_vec(), claim.signature()?);

    let ours = each(|| Ok(receiver.receive(&callback, now)?));
    let bare = each(|| {
        bare.verify(&message, &signature)?;
        let mut opened = sealed.clone();
        let plain = key.open_in_place(Nonce::assume_unique_for_key(*NONCE), Aad::from(b""), &mut opened);
        plain.map(|plain| plain.len()).map_err(|_| anyhow!("the crypto library did not open"))
    });
    let (ours, bare) = interleaved(rounds * 2, CALLBACKS, ours, bare)?;
    let row = Row::new("verify + decrypt + parse a callback", "µs", ours).against("bare verify + AES-GCM", bare);
    Ok(vec![row.budget(Budget::Ratio(limits::CALLBACK))])
}

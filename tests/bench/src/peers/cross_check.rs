//! Other SDKs as witnesses. Each plays the gateway: it checks and opens what we sign and seal, and we read what it signs
//! and encrypts. Callbacks are not read by core yet.

use super::programs::{AXIOS, GO, JAVA, Launch, NODE_V3, Program, WECHATPAYV3};
use super::scene::{self, MCHID};
use super::worker::Worker;
use crate::fixture::{GATEWAY_KEY_ID, ORDER, Shop};
use anyhow::{Context, Result, bail, ensure};
use fapiao::Code;
use fapiao::pay::types::{BuyerInformation, BuyerType};
use fapiao::pay::{IssueGeneral, Query};
use fapiao_test_support::client::moment;
use fapiao_test_support::{sample, shell};
use http::Response;
use serde_json::{Value, json};

const PEERS: [&Program; 5] = [&WECHATPAYV3, &NODE_V3, &AXIOS, &GO, &JAVA];
const PHONE: &str = "13800000000";
/// Fen.
const AMOUNT: i64 = 382_895;

pub(crate) fn run() -> Result<()> {
    let (setup, shop) = (scene::gateway()?, Shop::open(MCHID)?);
    for (program, launch) in PEERS.iter().zip(ready()?) {
        let mut peer = Worker::start(program.name, &launch, &setup)?;
        ours_there(&shop, &mut peer).with_context(|| format!("{}, with what is ours", program.name))?;
        theirs_here(&shop, &mut peer).with_context(|| format!("what {} made", program.name))?;
        println!(
            "   {}: checked and opened ours, refused what was altered; we read, opened and refused its",
            program.name
        );
    }
    Ok(())
}

/// Installs and builds what each needs, all at once: most of it is waiting for registries.
fn ready() -> Result<Vec<Launch>> {
    std::thread::scope(|scope| {
        let started: Vec<_> = PEERS.iter().map(|program| scope.spawn(program.ready)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, Result<Launch>>| {
            thread.join().unwrap_or_else(|_| bail!("setting up crashed"))
        };
        started.into_iter().map(join).collect()
    })
}

/// It accepts our signature over exactly our request, and opens the field that we sealed.
fn ours_there(shop: &Shop, peer: &mut Worker) -> Result<()> {
    let pending = shop.caller.prepare(issue(), moment()?)?;
    let request = pending.sign_with(&shop.key)?;
    let header = request.headers().get("authorization").context("the request is not signed")?.to_str()?;
    let signature = header.split_once("signature=\"").and_then(|(_, rest)| rest.split('"').next());
    let signature = signature.context("the request is not signed")?;
    let message = std::str::from_utf8(pending.message()?)?;
    ensure!(checks(peer, message, signature)?, "it refused our signature");
    let altered = message.replace(ORDER, "4200000444201910177461284489");
    ensure!(altered != message && !checks(peer, &altered, signature)?, "it accepted our signature over something else");

    let body: Value = serde_json::from_slice(request.body())?;
    let sealed = body.pointer("/buyer_information/phone").context("the phone was not sealed")?;
    let opened = peer.ask(&json!({ "op": "open", "ciphertext": sealed }))?;
    ensure!(opened.get("plaintext").and_then(Value::as_str) == Some(PHONE), "it opened our field as something else");
    Ok(())
}

/// We read an answer that it signed, with a field that it sealed, and refuse the answer once it is altered.
fn theirs_here(shop: &Shop, peer: &mut Worker) -> Result<()> {
    let sealed = peer.ask(&json!({ "op": "seal", "plaintext": PHONE }))?;
    let body = answer(sealed.get("ciphertext").context("it sealed nothing")?)?;
    let moment = moment()?;
    let (now, nonce) = (moment.now(), "5K8264ILTKCH16CQ2502SI8ZNMTM67VS");
    let signed = peer.ask(&json!({ "op": "make", "message": format!("{now}\n{nonce}\n{body}\n") }))?;
    let signature = signed.get("signature").and_then(Value::as_str).context("it signed nothing")?;
    let response = |body: String| {
        Response::builder()
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Wechatpay-Nonce", nonce)
            .header("Wechatpay-Serial", GATEWAY_KEY_ID)
            .header("Wechatpay-Signature", signature)
            .header("Wechatpay-Timestamp", now.to_string())
            .body(body.into_bytes())
    };

    let pending = shop.caller.prepare(Query::new(ORDER), moment)?;
    let altered = response(body.replace("ISSUED", "REVERSED"))?;
    let refused = pending.claim(&altered, now)?.check_with(&shop.ring).err().map(|error| error.code());
    ensure!(refused == Some(Code::VerifySignature), "its signature over something else gave {refused:?}");
    let verified = pending.claim(&response(body)?, now)?.check_with(&shop.ring)?;
    let read = verified.decrypt_with(&shop.key)?.parse()?;
    let phone = read.fapiao_information.and_then(|list| list.into_iter().next()?.buyer_information.phone);
    ensure!(phone.is_some_and(|phone| phone.reveal() == PHONE), "the field that it sealed came out as something else");
    Ok(())
}

fn checks(peer: &mut Worker, message: &str, signature: &str) -> Result<bool> {
    let answer = peer.ask(&json!({ "op": "check", "message": message, "signature": signature }))?;
    answer.get("valid").and_then(Value::as_bool).context("it did not say whether it is valid")
}

/// The documented answer to a query, with this phone.
fn answer(sealed: &Value) -> Result<String> {
    let vectors = std::fs::read(shell::root().join("tests/vectors/calls/query.json"))?;
    let vectors: Value = serde_json::from_slice(&vectors)?;
    let cases = vectors.get("cases").and_then(Value::as_array).context("there are no cases")?;
    let case = cases.iter().find(|case| case.get("id").and_then(Value::as_str) == Some("answer-sealed"));
    let body = case.and_then(|case| case.pointer("/input/body")?.as_str()).context("there is no such case")?;
    let mut body: Value = serde_json::from_str(body)?;
    let buyer = body.pointer_mut("/fapiao_information/0/buyer_information").and_then(Value::as_object_mut);
    let buyer = buyer.context("the answer has no buyer")?;
    buyer.remove("email");
    buyer.insert("phone".to_owned(), sealed.clone());
    Ok(body.to_string())
}

fn issue() -> IssueGeneral {
    let buyer = BuyerInformation {
        r#type: BuyerType::Individual,
        name: "张三".into(),
        phone: Some(PHONE.into()),
        ..BuyerInformation::default()
    };
    sample::issue_general(ORDER, "general-20261122-0001", AMOUNT.into(), buyer)
}

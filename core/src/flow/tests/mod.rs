//! The call driver against scripted answers, under a clock that only these tests move.

#![expect(clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, reason = "tests")]

mod doubts;
mod keys;
mod limits;
mod misuse;
mod overtaken;
mod platforms;
mod repeats;
mod resumed;
mod tokens;

use super::{Decision, Effect, Flow, Need, NeedKind, NeedResult, Outcome, Resend, Step};
use crate::callers::Host;
use crate::pay::types::{BuyerInformation, BuyerType};
use crate::pay::{FapiaoToIssue, Issue, LineToIssue, Query, TitleUrl};
use crate::{Code, Direct, KeyRing, MerchantConfig, Moment, Personal, PrivateKey, Reply, SignatureCheck};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{Request, Response};
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};
use sha2::Sha256;
use std::sync::LazyLock;

const NOW: i64 = 1_795_305_600;
const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
const MCHID: &str = "1900000001";
const SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7200000001";
const WECHATPAY: &str = include_str!("../../../../tests/keys/wechatpay.key.pem");
const MERCHANT: &[u8] = include_bytes!("../../../../tests/keys/direct.key.pem");

static GATEWAY: LazyLock<SigningKey<Sha256>> =
    LazyLock::new(|| SigningKey::new(rsa::RsaPrivateKey::from_pkcs8_pem(WECHATPAY).unwrap()));
static OWN: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::load(MERCHANT).unwrap());

/// What one request meets, at that time.
type Met = fn(i64) -> NeedResult;

/// One request as it left.
struct Sent {
    host: Host,
    request: Request<Vec<u8>>,
}

/// How a flow went.
struct Played<A> {
    sent: Vec<Sent>,
    waits: Vec<u64>,
    outcome: Outcome<A>,
}

fn config() -> MerchantConfig {
    let ring = KeyRing::new().public_key(MCHID, ID, include_bytes!("../../../../tests/keys/wechatpay.pub.pem"));
    MerchantConfig::new(MCHID, SERIAL).keys(ring.unwrap())
}

fn direct() -> Direct {
    Direct::new(config().private_key(OWN.clone())).unwrap()
}

fn elsewhere() -> Direct {
    Direct::new(config().keys_elsewhere()).unwrap()
}

fn issue() -> Issue {
    let line =
        LineToIssue { tax_code: "1".into(), quantity: 1.into(), total_amount: 1.into(), ..LineToIssue::default() };
    let fapiao =
        FapiaoToIssue { fapiao_id: "f1".into(), total_amount: 1.into(), items: vec![line], ..Default::default() };
    let buyer = BuyerInformation {
        r#type: BuyerType::Individual,
        name: "Z".into(),
        phone: Some(Personal::new("13812349876")),
        email: Some(Personal::new("zhang.san@example.com")),
        ..BuyerInformation::default()
    };
    Issue {
        scene: "WITH_WECHATPAY".into(),
        fapiao_apply_id: "4200".into(),
        buyer_information: buyer,
        fapiao_information: vec![fapiao],
    }
}

fn title_url() -> TitleUrl {
    let source = "WEB".into();
    let (fapiao_apply_id, appid, openid) = ("4200".into(), "wx1".into(), "o1".into());
    TitleUrl { fapiao_apply_id, source, appid, openid, total_amount: 1.into(), ..TitleUrl::default() }
}

fn query() -> Query {
    Query { fapiao_apply_id: "4200".into(), fapiao_id: None }
}

/// Drives a flow; every send meets the next of the script, which must come out even.
fn play<A: Reply>(flow: Flow<A>, script: &[Met]) -> Played<A> {
    play_with(flow, script, |need| panic!("{need:?} surfaced"))
}

/// The same, with somebody for the key operations.
fn play_with<A: Reply>(flow: Flow<A>, script: &[Met], keys: impl Fn(&NeedKind) -> NeedResult) -> Played<A> {
    play_from(flow, NOW, script, keys)
}

/// The same from that time on.
fn play_from<A: Reply>(
    mut flow: Flow<A>,
    start: i64,
    script: &[Met],
    keys: impl Fn(&NeedKind) -> NeedResult,
) -> Played<A> {
    let (mut sent, mut waits, mut script) = (Vec::new(), Vec::new(), script.iter());
    let mut now = start;
    for count in 0..100 {
        now += 1;
        let needs = match flow.step(&moment(now, count)).unwrap() {
            Step::Need(needs) => needs,
            Step::Done(outcome) => {
                assert_eq!(script.len(), 0, "answers are left over: {outcome:?}", outcome = outcome.decision);
                return Played { sent, waits, outcome };
            }
        };
        for Need { id, kind, .. } in needs {
            let given = match kind {
                NeedKind::Send { host, request } => {
                    sent.push(Sent { host, request });
                    script.next().unwrap_or_else(|| panic!("more is sent than scripted"))(now)
                }
                NeedKind::Wait { milliseconds } => {
                    now += i64::try_from(milliseconds / 1000).unwrap();
                    waits.push(milliseconds);
                    NeedResult::Waited
                }
                other => keys(&other),
            };
            flow.give(id, given).unwrap();
        }
    }
    panic!("the flow does not end")
}

fn moment(now: i64, count: u8) -> Moment {
    Moment::new(now, [count; 32]).unwrap()
}

/// The first needs of a flow.
fn needs<A: Reply>(flow: &mut Flow<A>, now: i64) -> Vec<Need> {
    match flow.step(&moment(now, 200)).unwrap() {
        Step::Need(needs) => needs,
        Step::Done(outcome) => panic!("{:?}", outcome.decision),
    }
}

fn answered(response: Response<Vec<u8>>) -> NeedResult {
    NeedResult::Answered { response, milliseconds: 17 }
}

fn signed_by(id: &str, now: i64, status: u16, body: &str) -> Response<Vec<u8>> {
    let signature = GATEWAY.sign(format!("{now}\n593BEC0C930BF1AF\n{body}\n").as_bytes());
    Response::builder()
        .status(status)
        .header("Request-ID", "08F7-0")
        .header("Wechatpay-Serial", id)
        .header("Wechatpay-Timestamp", now.to_string())
        .header("Wechatpay-Nonce", "593BEC0C930BF1AF")
        .header("Wechatpay-Signature", STANDARD.encode(signature.to_bytes()))
        .body(body.as_bytes().to_vec())
        .unwrap()
}

fn signed(now: i64, status: u16, body: &str) -> NeedResult {
    answered(signed_by(ID, now, status, body))
}

fn refused(status: u16, code: &str) -> NeedResult {
    let body = format!(r#"{{"code":"{code}","message":"m"}}"#);
    answered(Response::builder().status(status).header("Request-ID", "08F7-1").body(body.into_bytes()).unwrap())
}

fn accepted(now: i64) -> NeedResult {
    signed(now, 202, "")
}

/// A query's answer with one invoice; its encrypted phone is one that no key here opens.
fn invoice(now: i64, id: &str, status: &str) -> NeedResult {
    let body = format!(
        r#"{{"total_count":1,"fapiao_information":[{{"fapiao_id":"{id}","status":"{status}","total_amount":1,
        "tax_amount":1,"amount":1,"seller_information":{{"name":"n","taxpayer_id":"1","address":"a"}},
        "buyer_information":{{"type":"INDIVIDUAL","name":"Z","phone":"AAAA"}},
        "extra_information":{{"drawer":"d"}},"items":[]}}]}}"#
    );
    signed(now, 200, &body)
}

const THERE: Met = |now| invoice(now, "f1", "ISSUE_ACCEPTED");
const NOT_THERE: Met = |_| refused(404, "RESOURCE_NOT_EXISTS");
const TITLE: Met = |now| signed(now, 200, r#"{"title_url":"https://example.com/"}"#);
const LOST: Met = |_| NeedResult::Lost;
const NOT_SENT: Met = |_| NeedResult::NotSent;
const BUSY: Met = |_| refused(500, "SYSTEM_ERROR");
const LIMITED: Met = |_| refused(429, "FREQUENCY_LIMITED");
const EXISTS: Met = |_| refused(400, "RESOURCE_ALREADY_EXISTS");
const INVALID: Met = |_| refused(400, "INVALID_REQUEST");
const PROBE: Met = |now| {
    let mut response = signed_by(ID, now, 202, "");
    response.headers_mut().insert("Wechatpay-Signature", "WECHATPAY/SIGNTEST/AAAA".parse().unwrap());
    answered(response)
};
const TAMPERED: Met = |now| {
    let mut response = signed_by(ID, now, 200, "{}");
    response.body_mut().push(b' ');
    answered(response)
};

impl<A> Played<A> {
    /// Call and host of every request, and what came of it.
    fn trail(&self) -> Vec<(&'static str, Host)> {
        self.outcome.attempts.iter().map(|attempt| (attempt.call, attempt.host)).collect()
    }

    fn calls(&self) -> Vec<&'static str> {
        self.outcome.attempts.iter().map(|attempt| attempt.call).collect()
    }

    /// The error and what it means, the time apart.
    fn failed(&self) -> (Code, Decision) {
        let error = self.outcome.result.as_ref().err().unwrap();
        (error.code(), Decision { ask_after: None, ..self.outcome.decision })
    }
}

fn decision(effect: Effect, resend: Resend, first: Option<&'static str>) -> Decision {
    Decision { effect, resend, first, ask_after: None }
}

fn body(sent: &Sent) -> serde_json::Value {
    serde_json::from_slice(sent.request.body()).unwrap()
}

fn authorization<'a>(sent: &'a Sent, name: &str) -> &'a str {
    let header = sent.request.headers().get("Authorization").unwrap().to_str().unwrap();
    let start = header.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
    header.get(start..).unwrap().split('"').next().unwrap()
}

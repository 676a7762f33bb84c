//! What the targets share: callers with test keys, and the rules that every result obeys.

use fapiao::callbacks::Receiver;
use fapiao::ffi::{Caller, Request};
use fapiao::schema::{AnswerKind, Layout};
use fapiao::{Account, ApiV3Key, Attachment, Code, Component, Direct, Error, KeyRing, MerchantConfig, Moment, Partner, catalogue};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

/// The time of the test vectors.
pub const NOW: i64 = 1_795_305_600;
/// The public key that all callers trust.
pub const WECHATPAY_ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
const PUBLIC: &[u8] = include_bytes!("../../../tests/keys/wechatpay.pub.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/keys/platform-1.cert.pem");

/// The moment of every request here.
pub fn moment() -> Moment {
    Moment::new(NOW, [7; 32]).expect("a fixed moment")
}

/// Callers of every kind.
pub struct Callers {
    pub ring: KeyRing,
    pub direct: Direct,
    pub partner: Partner,
    pub sub_merchant: fapiao::SubMerchant,
    pub account: Account,
    pub component: Component,
    pub by_name: Vec<Caller>,
}

pub static CALLERS: LazyLock<Callers> = LazyLock::new(|| callers().expect("the test keys load"));

fn callers() -> fapiao::Result<Callers> {
    let mut ring = KeyRing::new();
    for mchid in ["1900000001", "1900000100"] {
        ring = ring.public_key(mchid, WECHATPAY_ID, PUBLIC)?.certificate(mchid, CERTIFICATE)?;
    }
    let key = ApiV3Key::new(API_V3_KEY.as_bytes())?;
    let config = |mchid: &str| {
        let config = MerchantConfig::new(mchid, "5157F09EFDC096DE15EBE81A47057A7200000001");
        config.keys(ring.clone()).api_v3_key(key.clone())
    };
    let direct = Direct::new(config("1900000001"))?;
    let partner = Partner::new(config("1900000100"))?;
    let sub_merchant = partner.sub_merchant("1900000109")?;
    let account = Account::new("wx5157f09efdc09600")?.with_secret("0123456789abcdef").with_access_token("TOKEN");
    let component = Component::new("wx0c0c0c0c0c0c0c0c", "0123456789abcdef")?;
    let component = component.with_verify_ticket("TICKET").with_access_token("TOKEN");
    let by_name = vec![
        Caller::from(&direct),
        Caller::from(&partner),
        Caller::from(&sub_merchant),
        Caller::from(&account),
        Caller::from(&component),
    ];
    Ok(Callers { ring, direct, partner, sub_merchant, account, component, by_name })
}

/// The `APIv3` key of [`RECEIVER`].
pub const API_V3_KEY: &str = "0123456789abcdefghijklmnopqrstuv";

/// The callbacks of one direct merchant.
pub static RECEIVER: LazyLock<Receiver> = LazyLock::new(|| receiver().expect("the test keys load"));

fn receiver() -> fapiao::Result<Receiver> {
    Receiver::new(&CALLERS.direct)
}

/// A refusal of input belongs to one of the caller's groups.
pub fn check_refusal(error: &Error) {
    let code = error.code().as_str();
    let group = code.split('.').next().unwrap_or_default();
    assert!(["input", "seal", "download"].contains(&group), "{error}");
    check_error(error);
}

/// One line, and a code that the registry has.
pub fn check_error(error: &Error) {
    assert!(Code::ALL.contains(&error.code()));
    assert!(!error.message().chars().any(char::is_control), "{error:?}");
}

/// A call of the list with a right request, from its vectors.
pub struct Sample {
    pub call: &'static str,
    pub caller: Caller,
    payload: String,
    pub has_json: bool,
}

impl Sample {
    pub fn request(&self) -> Request<'_> {
        let mut request = Request::new(self.call, &self.payload);
        if catalogue::call(self.call).is_some_and(|call| matches!(call.layout, Layout::Upload { .. })) {
            request.file = Some(Attachment::pdf("f.pdf", b"%PDF-1.7".as_slice()));
        }
        request
    }
}

/// Every call of the list.
pub static SAMPLES: LazyLock<Vec<Sample>> =
    LazyLock::new(|| catalogue::calls().map(|call| sample(call.name).expect("every call has vectors of a known caller")).collect());

fn sample(call: &'static str) -> Option<Sample> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/vectors/calls/{call}.json"));
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
    let is_right = |case: &&Value| case["kind"] == "request" && case["result"] == "valid";
    let input = &vectors["cases"].as_array()?.iter().find(is_right)?["input"];
    let caller = match input["caller"]["kind"].as_str()? {
        "direct" => Caller::from(&CALLERS.direct),
        "partner" => Caller::from(&CALLERS.partner),
        "sub_merchant" => Caller::from(&CALLERS.sub_merchant),
        "account" => Caller::from(&CALLERS.account),
        "component" => Caller::from(&CALLERS.component),
        _ => return None,
    };
    let has_json = matches!(catalogue::call(call)?.answer, AnswerKind::Json(_));
    Some(Sample { call, caller, payload: input["request"].to_string(), has_json })
}

//! Callers with the test keys, and answers with the headers they need.

use fapiao::ffi::Caller;
use fapiao::{
    Account, ApiV3Key, Component, Direct, KeyRing, MerchantConfig, Moment, Partner, Pending, Reply, SignatureCheck,
    SubMerchant,
};
use http::{Request, Response};
use std::sync::LazyLock;

/// The `APIv3` key of the vectors.
const API_V3_KEY: &str = "0123456789abcdefghijklmnopqrstuv";
pub(crate) const NOW: i64 = 1_795_305_600;
pub(crate) const NONCE: &str = "593BEC0C930BF1AFEB40B4A08C8FB242";
pub(crate) const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
pub(crate) const PUBLIC: &[u8] = include_bytes!("../../../tests/keys/wechatpay.pub.pem");
pub(crate) const PLATFORM: [&[u8]; 2] = [
    include_bytes!("../../../tests/keys/platform-1.cert.pem"),
    include_bytes!("../../../tests/keys/platform-2.cert.pem"),
];
pub(crate) const SECRET: &str = "5ecre7-0f-7he-4cc0un7";
pub(crate) const TOKEN: &str = "70ken/0f+7he=4cc0un7";
/// The path of every pay call begins so.
const DIRECT: &str = "1900000001";
const PARTNER: &str = "1900000100";

static RING: LazyLock<KeyRing> = LazyLock::new(|| {
    [DIRECT, PARTNER].into_iter().fold(KeyRing::new(), |ring, mchid| {
        let ring = ring.public_key(mchid, ID, PUBLIC).unwrap();
        PLATFORM.iter().fold(ring, |ring, certificate| ring.certificate(mchid, certificate).unwrap())
    })
});

pub(crate) fn moment() -> Moment {
    Moment::new(NOW, [7; 32]).unwrap()
}

pub(crate) fn ring() -> KeyRing {
    RING.clone()
}

pub(crate) fn config(mchid: &str) -> MerchantConfig {
    let key = ApiV3Key::new(API_V3_KEY.as_bytes()).unwrap();
    MerchantConfig::new(mchid, "5157F09EFDC096DE15EBE81A47057A7200000001").keys(ring()).api_v3_key(key)
}

pub(crate) fn direct() -> Direct {
    Direct::new(config(DIRECT)).unwrap()
}

pub(crate) fn partner() -> Partner {
    Partner::new(config(PARTNER)).unwrap()
}

pub(crate) fn sub_merchant() -> SubMerchant {
    partner().sub_merchant("1900000109").unwrap()
}

pub(crate) fn account() -> Account {
    Account::new("wx5157f09efdc09600").unwrap().with_secret(SECRET).with_access_token(TOKEN)
}

pub(crate) fn component() -> Component {
    Component::new("wx0c0c0c0c0c0c0c0c", SECRET).unwrap().with_verify_ticket(TOKEN).with_access_token(TOKEN)
}

/// Every kind of caller.
pub(crate) fn callers() -> [Caller; 5] {
    [(&direct()).into(), (&partner()).into(), (&sub_merchant()).into(), (&account()).into(), (&component()).into()]
}

/// A 200 with headers that are in order, signature apart.
pub(crate) fn answer(body: &[u8]) -> Response<Vec<u8>> {
    Response::builder()
        .header("Wechatpay-Serial", ID)
        .header("Wechatpay-Timestamp", NOW.to_string())
        .header("Wechatpay-Nonce", NONCE)
        .header("Wechatpay-Signature", "AAAA")
        .body(body.to_vec())
        .unwrap()
}

/// Reads an answer whose signature counts as checked, sealed values as they came.
pub(crate) fn read<A: Reply>(pending: &Pending<A>, response: &Response<Vec<u8>>) -> fapiao::Result<A> {
    if pending.message().unwrap().is_empty() {
        return pending.read_unsigned(response)?.leave_encrypted().parse();
    }
    pending.claim(response, NOW)?.settle(SignatureCheck::Valid)?.leave_encrypted().parse()
}

/// The request, sealed with zeros where no back end encrypts, with a signature of zeros where one is needed.
pub(crate) fn request<A>(mut pending: Pending<A>) -> fapiao::Result<Request<Vec<u8>>> {
    let gaps = pending.to_encrypt().len();
    if gaps > 0 {
        pending.encrypted(&vec![vec![0; 256]; gaps])?;
    }
    if pending.message()?.is_empty() { pending.unsigned() } else { pending.attach(&[0; 256]) }
}

/// A person's phone and mail, which travel sealed.
pub(crate) const PHONE: &str = "13812349876";
pub(crate) const MAIL: &str = "zhang.san@example.com";

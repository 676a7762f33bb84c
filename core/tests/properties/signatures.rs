//! What is signed is what is read: no changed bit passes. The signer here is the `rsa` crate itself, apart from core.

use crate::fixtures::{ID, NONCE, NOW, direct, moment, ring};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::pay::{FapiaoFiles, FapiaoFilesAnswer};
use fapiao::{Code, Error, Pending};
use http::header::HeaderValue;
use http::{HeaderMap, HeaderName, Response};
use proptest::prelude::*;
use rsa::pkcs8::DecodePrivateKey;
use rsa::sha2::{Digest, Sha256};
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static KEY: LazyLock<RsaPrivateKey> =
    LazyLock::new(|| RsaPrivateKey::from_pkcs8_pem(include_str!("../../../tests/keys/wechatpay.key.pem")).unwrap());
static PENDING: LazyLock<Pending<FapiaoFilesAnswer>> =
    LazyLock::new(|| direct().prepare(FapiaoFiles::new("4200000444201910177461284488"), moment()).unwrap());
const BODY: &[u8] = r#"{"fapiao_download_info_list":[{"fapiao_id":"发票-1","status":"ISSUED"}],"new":1}"#.as_bytes();

pub(crate) fn signature(timestamp: &str, nonce: &str, body: &[u8]) -> String {
    let message = [timestamp.as_bytes(), b"\n", nonce.as_bytes(), b"\n", body, b"\n"].concat();
    STANDARD.encode(KEY.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).unwrap())
}

pub(crate) fn signed(body: &[u8]) -> Response<Vec<u8>> {
    let mut response = Response::new(body.to_vec());
    *response.headers_mut() = headers(&[
        ("Wechatpay-Serial", ID.to_owned()),
        ("Wechatpay-Timestamp", NOW.to_string()),
        ("Wechatpay-Nonce", NONCE.to_owned()),
        ("Wechatpay-Signature", signature(&NOW.to_string(), NONCE, body)),
    ]);
    response
}

fn headers(pairs: &[(&str, String)]) -> HeaderMap {
    let name = |name: &str| HeaderName::from_bytes(name.as_bytes()).unwrap();
    pairs.iter().map(|(key, value)| (name(key), HeaderValue::from_str(value).unwrap())).collect()
}

pub(crate) fn check(response: &Response<Vec<u8>>) -> Result<FapiaoFilesAnswer, Error> {
    PENDING.claim(response, NOW)?.check_with(&ring())?.parse()
}

fn flipped(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len() * 8).map(|bit| {
        let mut other = bytes.to_vec();
        other[bit / 8] ^= 1 << (bit % 8);
        other
    })
}

/// The codes with which an answer is refused, each of whose bits is flipped in one header. Some bytes no header can have.
fn refusals(header: &'static str) -> BTreeSet<&'static str> {
    let right = signed(BODY);
    let name = HeaderName::from_static(header);
    let value = right.headers()[&name].as_bytes().to_vec();
    let mut response = right;
    let mut tried = 0;
    let codes = flipped(&value).filter_map(|other| {
        response.headers_mut().insert(&name, HeaderValue::from_bytes(&other).ok()?);
        tried += 1;
        Some(check(&response).unwrap_err().code().as_str())
    });
    let codes = codes.collect();
    assert!(tried > value.len() * 5, "only {tried} of the flips could be sent");
    codes
}

#[test]
fn any_bit_flipped_in_the_body_is_refused() {
    let mut response = signed(BODY);
    assert!(check(&response).is_ok());
    for body in flipped(BODY) {
        *response.body_mut() = body;
        assert_eq!(check(&response).unwrap_err().code(), Code::VerifySignature);
    }
}

#[test]
fn any_bit_flipped_in_the_timestamp_is_refused() {
    assert_eq!(
        refusals("wechatpay-timestamp"),
        ["verify.clock", "verify.header", "verify.signature"].into(),
        "another digit is out of the window or not what was signed, anything else no time"
    );
}

#[test]
fn any_bit_flipped_in_the_nonce_is_refused() {
    assert_eq!(refusals("wechatpay-nonce"), ["verify.header", "verify.signature"].into());
}

#[test]
fn any_bit_flipped_in_the_signature_is_refused() {
    assert_eq!(refusals("wechatpay-signature"), ["verify.base64", "verify.header", "verify.signature"].into());
}

#[test]
fn any_bit_flipped_in_the_serial_is_refused_or_names_the_same_key() {
    let right = signed(BODY);
    let mut response = right.clone();
    for other in flipped(ID.as_bytes()) {
        let Ok(value) = HeaderValue::from_bytes(&other) else { continue };
        response.headers_mut().insert("wechatpay-serial", value);
        match check(&response) {
            Ok(_) => assert!(other.eq_ignore_ascii_case(ID.as_bytes())),
            Err(error) => assert!(matches!(error.code(), Code::VerifyUnknownSerial | Code::VerifyHeader), "{error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_signed_bytes_verify_and_any_change_of_them_does_not(
        body in prop::collection::vec(any::<u8>(), 1..2_000),
        place: prop::sample::Index,
        change in 1_u8..,
        skew in -299_i64..=299,
    ) {
        let mut response = signed(&body);
        let claim = PENDING.claim(&response, NOW + skew).unwrap();
        let verified = claim.check_with(&ring()).unwrap();
        prop_assert_eq!(verified.body(), body.as_slice());
        prop_assert_eq!(verified.clock_offset(), Some(-skew));
        let place = place.index(body.len());
        response.body_mut()[place] ^= change;
        let refused = PENDING.claim(&response, NOW).unwrap().check_with(&ring()).unwrap_err();
        prop_assert_eq!(refused.code(), Code::VerifySignature);
    }

    #[test]
    fn bytes_moved_between_nonce_and_body_are_refused(cut in 1_usize..32) {
        let mut response = signed(BODY);
        // "time\nNONCE\nbody\n" signs the same characters however they are divided, were it not for the line feeds.
        let (nonce, moved) = NONCE.split_at(cut);
        response.headers_mut().insert("wechatpay-nonce", HeaderValue::from_str(nonce).unwrap());
        *response.body_mut() = [moved.as_bytes(), b"\n", BODY].concat();
        prop_assert_eq!(check(&response).unwrap_err().code(), Code::VerifySignature);
    }

    #[test]
    fn header_case_and_order_do_not_matter(
        order in Just([0_usize, 1, 2, 3, 4, 5]).prop_shuffle(),
        upper in prop::collection::vec(any::<bool>(), 24),
    ) {
        let pairs = [
            ("wechatpay-serial", ID.to_owned()),
            ("wechatpay-timestamp", NOW.to_string()),
            ("wechatpay-nonce", NONCE.to_owned()),
            ("wechatpay-signature", signature(&NOW.to_string(), NONCE, BODY)),
            ("wechatpay-signature-type", "WECHATPAY2-SHA256-RSA2048".to_owned()),
            ("x-something-else", "1".to_owned()),
        ];
        let cased = |name: &str| -> String {
            let letters = name.chars().zip(upper.iter().cycle());
            letters.map(|(letter, upper)| if *upper { letter.to_ascii_uppercase() } else { letter }).collect()
        };
        let mut response = Response::new(BODY.to_vec());
        for index in order {
            let (name, value) = &pairs[index];
            let name = HeaderName::from_bytes(cased(name).as_bytes()).unwrap();
            response.headers_mut().append(name, HeaderValue::from_str(value).unwrap());
        }
        prop_assert!(check(&response).is_ok());
    }
}

//! A callback: `EVENT_TYPE`, then the content before it is encrypted; or an empty line, then the whole body.
//!
//! Nothing panics, nothing unsigned is believed, and what is read is JSON.
#![no_main]

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::SignatureCheck;
use fapiao::callbacks::Reception;
use fapiao_fuzz::{API_V3_KEY, NOW, RECEIVER, WECHATPAY_ID, check_error};
use http::Request;
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use serde_json::value::RawValue;

const NONCE: &str = "fdasflkja484";

fuzz_target!(|data: &[u8]| {
    let Some(at) = data.iter().position(|byte| *byte == b'\n') else { return };
    let (event_type, content) = (&data[..at], &data[at + 1..]);
    let body = if event_type.is_empty() { content.to_vec() } else { sealed(event_type, content) };
    let request = Request::post("/").header("Wechatpay-Serial", WECHATPAY_ID).header("Wechatpay-Nonce", "n");
    let request = request.header("Wechatpay-Signature", "c2ln").header("Wechatpay-Timestamp", NOW.to_string());
    let request = request.body(body).unwrap();
    let forged = RECEIVER.receive(&request, NOW);
    assert_eq!(Reception::of(&forged), Reception::Forged);
    match RECEIVER.claim(&request, NOW).and_then(|claim| claim.settle(SignatureCheck::Valid)) {
        Ok(event) => {
            serde_json::from_str::<&RawValue>(&event.to_json()).unwrap();
            event.resource().unwrap();
        }
        Err(error) => check_error(&error),
    }
});

fn sealed(event_type: &[u8], content: &[u8]) -> Vec<u8> {
    let cipher = Aes256Gcm::new_from_slice(API_V3_KEY.as_bytes()).unwrap();
    let sealed = cipher.encrypt(Nonce::from_slice(NONCE.as_bytes()), content).unwrap();
    let resource = json!({"algorithm": "AEAD_AES_256_GCM", "nonce": NONCE, "ciphertext": STANDARD.encode(sealed)});
    let event_type = String::from_utf8_lossy(event_type);
    json!({"id": "1", "event_type": event_type, "create_time": "t", "resource": resource}).to_string().into_bytes()
}

//! A push: `?` and a query as it is; or a signed plain body; or `!` and a message that is encrypted and signed.
//!
//! Nothing panics, nothing unsigned is believed, and what is read is JSON.
#![no_main]

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbc::Encryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockEncryptMut, KeyIvInit};
use fapiao::pushes::{Push, PushReceiver, PushReception};
use fapiao_fuzz::check_error;
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use serde_json::value::RawValue;
use sha1::{Digest, Sha1};
use std::sync::LazyLock;

const TOKEN: &str = "AAAAA";
const APPID: &str = "wxba5fad812f8e6fb9";

static PLAIN: LazyLock<PushReceiver> = LazyLock::new(|| PushReceiver::new(APPID, TOKEN).unwrap());
static SAFE: LazyLock<PushReceiver> = LazyLock::new(|| PLAIN.clone().encrypted(&"A".repeat(43)).unwrap());

fuzz_target!(|data: &[u8]| {
    match data.split_first() {
        Some((b'?', query)) => forged(&String::from_utf8_lossy(query)),
        Some((b'!', message)) => encrypted(message),
        _ => read(&PLAIN, &format!("signature={}&timestamp=1&nonce=2", signature(&["1", "2"])), data),
    }
});

/// Nobody signed it.
fn forged(query: &str) {
    let result = SAFE.receive(query, b"{}");
    let reception = PushReception::of(&result);
    assert!(!matches!(reception, PushReception::Event | PushReception::UrlCheck), "{reception:?}");
}

fn encrypted(message: &[u8]) {
    let length = u32::try_from(message.len()).unwrap().to_be_bytes();
    let mut plain = [[7; 16].as_slice(), &length, message, APPID.as_bytes()].concat();
    let padding = 32 - plain.len() % 32;
    plain.resize(plain.len() + padding, u8::try_from(padding).unwrap());
    let cipher = Encryptor::<Aes256>::new_from_slices(&[0; 32], &[0; 16]).unwrap();
    let sealed = STANDARD.encode(cipher.encrypt_padded_vec_mut::<NoPadding>(&plain));
    let query = format!("timestamp=1&nonce=2&encrypt_type=aes&msg_signature={}", signature(&["1", "2", &sealed]));
    read(&SAFE, &query, json!({ "Encrypt": sealed }).to_string().as_bytes());
}

fn read(receiver: &PushReceiver, query: &str, body: &[u8]) {
    match receiver.receive(query, body) {
        Ok(Push::Event(event)) => {
            serde_json::from_str::<&RawValue>(event.to_json()).unwrap();
            event.content().unwrap();
        }
        Ok(_) => {}
        Err(error) => check_error(&error),
    }
}

fn signature(texts: &[&str]) -> String {
    let mut texts = [texts, &[TOKEN]].concat();
    texts.sort_unstable();
    format!("{:x}", Sha1::digest(texts.concat()))
}

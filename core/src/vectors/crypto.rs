//! Signing, sealed fields and AEAD.

use super::fixtures::{self, bytes, text, utf8};
use super::{Case, Document, Outcome, Stop, document, same};
use crate::error::{Code, Error};
use crate::ffi::{Request, Response};
use crate::keys::ApiV3Key;
use crate::protocol::message;
use serde_json::{Value, json};

pub(super) fn signing(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let timestamp = given["timestamp"].as_i64().unwrap();
    let body = bytes(&given, "body").unwrap_or_default();
    let (method, target, nonce) = (text(&given, "method"), text(&given, "target"), text(&given, "nonce"));
    let message = message::of_request(method, target, timestamp, nonce, &body);
    let wanted = bytes(&case.stages, "message");
    if let Some(wanted) = &wanted {
        same("message", &message, wanted)?;
    }
    signature(&given, case, &message, wanted.is_some())
}

#[cfg(feature = "_local-keys")]
fn signature(given: &Value, case: &Case, message: &[u8], _: bool) -> Outcome {
    let moment = crate::moment::Moment::new(0, [7; 32])?;
    let signature = fixtures::private_key(text(given, "key")).sign(message, &moment)?;
    same("signature", fixtures::base64(&signature).as_str(), text(&case.stages, "signature"))
}

/// The message is all there is to see.
#[cfg(not(feature = "_local-keys"))]
fn signature(_: &Value, _: &Case, _: &[u8], seen: bool) -> Outcome {
    if seen { Ok(()) } else { Err(Stop::NeedsBackEnd) }
}

pub(super) fn sealed(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    if text(&given, "op") == "seal" { seal(&given, case) } else { open(&given, case) }
}

/// Opens a field where it stands: in an answer.
fn open(given: &Value, case: &Case) -> Outcome {
    let ciphertext = text(given, "ciphertext_base64");
    // An empty field of an answer has nothing to open; a key asked to open nothing refuses.
    let opened = if ciphertext.is_empty() {
        open_bytes(text(given, "key"), &[])?
    } else {
        let answer = answer_with(ciphertext, text(given, "key"));
        let found = answer.to_decrypt()?;
        if found[0].is_empty() {
            // What is not Base64 stays as it came, and that is told.
            let count = found.len();
            assert_eq!(answer.decrypted(vec![None; count])?.warnings().len(), count);
            return Err(Error::new(Code::OpenFailed, "not Base64").into());
        }
        open_bytes(text(given, "key"), &found[0])?
    };
    same("plaintext", utf8(opened)?.as_str(), text(&case.stages, "plaintext"))
}

fn answer_with(ciphertext: &str, key: &str) -> crate::protocol::Verified<Response> {
    let model = document("calls/query.json").cases.into_iter().map(|case| case.given());
    let model = model.into_iter().find(|given| given["open"].as_array().is_some_and(|open| open.len() == 1)).unwrap();
    let body = text(&model, "body").replace(text(&model["open"][0], "ciphertext"), ciphertext);
    let mut caller = model["caller"].clone();
    caller["key"] = key.into();
    let pending = fixtures::caller(&caller)
        .prepare(Request::new("query", r#"{"fapiao_apply_id":"1"}"#), super::answers::moment());
    super::answers::settled(&pending.unwrap(), &json!({ "status": 200, "body": body })).ok().unwrap()
}

#[cfg(feature = "_local-keys")]
fn open_bytes(key: &str, ciphertext: &[u8]) -> Result<Vec<u8>, Stop> {
    Ok(fixtures::private_key(key).decrypt(ciphertext)?.to_vec())
}

#[cfg(not(feature = "_local-keys"))]
fn open_bytes(_: &str, _: &[u8]) -> Result<Vec<u8>, Stop> {
    Err(Stop::NeedsBackEnd)
}

#[cfg(feature = "_local-keys")]
fn seal(given: &Value, case: &Case) -> Outcome {
    let stem = text(given, "key");
    let ring = fixtures::ring("1900000100", &json!([stem]));
    let moment = crate::moment::Moment::new(0, [7; 32])?;
    let key = ring.find("1900000100", &fixtures::key_id(stem))?;
    let ciphertext = key.encrypt(text(given, "plaintext").as_bytes(), &moment, "0")?;
    same("length", Some(ciphertext.len()), case.stages["length"].as_u64().and_then(|length| length.try_into().ok()))?;
    same("plaintext", utf8(open_bytes(stem, &ciphertext)?)?.as_str(), text(&case.stages, "plaintext"))
}

#[cfg(not(feature = "_local-keys"))]
fn seal(_: &Value, _: &Case) -> Outcome {
    Err(Stop::NeedsBackEnd)
}

pub(super) fn aead(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let key = ApiV3Key::new(text(&given, "key").as_bytes())?;
    let ciphertext = bytes(&given, "ciphertext").unwrap();
    let plaintext =
        key.decrypt(text(&given, "nonce").as_bytes(), text(&given, "associated_data").as_bytes(), &ciphertext)?;
    same("plaintext", utf8(plaintext.to_vec())?.as_str(), text(&case.stages, "plaintext"))
}

//! An answer, by the table reader and by its type.

use super::fixtures::{base64, response, text};
use super::{Case, Document, Outcome, Stop, calls, same, typed};
use crate::crypto::digest;
use crate::error::Result;
use crate::ffi::Response;
use crate::moment::Moment;
use crate::protocol::{Pending, SignatureCheck, Verified};
use http::HeaderValue;
use serde_json::Value;

const NOW: i64 = 1_795_305_600;

pub(super) fn moment() -> Moment {
    Moment::new(NOW, [7; 32]).unwrap()
}

pub(super) fn run(document: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let pending = asked(document, &given["caller"]);
    let by_table = read(&pending, &given).and_then(|verified| verified.parse());
    let by_type = read(&pending, &given).and_then(|verified| typed::parse(&document.call, verified));
    let seen = |error: &crate::Error| (error.code(), error.field().map(str::to_owned));
    same("typed parse", by_type.err().as_ref().map(seen), by_table.as_ref().err().map(seen))?;
    compare(&by_table?, &case.stages)
}

fn compare(answer: &Response, stages: &Value) -> Outcome {
    let json: Value = serde_json::from_str(&answer.json).map_err(|error| Stop::Differs(error.to_string()))?;
    same("answer", &json, &stages["answer"])?;
    same("file", answer.bytes.as_deref().map(base64).as_deref(), stages["file_base64"].as_str())?;
    if let Some(sm3) = stages["sm3"].as_str() {
        same("sm3", digest::hex(&digest::sm3(answer.bytes.as_deref().unwrap())).as_str(), sm3)?;
    }
    Ok(())
}

/// The first request of the file that such a caller may make: an answer belongs to one.
fn asked(document: &Document, caller: &Value) -> Pending<Response> {
    let fits = |case: &&Case| {
        let given = case.given();
        case.kind.as_deref() == Some("request") && case.result == "valid" && given["caller"]["kind"] == caller["kind"]
    };
    let case = document.cases.iter().find(fits).expect("a valid request of this kind of caller");
    calls::prepare_at(&document.call, case, moment()).unwrap()
}

/// Verified, and opened where the case says what the sealed fields hold.
fn read(pending: &Pending<Response>, given: &Value) -> Result<Verified<Response>> {
    let verified = settled(pending, given)?;
    let Some(open) = given["open"].as_array() else { return Ok(verified.leave_encrypted()) };
    let plaintext = |ciphertext: &Vec<u8>| {
        let ciphertext = base64(ciphertext);
        let field = open.iter().find(|field| field["ciphertext"] == ciphertext.as_str()).expect("a known ciphertext");
        text(field, "plaintext").as_bytes().to_vec()
    };
    let plaintexts: Vec<_> = verified.to_decrypt()?.iter().map(plaintext).collect();
    #[cfg(feature = "_local-keys")]
    {
        let key = super::fixtures::private_key(text(&given["caller"], "key"));
        let opened =
            verified.to_decrypt()?.iter().map(|text| Ok(key.decrypt(text)?.to_vec())).collect::<Result<Vec<_>>>()?;
        assert_eq!(opened, plaintexts);
    }
    verified.decrypted(plaintexts.into_iter().map(Some).collect())
}

/// A verified answer: its signature is the matter of another file.
pub(super) fn settled(pending: &Pending<Response>, given: &Value) -> Result<Verified<Response>> {
    let mut response = response(given).unwrap();
    if pending.unsigned().is_ok() {
        return pending.read_unsigned(&response);
    }
    for (name, value) in [
        ("wechatpay-timestamp", "1795305600"),
        ("wechatpay-nonce", "n"),
        ("wechatpay-serial", "s"),
        ("wechatpay-signature", "c2ln"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    pending.claim(&response, NOW)?.settle(SignatureCheck::Valid)
}

//! A request, part by part.

use super::fixtures::{bytes, key_id, text};
use super::{Case, Document, Outcome, Stop, calls, same};
use crate::ffi::Response;
use crate::protocol::Pending;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use serde_json::Value;

pub(super) fn run(document: &Document, case: &Case) -> Outcome {
    let mut pending = calls::prepare(&document.call, case)?;
    if case.code.as_deref() == Some("seal.length") && !super::BACK_END {
        return Err(Stop::NeedsBackEnd);
    }
    if case.result == "invalid" {
        return Ok(());
    }
    let stand_ins: Vec<_> =
        (0..pending.to_encrypt().len()).map(|index| vec![u8::try_from(index).unwrap(); 256]).collect();
    let plaintexts: Vec<_> = pending.to_encrypt().iter().map(|plaintext| plaintext.reveal().to_owned()).collect();
    if !stand_ins.is_empty() {
        pending.encrypted(&stand_ins)?;
    }
    let request = finished(&pending, case)?;
    let stages = &case.stages;
    same("method", request.method().as_str(), text(stages, "method"))?;
    // A sealed value in the query is put out of the way first.
    if !(stages.get("sealed").is_some() && request.body().is_empty()) {
        same("url", request.uri().to_string().as_str(), text(stages, "url"))?;
        same("url_target", request.uri().path_and_query().unwrap().as_str(), text(stages, "url_target"))?;
    }
    headers(&request, stages)?;
    if stages.get("sealed").is_some() {
        return sealed(&pending, &request, stages, &plaintexts);
    }
    same("body", request.body(), &bytes(stages, "body").unwrap_or_default())?;
    let message = String::from_utf8_lossy(pending.message()?).into_owned();
    same("message", message.as_str(), text(stages, "message"))?;
    if let Some(signed) = stages["signed_body"].as_str() {
        same("signed_body", message.ends_with(&format!("\n{signed}\n")), true)?;
    }
    Ok(())
}

/// The request, signed as the case says.
fn finished(pending: &Pending<Response>, case: &Case) -> Result<Request<Vec<u8>>, Stop> {
    if case.stages.get("signature").is_none() && case.stages.get("sealed").is_none() {
        return Ok(pending.unsigned()?);
    }
    #[cfg(feature = "_local-keys")]
    {
        let key = super::fixtures::private_key(text(&case.given()["caller"], "key"));
        let signature = pending.sign_here(&key)?;
        if let Some(wanted) = case.stages["signature"].as_str() {
            same("signature", STANDARD.encode(&signature).as_str(), wanted)?;
        }
        Ok(pending.sign_with(&key)?)
    }
    #[cfg(not(feature = "_local-keys"))]
    {
        let signature = case.stages["signature"].as_str().map(|signature| STANDARD.decode(signature).unwrap());
        Ok(pending.attach(&signature.unwrap_or_else(|| vec![0; 256]))?)
    }
}

fn headers(request: &Request<Vec<u8>>, stages: &Value) -> Outcome {
    let one = |name: &str| {
        let mut values = request.headers().get_all(name).iter();
        let value = values.next().map(|value| value.to_str().unwrap());
        (value, values.next().is_some())
    };
    for (name, value) in stages["headers"].as_object().unwrap() {
        same(name, one(name), (value.as_str(), false))?;
    }
    for name in super::fixtures::texts(&stages["headers_absent"]) {
        same(name, one(name), (None, false))?;
    }
    same("User-Agent", one("User-Agent").0.is_some_and(|value| !value.is_empty()), true)?;
    if let Some(authorization) = stages["authorization"].as_str() {
        same("authorization", one("Authorization"), (Some(authorization), false))?;
    }
    if let Some(boundary) = stages["boundary"].as_str() {
        let wanted = format!("multipart/form-data; boundary={boundary}");
        same("boundary", one("Content-Type"), (Some(wanted.as_str()), false))?;
    }
    Ok(())
}

/// Sealed bytes are random: they are looked for, opened, and put out of the way.
fn sealed(pending: &Pending<Response>, request: &Request<Vec<u8>>, stages: &Value, plaintexts: &[String]) -> Outcome {
    same("sealed_under", pending.key_id(), Some(key_id(text(stages, "sealed_under")).as_str()))?;
    let body = String::from_utf8(request.body().clone()).unwrap();
    let target = request.uri().path_and_query().unwrap().as_str();
    let message = String::from_utf8_lossy(pending.message()?).into_owned();
    same("message", message.ends_with(&format!("\n{body}\n")) && message.contains(&format!("\n{target}\n")), true)?;
    let (mut template, mark) = if body.is_empty() { (target.to_owned(), "%3Csealed%3E") } else { (body, "<sealed>") };
    for (pointer, plaintext) in stages["sealed"].as_object().unwrap() {
        let (written, ciphertext) = found(request, pointer);
        let opened = opened(&STANDARD.decode(ciphertext).unwrap(), text(stages, "sealed_under"), plaintexts)?;
        same(pointer, Some(opened.as_str()), plaintext.as_str())?;
        template = template.replacen(&written, mark, 1);
    }
    let wanted = if request.body().is_empty() { "url_target" } else { "body_template" };
    same(wanted, template.as_str(), text(stages, wanted))
}

/// What stands at a pointer, in the body or in the query: as it is written, and what that says.
fn found(request: &Request<Vec<u8>>, pointer: &str) -> (String, String) {
    if let Ok(body) = serde_json::from_slice::<Value>(request.body()) {
        let text = body.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        return (text.clone(), text);
    }
    let name = format!("{}=", pointer.trim_start_matches('/'));
    let written = request.uri().query().unwrap().split('&').find_map(|pair| pair.strip_prefix(&name)).unwrap();
    (written.to_owned(), percent_encoding::percent_decode_str(written).decode_utf8().unwrap().into_owned())
}

#[cfg(feature = "_local-keys")]
fn opened(ciphertext: &[u8], stem: &str, _: &[String]) -> Result<String, Stop> {
    Ok(super::fixtures::utf8(super::fixtures::private_key(stem).decrypt(ciphertext)?.to_vec())?)
}

/// Without a back end, what stands in for a ciphertext says which plaintext it stands for.
#[cfg(not(feature = "_local-keys"))]
fn opened(ciphertext: &[u8], _: &str, plaintexts: &[String]) -> Result<String, Stop> {
    let plaintext = plaintexts.get(usize::from(ciphertext[0])).cloned();
    plaintext.ok_or_else(|| Stop::Differs("a ciphertext nobody gave".to_owned()))
}

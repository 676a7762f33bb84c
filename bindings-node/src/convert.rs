//! Values of core as JavaScript values, and back.

use fapiao::flow::{Need, Outcome, Work};
use fapiao::wire::{WireAnswer, report};
use fapiao::{Error, Moment};
use http::{HeaderName, HeaderValue, Request, Response};
use napi::bindgen_prelude::{Object, Uint8ArraySlice};
use napi::{Env, Status};

/// Throws an error of core as JSON, which the facade makes a class of.
pub(crate) fn thrown(env: Env, error: &Error) -> napi::Error {
    match env.throw(report::error(error).to_string()) {
        Ok(()) => napi::Error::from_status(Status::PendingException),
        Err(failed) => failed,
    }
}

/// A moment of the host's.
pub(crate) fn moment(env: Env, now: i64, entropy: &[u8]) -> napi::Result<Moment> {
    let entropy = entropy.try_into().map_err(|_| refused("32 bytes of entropy are needed"))?;
    Moment::new(now, entropy).map_err(|error| thrown(env, &error))
}

/// An answer; `headers` holds names and values in turn, one a line. A header that HTTP does not know as one is left out.
pub(crate) fn response(status: u16, headers: &str, body: &[u8]) -> napi::Result<Response<Vec<u8>>> {
    let mut response = Response::builder().status(status);
    let mut lines = headers.split('\n');
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_bytes())) {
            response = response.header(name, value);
        }
    }
    response.body(body.to_vec()).map_err(|_| refused("the answer has an impossible status"))
}

/// A piece of work as an object: its id, its kind, and what it takes.
pub(crate) fn work(env: &Env, need: Need) -> napi::Result<Object<'_>> {
    let mut object = Object::new(env)?;
    object.set("id", need.id)?;
    match need.work {
        Work::Sign { serial_no, message } => {
            object.set("kind", "sign")?;
            object.set("serial_no", serial_no)?;
            object.set("message", bytes(env, &message)?)?;
        }
        Work::Verify { key_id, public_key, message, signature } => {
            object.set("kind", "verify")?;
            object.set("key_id", key_id)?;
            object.set("public_key", bytes(env, &public_key)?)?;
            object.set("message", bytes(env, &message)?)?;
            object.set("signature", bytes(env, &signature)?)?;
        }
        Work::Seal { key_id, public_key, plaintext } => {
            object.set("kind", "seal")?;
            object.set("key_id", key_id)?;
            object.set("public_key", bytes(env, &public_key)?)?;
            object.set("plaintext", bytes(env, plaintext.reveal().as_bytes())?)?;
        }
        Work::Open { serial_no, ciphertext } => {
            object.set("kind", "open")?;
            object.set("serial_no", serial_no)?;
            object.set("ciphertext", bytes(env, &ciphertext)?)?;
        }
        Work::Send { host, request } => {
            object.set("kind", "send")?;
            object.set("host", host.as_str())?;
            object.set("method", request.method().as_str())?;
            object.set("url", request.uri().to_string())?;
            object.set("headers", headers(env, &request)?)?;
            object.set("body", bytes(env, request.body())?)?;
        }
        Work::Wait { milliseconds } => {
            object.set("kind", "wait")?;
            object.set("milliseconds", milliseconds.to_string())?;
        }
        _ => object.set("kind", "unknown")?,
    }
    Ok(object)
}

/// How a flow ended.
pub(crate) fn outcome(env: &Env, outcome: Outcome<WireAnswer>) -> napi::Result<Object<'_>> {
    let mut object = Object::new(env)?;
    let attempts: serde_json::Value = outcome.attempts.iter().map(report::attempt).collect();
    object.set("decision", report::decision(outcome.decision).to_string())?;
    object.set("attempts", attempts.to_string())?;
    if let Some(seconds) = outcome.clock_offset {
        object.set("clock_offset", seconds.to_string())?;
    }
    match outcome.result {
        Ok(answer) => {
            object.set("answer", answer.json)?;
            if let Some(file) = answer.bytes {
                object.set("bytes", bytes(env, &file)?)?;
            }
        }
        Err(error) => object.set("error", report::error(&error).to_string())?,
    }
    Ok(object)
}

fn refused(why: &str) -> napi::Error {
    napi::Error::new(Status::InvalidArg, why)
}

fn headers<'env>(env: &'env Env, request: &Request<Vec<u8>>) -> napi::Result<Object<'env>> {
    let mut headers = Object::new(env)?;
    for (name, value) in request.headers() {
        headers.set(name.as_str(), value.to_str().unwrap_or_default())?;
    }
    Ok(headers)
}

/// Bytes that JavaScript owns: lending it memory of this side costs a finalizer, which is more than the copy.
pub(crate) fn bytes<'env>(env: &'env Env, bytes: &[u8]) -> napi::Result<Uint8ArraySlice<'env>> {
    Uint8ArraySlice::copy_from(env, bytes)
}

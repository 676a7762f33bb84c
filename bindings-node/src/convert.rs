//! Values of core as JavaScript values, and back.

use fapiao::flow::{Need, Outcome, Work};
use fapiao::wire::{WireAnswer, report};
use fapiao::{Error, Moment};
use http::{HeaderName, HeaderValue, Request, Response};
use napi::bindgen_prelude::{Object, Uint8Array};
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
    let entropy = entropy.try_into().map_err(|_| napi::Error::from_reason("32 bytes of entropy are needed"))?;
    Moment::new(now, entropy).map_err(|error| thrown(env, &error))
}

/// An answer; `headers` holds names and values in turn. A header that HTTP does not know as one is left out.
pub(crate) fn response(status: u16, headers: &[String], body: &[u8]) -> napi::Result<Response<Vec<u8>>> {
    let mut response = Response::builder().status(status);
    for pair in headers.chunks_exact(2) {
        if let [name, value] = pair
            && let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_bytes()))
        {
            response = response.header(name, value);
        }
    }
    response.body(body.to_vec()).map_err(|_| napi::Error::from_reason("the answer has an impossible status"))
}

/// A piece of work as an object: its id, its kind, and what it takes.
pub(crate) fn work(env: &Env, need: Need) -> napi::Result<Object<'_>> {
    let mut object = Object::new(env)?;
    object.set("id", need.id)?;
    match need.work {
        Work::Sign { serial_no, message } => {
            object.set("kind", "sign")?;
            object.set("serial_no", serial_no)?;
            object.set("message", bytes(message))?;
        }
        Work::Verify { key_id, public_key, message, signature } => {
            object.set("kind", "verify")?;
            object.set("key_id", key_id)?;
            object.set("public_key", bytes(public_key))?;
            object.set("message", bytes(message))?;
            object.set("signature", bytes(signature))?;
        }
        Work::Seal { key_id, public_key, plaintext } => {
            object.set("kind", "seal")?;
            object.set("key_id", key_id)?;
            object.set("public_key", bytes(public_key))?;
            object.set("plaintext", bytes(plaintext.reveal().as_bytes().to_vec()))?;
        }
        Work::Open { serial_no, ciphertext } => {
            object.set("kind", "open")?;
            object.set("serial_no", serial_no)?;
            object.set("ciphertext", bytes(ciphertext))?;
        }
        Work::Send { host, request } => {
            object.set("kind", "send")?;
            object.set("host", host.as_str())?;
            send(env, &mut object, request)?;
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
    let attempts = serde_json::Value::from_iter(outcome.attempts.iter().map(report::attempt));
    object.set("decision", report::decision(outcome.decision).to_string())?;
    object.set("attempts", attempts.to_string())?;
    if let Some(seconds) = outcome.clock_offset {
        object.set("clock_offset", seconds.to_string())?;
    }
    match outcome.result {
        Ok(answer) => {
            object.set("answer", answer.json)?;
            if let Some(file) = answer.bytes {
                object.set("bytes", bytes(file))?;
            }
        }
        Err(error) => object.set("error", report::error(&error).to_string())?,
    }
    Ok(object)
}

fn send(env: &Env, object: &mut Object<'_>, request: Request<Vec<u8>>) -> napi::Result<()> {
    object.set("method", request.method().as_str())?;
    object.set("url", request.uri().to_string())?;
    let mut headers = Object::new(env)?;
    for (name, value) in request.headers() {
        headers.set(name.as_str(), value.to_str().unwrap_or_default())?;
    }
    object.set("headers", headers)?;
    object.set("body", bytes(request.into_body()))
}

fn bytes(bytes: Vec<u8>) -> Uint8Array {
    Uint8Array::from(bytes)
}

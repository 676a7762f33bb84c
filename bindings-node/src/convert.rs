//! Values of core as JavaScript values, and back.

use crate::flow::Stepped;
use fapiao::flow::{Need, Outcome, Work};
use fapiao::wire::{Incoming, Outgoing, WireAnswer, report};
use fapiao::{Error, Moment, Step};
use napi::bindgen_prelude::{Either, Object, Uint8ArraySlice};
use napi::{Env, Status};

/// Throws an error of core as JSON, which the facade makes a class of.
pub(crate) fn thrown(env: Env, error: &Error) -> napi::Error {
    match env.throw(report::occurrence(error)) {
        Ok(()) => napi::Error::from_status(Status::PendingException),
        Err(failed) => failed,
    }
}

/// A moment of the host's.
pub(crate) fn moment(env: Env, now: i64, entropy: &[u8]) -> napi::Result<Moment> {
    let entropy =
        entropy.try_into().map_err(|_| napi::Error::new(Status::InvalidArg, "32 bytes of entropy are needed"))?;
    Moment::new(now, entropy).map_err(|error| thrown(env, &error))
}

/// An answer; `headers` holds names and values in turn, one a line.
pub(crate) fn response(env: Env, status: u16, headers: &str, body: &[u8]) -> napi::Result<Incoming> {
    Incoming::of_lines(status, headers, body.to_vec()).map_err(|error| thrown(env, &error))
}

/// What a step gives: what is needed, or how it ended.
pub(crate) type Turn<'env> = Either<Vec<Object<'env>>, Object<'env>>;

pub(crate) fn turn(env: &Env, step: Stepped) -> napi::Result<Turn<'_>> {
    match step {
        Step::Need(needs) => needs.into_iter().map(|need| work(env, need)).collect::<napi::Result<_>>().map(Either::A),
        Step::Done(done) => outcome(env, done).map(Either::B),
    }
}

/// A piece of work as an object: its id, its kind, and what it takes.
fn work(env: &Env, need: Need<Outgoing>) -> napi::Result<Object<'_>> {
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
        Work::Send { request, .. } => {
            object.set("kind", "send")?;
            object.set("method", request.method)?;
            object.set("url", request.url.as_str())?;
            object.set("headers", request.header_lines())?;
            if !request.body.is_empty() {
                object.set("body", bytes(env, &request.body)?)?;
            }
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
fn outcome(env: &Env, done: Outcome<WireAnswer>) -> napi::Result<Object<'_>> {
    let mut object = Object::new(env)?;
    match done.result {
        Ok(answer) => {
            object.set("answer", answer.json)?;
            if let Some(file) = answer.bytes {
                object.set("bytes", bytes(env, &file)?)?;
            }
        }
        Err(error) => object.set("error", report::occurrence(&error))?,
    }
    Ok(object)
}

/// Bytes that JavaScript owns: lending it memory of this side costs a finalizer, which is more than the copy.
fn bytes<'env>(env: &'env Env, bytes: &[u8]) -> napi::Result<Uint8ArraySlice<'env>> {
    Uint8ArraySlice::copy_from(env, bytes)
}

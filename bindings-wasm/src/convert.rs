//! Values of core as JavaScript values, and back.

use fapiao::flow::{Need, Outcome, Work};
use fapiao::wire::{Incoming, Outgoing, WireAnswer, report};
use fapiao::{Error, Moment};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::JsValue;

/// What is thrown: an error of core as JSON, which the facade makes a class of.
pub(crate) type Thrown = String;

pub(crate) fn thrown(error: Error) -> Thrown {
    report::error(&error)
}

/// A moment of the host's.
pub(crate) fn moment(now: f64, entropy: &[u8]) -> Result<Moment, Thrown> {
    let entropy = entropy.try_into().map_err(|_| "32 bytes of entropy are needed".to_owned())?;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "saturates, and core refuses what is no time"
    )]
    Moment::new(now as i64, entropy).map_err(thrown)
}

/// An answer; `headers` holds names and values in turn.
pub(crate) fn response(status: u16, headers: &[String], body: Vec<u8>) -> Result<Incoming, Thrown> {
    let pairs = headers.chunks_exact(2).filter_map(|pair| match pair {
        [name, value] => Some((name.as_bytes(), value.as_bytes())),
        _ => None,
    });
    Incoming::new(status, pairs, body).map_err(thrown)
}

/// A piece of work as an object: its id, its kind, and what it takes.
pub(crate) fn work(need: Need<Outgoing>) -> JsValue {
    let (kind, rest): (&str, Vec<(&str, JsValue)>) = match need.work {
        Work::Sign { serial_no, message } => {
            ("sign", vec![("serial_no", serial_no.into()), ("message", bytes(&message))])
        }
        Work::Verify { key_id, public_key, message, signature } => (
            "verify",
            vec![
                ("key_id", key_id.into()),
                ("public_key", bytes(&public_key)),
                ("message", bytes(&message)),
                ("signature", bytes(&signature)),
            ],
        ),
        Work::Seal { key_id, public_key, plaintext } => (
            "seal",
            vec![
                ("key_id", key_id.into()),
                ("public_key", bytes(&public_key)),
                ("plaintext", bytes(plaintext.reveal().as_bytes())),
            ],
        ),
        Work::Open { serial_no, ciphertext } => {
            ("open", vec![("serial_no", serial_no.into()), ("ciphertext", bytes(&ciphertext))])
        }
        Work::Send { host, request } => {
            let headers = request.headers().map(|(name, value)| (name, text(value)));
            let rest = vec![
                ("host", text(host.as_str())),
                ("method", text(request.method)),
                ("url", text(&request.url)),
                ("headers", object(headers)),
                ("body", bytes(&request.body)),
            ];
            ("send", rest)
        }
        Work::Wait { milliseconds } => ("wait", vec![("milliseconds", milliseconds.to_string().into())]),
        _ => ("unknown", Vec::new()),
    };
    object([("id", need.id.into()), ("kind", text(kind))].into_iter().chain(rest))
}

/// How a flow ended.
pub(crate) fn outcome(outcome: Outcome<WireAnswer>) -> JsValue {
    let mut members = vec![
        ("decision", report::decision(outcome.decision).into()),
        ("attempts", report::attempts(&outcome.attempts).into()),
        ("clock_offset", outcome.clock_offset.map(|seconds| seconds.to_string()).into()),
    ];
    match outcome.result {
        Ok(answer) => {
            members.push(("answer", answer.json.into()));
            members.push(("bytes", answer.bytes.as_deref().map(bytes).into()));
        }
        Err(error) => members.push(("error", thrown(error).into())),
    }
    object(members)
}

fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&object, &text(name), &value);
    }
    object.into()
}

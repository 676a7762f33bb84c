//! Values of core as JavaScript values, and back.

use fapiao::flow::{Need, Work};
use fapiao::wire::{Incoming, Outgoing, WireAnswer, report};
use fapiao::{Error, Moment};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

// The few of JavaScript's own that are needed: the crate for all of them brings its futures into every engine.
#[wasm_bindgen]
extern "C" {
    /// A JavaScript object.
    type Object;
    #[wasm_bindgen(constructor)]
    fn new() -> Object;

    /// A list of values.
    pub(crate) type Array;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Array;
    #[wasm_bindgen(method)]
    pub(crate) fn push(this: &Array, value: JsValue);

    /// Bytes of JavaScript's own.
    pub(crate) type Uint8Array;
    #[wasm_bindgen(constructor)]
    pub(crate) fn copy(bytes: &[u8]) -> Uint8Array;

    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_text(object: &Object, name: &str, text: &str);
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_number(object: &Object, name: &str, number: u32);
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_bytes(object: &Object, name: &str, bytes: Uint8Array);
}

/// What is thrown: an error of core as JSON, which the facade makes a class of, with what its table tells of the code.
pub(crate) type Thrown = String;

pub(crate) fn thrown(error: &Error) -> Thrown {
    report::occurrence(error)
}

/// A moment of the host's.
pub(crate) fn moment(now: f64, entropy: &[u8]) -> Result<Moment, Thrown> {
    let entropy = entropy.try_into().map_err(|_| "32 bytes of entropy are needed".to_owned())?;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "saturates, and core refuses what is no time"
    )]
    Moment::new(now as i64, entropy).map_err(|error| thrown(&error))
}

/// An answer; `headers` holds names and values in turn, one a line.
pub(crate) fn response(status: u16, headers: &str, body: Vec<u8>) -> Result<Incoming, Thrown> {
    Incoming::of_lines(status, headers, body).map_err(|error| thrown(&error))
}

/// A piece of work as an object: its id, its kind, and what it takes.
pub(crate) fn work(need: Need<Outgoing>) -> JsValue {
    let made = Made::new();
    set_number(&made.0, "id", need.id);
    match need.work {
        Work::Sign { serial_no, message } => {
            made.text("kind", "sign");
            made.text("serial_no", &serial_no);
            made.bytes("message", &message);
        }
        Work::Verify { key_id, public_key, message, signature } => {
            made.text("kind", "verify");
            made.text("key_id", &key_id);
            made.bytes("public_key", &public_key);
            made.bytes("message", &message);
            made.bytes("signature", &signature);
        }
        Work::Seal { key_id, public_key, plaintext } => {
            made.text("kind", "seal");
            made.text("key_id", &key_id);
            made.bytes("public_key", &public_key);
            made.bytes("plaintext", plaintext.reveal().as_bytes());
        }
        Work::Open { serial_no, ciphertext } => {
            made.text("kind", "open");
            made.text("serial_no", &serial_no);
            made.bytes("ciphertext", &ciphertext);
        }
        Work::Send { request, .. } => {
            made.text("kind", "send");
            made.text("method", request.method);
            made.text("url", &request.url);
            made.text("headers", &request.header_lines());
            if !request.body.is_empty() {
                made.bytes("body", &request.body);
            }
        }
        Work::Wait { milliseconds } => {
            made.text("kind", "wait");
            made.text("milliseconds", &milliseconds.to_string());
        }
        _ => made.text("kind", "unknown"),
    }
    made.0.into()
}

/// How a flow ended.
pub(crate) fn outcome(result: fapiao::Result<WireAnswer>) -> JsValue {
    let made = Made::new();
    match result {
        Ok(answer) => {
            made.text("answer", &answer.json);
            if let Some(file) = &answer.bytes {
                made.bytes("bytes", file);
            }
        }
        Err(error) => made.text("error", &thrown(&error)),
    }
    made.0.into()
}

/// A fresh object, whose members can always be set.
struct Made(Object);

// Each member one call: inlined everywhere, they make the engine larger.
impl Made {
    fn new() -> Self {
        Self(Object::new())
    }

    #[inline(never)]
    fn text(&self, name: &str, text: &str) {
        set_text(&self.0, name, text);
    }

    #[inline(never)]
    fn bytes(&self, name: &str, bytes: &[u8]) {
        set_bytes(&self.0, name, Uint8Array::copy(bytes));
    }
}

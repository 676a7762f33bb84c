//! Values of core as JavaScript values, and back.

use fapiao::ffi::{self, EventSink, Outgoing, Response, report};
use fapiao::{Error, Moment, Step};
use std::convert::Infallible;
use wasm_bindgen::prelude::wasm_bindgen;

// The few of JavaScript's own that are needed: the crate for all of them brings its futures into every engine.
#[wasm_bindgen]
extern "C" {
    /// A list of values.
    pub type Array;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Array;
    #[wasm_bindgen(method, js_name = push)]
    fn push_list(this: &Array, list: &Array);
    #[wasm_bindgen(method, js_name = push)]
    fn push_bytes(this: &Array, bytes: Uint8Array);
    #[wasm_bindgen(method, js_name = push)]
    fn push_number(this: &Array, number: u32);
    #[wasm_bindgen(method, js_name = push)]
    fn push_text(this: &Array, text: &str);

    /// Bytes of JavaScript's own.
    pub(crate) type Uint8Array;
    #[wasm_bindgen(constructor)]
    pub(crate) fn copy(bytes: &[u8]) -> Uint8Array;
}

/// What is thrown: an error of core as JSON, which the facade makes a class of, with what its table tells of the code.
pub(crate) type Thrown = String;

pub(crate) fn thrown(error: &Error) -> Thrown {
    report::occurrence(error)
}

/// A moment of the host's.
pub(crate) fn moment(now: f64, entropy: &[u8]) -> Result<Moment, Thrown> {
    let entropy = entropy.try_into().map_err(|_| "32 bytes of entropy are needed".to_owned())?;
    Moment::new(seconds(now), entropy).map_err(|error| thrown(&error))
}

/// Unix seconds: a number of JavaScript's crosses as it is, where whole numbers of 64 bits would be `BigInt`s.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "saturates, and core refuses what is no time"
)]
pub(crate) fn seconds(number: f64) -> i64 {
    number as i64
}

/// What a step gives: lists, each an id, a kind, and what belongs to it.
pub(crate) struct Items {
    list: Array,
    last: Array,
}

impl Items {
    pub(crate) fn of(step: &Step<Response, Outgoing>) -> Array {
        let mut items = Self { list: Array::new(), last: Array::new() };
        let Ok(()) = ffi::emit(step, &mut items);
        items.list
    }

    pub(crate) fn of_callback(callback: &ffi::Callback) -> Array {
        let mut items = Self { list: Array::new(), last: Array::new() };
        let Ok(()) = callback.emit(&mut items);
        items.list
    }
}

impl EventSink for Items {
    type Error = Infallible;

    fn begin(&mut self, id: u32, kind: &str) -> Result<(), Infallible> {
        self.last = Array::new();
        self.list.push_list(&self.last);
        self.last.push_number(id);
        self.text(kind)
    }

    #[inline(never)]
    fn text(&mut self, text: &str) -> Result<(), Infallible> {
        self.last.push_text(text);
        Ok(())
    }

    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.last.push_bytes(Uint8Array::copy(bytes));
        Ok(())
    }
}

//! Values of core as JavaScript values, and back.

use fapiao::ffi::{self, EventSink, Outgoing, Response, report};
use fapiao::{Error, Moment, Step};
use napi::bindgen_prelude::{Array, Uint8ArraySlice};
use napi::{Env, Status};

/// Throws an error of core as JSON, which the facade makes a class of.
pub(crate) fn thrown(env: Env, error: &Error) -> napi::Error {
    let pending = |()| napi::Error::from_status(Status::PendingException);
    env.throw(report::occurrence(error)).map_or_else(|failed| failed, pending)
}

/// What must not happen; the facade knows it by the status.
pub(crate) fn defect() -> napi::Error {
    napi::Error::from_reason("a defect in fapiao: please report it")
}

/// A moment of the host's.
pub(crate) fn moment(env: Env, now: i64, entropy: &[u8]) -> napi::Result<Moment> {
    Moment::new(now, entropy.try_into().map_err(|_| defect())?).map_err(|error| thrown(env, &error))
}

/// What a step gives: lists, each an id, a kind, and what belongs to it.
pub(crate) type Items<'env> = Vec<Array<'env>>;

pub(crate) fn items<'env>(env: &'env Env, step: &Step<Response, Outgoing>) -> napi::Result<Items<'env>> {
    let mut list = List { env, items: Vec::new() };
    ffi::emit(step, &mut list)?;
    Ok(list.items)
}

pub(crate) fn callback<'env>(env: &'env Env, callback: &ffi::Callback) -> napi::Result<Items<'env>> {
    let mut list = List { env, items: Vec::new() };
    callback.emit(&mut list)?;
    Ok(list.items)
}

struct List<'env> {
    env: &'env Env,
    items: Items<'env>,
}

impl EventSink for List<'_> {
    type Error = napi::Error;

    fn begin(&mut self, id: u32, kind: &str) -> napi::Result<()> {
        let mut item = self.env.create_array(0)?;
        item.insert(id)?;
        self.items.push(item);
        self.text(kind)
    }

    fn text(&mut self, text: &str) -> napi::Result<()> {
        self.items.last_mut().map_or(Ok(()), |item| item.insert(text))
    }

    /// Bytes that JavaScript owns: lending it memory of this side costs a finalizer, which is more than the copy.
    fn bytes(&mut self, bytes: &[u8]) -> napi::Result<()> {
        let bytes = Uint8ArraySlice::copy_from(self.env, bytes)?;
        self.items.last_mut().map_or(Ok(()), |item| item.insert(bytes))
    }
}

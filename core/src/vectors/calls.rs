//! Whole calls: payload to request, answer to JSON.

use super::fixtures::{bytes, caller, moment, text};
use super::{Case, Document, Outcome, answers, requests};
use crate::error::Result;
use crate::ffi::{Request, Response};
use crate::moment::Moment;
use crate::protocol::{Attachment, Pending};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub(super) fn run(document: &Document, case: &Case) -> Outcome {
    match case.kind.as_deref() {
        Some("request") => requests::run(document, case),
        Some("answer") => answers::run(document, case),
        _ => panic!("{}: neither request nor answer", case.id),
    }
}

/// What a user writes.
pub(super) fn prepare(call: &str, case: &Case) -> Result<Pending<Response>> {
    let given = case.given();
    prepare_at(call, case, moment(&given))
}

pub(super) fn prepare_at(call: &str, case: &Case, moment: Moment) -> Result<Pending<Response>> {
    #[derive(Deserialize)]
    struct Input<'a> {
        #[serde(borrow)]
        request: &'a RawValue,
    }
    let given = case.given();
    let input: Input<'_> = serde_json::from_str(case.input.get()).unwrap();
    let payload = input.request.get();
    let call = match given.get("attachment").map(attachment) {
        Some(file) => Request::with_file(call, payload, file),
        None => Request::new(call, payload),
    };
    caller(&given["caller"]).prepare(call, moment)
}

fn attachment(given: &Value) -> Attachment {
    Attachment::new(text(given, "filename"), text(given, "content_type"), bytes(given, "file").unwrap())
}

//! Which callbacks are believed, and what is answered.

use super::fixtures::{self, texts};
use super::{Case, Document, Outcome, Stop, same};
use crate::error::{Code, Error};
use crate::ffi::{Incoming, Receiver};
use serde_json::{Value, json};

pub(super) fn run(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let callers: Vec<_> = given["receivers"].as_array().into_iter().flatten().map(caller).collect();
    let receiver = Receiver::new(&callers)?;
    let headers = fixtures::pairs(&given["headers"]);
    let headers = headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    let callback = Incoming::new(200, headers, fixtures::bytes(&given, "body").unwrap_or_default())?;
    let callback = receiver.receive(&callback, given["now"].as_i64().unwrap());
    if callback.to_check().is_some() {
        return Err(Stop::NeedsBackEnd);
    }
    let report: Value = serde_json::from_str(&callback.report_for_floats()).unwrap();
    same("reception", &report["reception"], &case.stages["reception"])?;
    same("status", &report["answer"]["status"], &case.stages["status"])?;
    same("event", &report["event"], &case.stages["event"])?;
    refused(&report["error"])
}

fn caller(receiver: &Value) -> crate::ffi::Caller {
    let kind = receiver["merchant"].as_str().unwrap();
    let keys: Vec<_> = texts(&receiver["api_v3_keys"]).collect();
    let config = json!({
        "kind": kind, "mchid": receiver["mchid"], "serial_no": "1", "key": kind, "ring": receiver["ring"],
        "api_v3_key": keys,
    });
    fixtures::caller(&config)
}

pub(super) fn refused(error: &Value) -> Outcome {
    let Some(code) = error["code"].as_str() else { return Ok(()) };
    let code = Code::ALL.iter().find(|known| known.as_str() == code).unwrap();
    let error_at = Error::new(*code, error["message"].as_str().unwrap().to_owned());
    Err(Stop::Refused(match error["field"].as_str() {
        Some(field) => error_at.at(field.to_owned()),
        None => error_at,
    }))
}

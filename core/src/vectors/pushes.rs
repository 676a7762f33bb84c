//! Which pushes are believed, and what is answered.

use super::callbacks::refused;
use super::{Case, Document, Outcome, fixtures, same};
use crate::ffi::PushReceiver;
use serde_json::Value;

pub(super) fn run(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let receiver = PushReceiver::open(&given["receiver"].to_string())?;
    let query = given["query"].as_str().unwrap();
    let body = fixtures::bytes(&given, "body").unwrap_or_default();
    let report: Value = serde_json::from_str(&receiver.receive_for_floats(query, &body)).unwrap();
    same("reception", &report["reception"], &case.stages["reception"])?;
    same("status", &report["answer"]["status"], &case.stages["status"])?;
    for stage in ["event_type", "key", "event"] {
        same(stage, &report[stage], case.stages.get(stage).unwrap_or(&Value::Null))?;
    }
    if report["error"].is_null() {
        same("body", &report["answer"]["body"], &case.stages["body"])?;
    }
    refused(&report["error"])
}

//! Error answers of both systems.

use super::fixtures::{self, response, text};
use super::{Case, Document, Outcome, Stop, answers, same};
use crate::error::Error;
use crate::ffi::Request;
use serde_json::json;

pub(super) fn run(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let pay = text(&given, "system") == "pay";
    let (caller, call) = if pay {
        let caller = json!({ "kind": "direct", "mchid": "1900000001", "serial_no": "1", "key": "direct", "ring": [] });
        (caller, Request::new("query", r#"{"fapiao_apply_id":"1"}"#))
    } else {
        let caller = json!({ "kind": "account", "access_token": "t" });
        (caller, Request::new("get_pdf", r#"{"s_media_id":"1"}"#))
    };
    let pending = fixtures::caller(&caller).prepare(call, answers::moment())?;
    let response = response(&given).unwrap();
    let read = if pay { pending.claim(&response, 0).map(|_| ()) } else { pending.read_unsigned(&response).map(|_| ()) };
    let Err(error) = read else { return Ok(()) };
    said(&error, case)?;
    Err(Stop::Refused(error))
}

/// What the gateway said, stage by stage; a stage that is absent must be absent in the error.
fn said(error: &Error, case: &Case) -> Outcome {
    let Some(remote) = error.remote() else { return Err(Stop::Differs("nothing remote in the error".to_owned())) };
    let stage = |name: &str| case.stages[name].as_str().map(str::to_owned);
    same("remote_code", remote.code.clone(), stage("remote_code"))?;
    same("message", remote.message.clone(), stage("message"))?;
    same("field", remote.field.clone(), stage("field"))?;
    same("request_id", remote.request_id.clone(), stage("request_id"))?;
    same("request_id_tail", remote.request_id_tail(), case.stages["request_id_tail"].as_i64())
}

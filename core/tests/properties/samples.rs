//! Samples of every call, from the vectors by folder: a right request, and right answers.

use crate::fixtures::{account, component, direct, partner, sub_merchant};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::Attachment;
use fapiao::catalogue;
use fapiao::ffi::{Caller, Request};
use fapiao::schema::AnswerKind;
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;

/// A call with its samples.
pub(crate) struct Sample {
    pub(crate) call: &'static str,
    pub(crate) caller: Caller,
    payload: String,
    file: Option<Attachment>,
    /// The bodies of its right answers.
    pub(crate) answers: Vec<Value>,
}

impl Sample {
    pub(crate) fn request(&self) -> Request<'_> {
        let mut request = Request::new(self.call, &self.payload);
        request.file.clone_from(&self.file);
        request
    }
}

/// Every call of the list; one without vectors fails here.
pub(crate) static SAMPLES: LazyLock<Vec<Sample>> =
    LazyLock::new(|| catalogue::calls().map(|call| sample(call.name)).collect());

/// The calls that answer with JSON.
pub(crate) fn with_json() -> Vec<&'static Sample> {
    let is_json = |name: &str| matches!(catalogue::call(name).unwrap().answer, AnswerKind::Json(_));
    SAMPLES.iter().filter(|sample| is_json(sample.call)).collect()
}

fn sample(call: &'static str) -> Sample {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/vectors/calls/{call}.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{call} has no vectors"));
    let vectors: Value = serde_json::from_str(&text).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    let valid = |kind: &'static str| cases.iter().filter(move |case| case["kind"] == kind && case["result"] == "valid");
    let request = &valid("request").next().unwrap_or_else(|| panic!("{call} has no valid request"))["input"];
    let caller = match request["caller"]["kind"].as_str().unwrap() {
        "direct" => Caller::from(&direct()),
        "partner" => Caller::from(&partner()),
        "sub_merchant" => Caller::from(&sub_merchant()),
        "component" => Caller::from(&component()),
        _ => Caller::from(&account()),
    };
    let file = request.get("attachment").map(|file| {
        let text = |name: &str| file[name].as_str().map(str::to_owned);
        let bytes = text("file").map(String::into_bytes);
        let bytes = bytes.or_else(|| text("file_base64").map(|text| STANDARD.decode(text).unwrap())).unwrap();
        Attachment::new(text("filename").unwrap(), text("content_type").unwrap(), bytes)
    });
    let body = |case: &Value| serde_json::from_str(case["input"]["body"].as_str()?).ok();
    let answers = valid("answer").filter_map(body).collect();
    Sample { call, caller, payload: request["request"].to_string(), file, answers }
}

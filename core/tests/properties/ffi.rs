//! Calls by name, as other languages make them: any payload makes a request that arrives as it was signed, or is refused as input.

use crate::fixtures::{callers, moment, request};
use crate::payloads::{anything, payload, quoted, request_of};
use fapiao::catalogue;
use fapiao::ffi::Request;
use fapiao::schema::{Call, Layout};
use fapiao::{Code, Error};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::value::RawValue;
use std::cell::Cell;

fn cases(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// What a refused payload looks like: one of the caller's groups, one line, a field that names a place.
fn assert_is_refusal(error: &Error, payload: &str) {
    let code = error.code().as_str();
    assert!(["input.", "seal.", "download."].iter().any(|group| code.starts_with(group)), "{error}: {payload}");
    assert!(!error.message().chars().any(char::is_control), "{:?}: {payload}", error.message());
    assert!(error.message().len() < 400, "{:?}", error.message());
    let field = error.field().unwrap_or_default();
    assert!(field.is_empty() || field.starts_with('/') || field == "call" || field == "file", "{field:?}: {payload}");
    assert!(!field.chars().any(char::is_control) && field.len() < 400, "{field:?}");
}

/// Every byte of a target is unreserved, an upper-case `%XX`, or part of its structure.
fn assert_target_arrives_as_it_is(call: &Call, request: &http::Request<Vec<u8>>) {
    let target = request.uri().path_and_query().unwrap().as_str();
    // A download link stays as the gateway gave it.
    if call.layout.is_download() {
        return;
    }
    let mut rest = target.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = |byte: Option<u8>| byte.is_some_and(|byte| b"0123456789ABCDEF".contains(&byte));
            assert!(hex(rest.next()) && hex(rest.next()), "{target}");
        } else {
            assert!(byte.is_ascii_alphanumeric() || b"-._~/?=&".contains(&byte), "{target}");
        }
    }
    assert!(target.matches('?').count() <= 1, "{target}");
}

/// Tries a payload with every caller; how many took it.
fn try_callers(call: &'static Call, payload: &str) -> usize {
    let mut taken = 0;
    for caller in callers() {
        let made = caller.prepare(request_of(call, payload), moment()).and_then(|pending| {
            let message = pending.message().map(<[u8]>::to_vec).unwrap_or_default();
            Ok((message, request(pending)?))
        });
        match made {
            Ok((message, request)) => {
                taken += 1;
                assert_target_arrives_as_it_is(call, &request);
                assert_message_is_of(&message, &request);
                if matches!(call.layout, Layout::Json) && !request.body().is_empty() {
                    serde_json::from_slice::<&RawValue>(request.body()).unwrap();
                }
            }
            Err(error) => assert_is_refusal(&error, payload),
        }
    }
    taken
}

fn assert_message_is_of(message: &[u8], request: &http::Request<Vec<u8>>) {
    if !message.is_empty() {
        let mut lines = message.split(|byte| *byte == b'\n');
        assert_eq!(lines.next(), Some(request.method().as_str().as_bytes()));
        assert_eq!(lines.next(), Some(request.uri().path_and_query().unwrap().as_str().as_bytes()));
    }
}

#[test]
fn nearly_right_payloads_of_every_call_are_taken_or_refused_as_input() {
    for call in catalogue::calls() {
        for wrong in [0, 20, 200] {
            let taken = Cell::new(0);
            let each = |payload: String| {
                taken.set(taken.get() + try_callers(call, &payload));
                Ok(())
            };
            cases(150).run(&payload(call, wrong), each).unwrap();
            assert!(wrong != 0 || taken.get() > 30, "only {} payloads of {} were right", taken.get(), call.name);
        }
    }
}

#[cfg(feature = "_local-keys")]
#[test]
fn a_value_too_long_to_seal_is_named_by_its_place() {
    let buyer = |phone: &str| {
        format!(
            r#"{{"scene":"WITH_WECHATPAY","fapiao_apply_id":"1","buyer_information":{{"type":"INDIVIDUAL","name":"n","phone":"{phone}"}},"fapiao_information":[{{"fapiao_id":"1","total_amount":1,"items":[{{"tax_code":"1","quantity":1,"total_amount":1,"discount":false}}]}}]}}"#
        )
    };
    let issue = catalogue::call("issue").unwrap();
    assert_eq!(try_callers(issue, &buyer(&"1".repeat(214))), 2, "direct and sub-merchant");
    let payload = buyer(&"1".repeat(215));
    assert_eq!(try_callers(issue, &payload), 0);
    let refused = crate::fixtures::callers()[0].prepare(Request::new("issue", &payload), moment()).unwrap_err();
    assert_eq!((refused.code(), refused.field()), (Code::SealLength, Some("/buyer_information/phone")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_refused_as_input(text in "\\PC{0,100}", call in 0..catalogue::calls().count()) {
        let call = catalogue::calls().nth(call).unwrap();
        prop_assume!(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).is_err());
        prop_assert_eq!(try_callers(call, &text), 0);
    }

    #[test]
    fn any_json_is_refused_as_input(json in anything(), call in 0..catalogue::calls().count()) {
        try_callers(catalogue::calls().nth(call).unwrap(), &json);
    }

    #[test]
    fn any_name_of_a_call_is_refused_as_input(name in "[\\x00-\\x7f中]{0,200}") {
        prop_assume!(catalogue::call(&name).is_none());
        for caller in callers() {
            let error = caller.prepare(Request::new(&name, "{}"), moment()).unwrap_err();
            prop_assert_eq!(error.code(), Code::InputCall);
            assert_is_refusal(&error, &name);
        }
    }

    #[test]
    fn a_field_that_stands_twice_is_refused_in_one_line(name in "[\\x00-\\x7f中]{0,200}") {
        let name = quoted(&name);
        for call in catalogue::calls() {
            prop_assert_eq!(try_callers(call, &format!("{{{name}:1,{name}:2}}")), 0);
        }
    }
}

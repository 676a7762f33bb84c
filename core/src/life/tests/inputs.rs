//! What bad input gets.

use super::{APPLY, T, life, ready, with};
use crate::life::LifeConfig;
use serde_json::json;

#[test]
fn impossible_amounts_are_named() {
    let mut told = life("direct");
    for amount in [json!(0), json!(-1), json!(1.5), json!("1"), json!(null), json!(9_007_199_254_740_992_i64)] {
        assert_eq!(told.refuses(json!({"input": "order", "amount": amount})).0, "life.amount");
        let refund = json!({"input": "refund", "refund_id": "r", "state": "asked", "amount": amount});
        assert_eq!(told.refuses(refund).0, "life.amount");
    }
    assert_eq!(told.life.may_refund(0, T).unwrap_err().code().as_str(), "life.amount");
}

#[test]
fn refunds_beyond_the_order_are_shown_to_a_person() {
    let mut told = ready("direct");
    told.refund("a", 6_000, "paid");
    told.refund("b", 6_000, "asked");
    assert_eq!(told.next()[0], "person accounting");
}

#[test]
fn impossible_times_are_named_and_a_clock_that_jumped_is_shown_to_a_person() {
    let mut told = ready("direct");
    for now in [0, -1, i64::MAX] {
        let refused = told.life.take(r#"{"input":"buyer"}"#, now).unwrap_err();
        assert_eq!((refused.code().as_str(), refused.field()), ("life.time", Some("now")));
        assert_eq!(told.life.next(now).unwrap_err().code().as_str(), "life.time");
    }
    let mut told = with("direct", "ISSUE_ACCEPTED");
    told.after(50_000_000).query(&[("f1", "ISSUE_ACCEPTED", None)]);
    told.after(-50_000_000);
    assert_eq!(told.next()[0], "person operations");
    told.after(60).query(&[("f1", "ISSUED", None)]);
    assert_eq!(told.may_refund(1), "no", "a person has to look first");
}

#[test]
fn whatever_is_missing_or_wrong_is_named() {
    let mut told = life("direct");
    for (input, field) in [
        (json!({}), "input"),
        (json!({"input": "gossip"}), "input"),
        (json!({"input": "sent", "request": {}}), "call"),
        (json!({"input": "sent", "call": "issue"}), "request"),
        (
            json!({"input": "sent", "call": "issue", "request": {"fapiao_apply_id": APPLY}}),
            "request/fapiao_information",
        ),
        (
            json!({"input": "sent", "call": "issue", "request": {"fapiao_information": [{"fapiao_id": "f1"}]}}),
            "request/fapiao_apply_id",
        ),
        (
            json!({"input": "sent", "call": "reverse", "request": {"fapiao_apply_id": APPLY, "fapiao_information": [{"fapiao_id": "f 1"}]}}),
            "fapiao_id",
        ),
        (
            json!({"input": "sent", "call": "issue", "attempt": 0, "request": {"fapiao_apply_id": APPLY, "fapiao_information": [{"fapiao_id": "f1"}]}}),
            "attempt",
        ),
        (
            json!({"input": "failure", "call": "issue", "request": {"fapiao_apply_id": APPLY, "fapiao_information": [{"fapiao_id": "f1"}]}}),
            "decision/effect",
        ),
        (json!({"input": "answer", "call": "query", "request": {"fapiao_apply_id": APPLY}}), "answer"),
        (json!({"input": "event"}), "event"),
        (json!({"input": "event", "event": {}}), "event/resource"),
        (json!({"input": "refund", "amount": 1, "state": "asked"}), "refund_id"),
        (json!({"input": "refund", "refund_id": "r", "amount": 1}), "state"),
        (json!({"input": "saved", "fapiao_id": "f1", "status": "LOST"}), "status"),
        (json!({"input": "own_platform"}), "state"),
    ] {
        assert_eq!(told.refuses(input.clone()), ("life.input".to_owned(), field.to_owned()), "{input}");
    }
    let request = json!({"fapiao_apply_id": "another"});
    assert_eq!(told.refuses(json!({"input": "sent", "call": "query", "request": request})).0, "life.application");
    let request = json!({"fapiao_apply_id": APPLY, "sub_mchid": "1900000109"});
    assert_eq!(told.refuses(json!({"input": "sent", "call": "query", "request": request})).0, "life.merchant");
}

#[test]
fn a_wrong_configuration_is_named() {
    let good = json!({"way": "partner", "mchid": "1", "sub_mchid": "2", "fapiao_apply_id": "a"});
    assert!(LifeConfig::parse(&good.to_string()).is_ok());
    for (name, value) in [
        ("way", json!("G1")),
        ("way", json!(null)),
        ("mchid", json!("")),
        ("sub_mchid", json!(null)),
        ("fapiao_apply_id", json!("a b")),
        ("fapiao_apply_id", json!("a".repeat(33))),
        ("save_files", json!("yes")),
        ("colour", json!("red")),
    ] {
        let mut config = good.clone();
        config[name] = value;
        let error = LifeConfig::parse(&config.to_string()).unwrap_err();
        assert_eq!((error.code().as_str(), error.field()), ("input.config", Some(name)), "{config}");
    }
    assert_eq!(LifeConfig::parse("[]").unwrap_err().code().as_str(), "input.config");
    let direct = json!({"way": "direct", "mchid": "1", "sub_mchid": "2", "fapiao_apply_id": "a"});
    assert_eq!(LifeConfig::parse(&direct.to_string()).unwrap_err().field(), Some("sub_mchid"));
}

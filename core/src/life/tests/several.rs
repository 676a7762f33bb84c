//! Several invoices, reissue, split.

use super::{APPLY, ready, with};
use serde_json::json;

fn two(status: [&str; 2]) -> super::Told {
    let mut told = ready("direct");
    told.sent("f1 f2", 1);
    told.accepted("f1 f2", 1);
    told.after(20).query(&[("f1", status[0], None), ("f2", status[1], None)]);
    told
}

#[test]
fn some_of_several_reversed_is_partially_reversed_and_the_ids_left_are_reversed() {
    let mut told = two(["REVERSED", "ISSUED"]);
    assert_eq!(told.whole(), "PARTIALLY_REVERSED");
    told.refund("r", 10_000, "asked");
    let (call, request) = told.call();
    assert_eq!((call.as_str(), request["fapiao_information"].as_array().unwrap().len()), ("reverse", 1));
    assert_eq!(request["fapiao_information"][0]["fapiao_id"], "f2");
}

#[test]
fn the_whole_is_the_most_advanced_and_failed_only_if_all_are() {
    assert_eq!(two(["REVERSED", "REVERSED"]).whole(), "REVERSED");
    assert_eq!(two(["ISSUED", "ISSUE_ACCEPTED"]).whole(), "ISSUED");
    assert_eq!(two(["ISSUE_ACCEPTED", "ISSUE_ACCEPTED"]).whole(), "ISSUE_ACCEPTED");
    let mut told = with("partner_digital", "ISSUE_FAILED");
    assert_eq!(told.whole(), "ISSUE_FAILED");
    told.sent("f2", 1);
    told.accepted("f2", 1);
    assert_eq!(told.whole(), "ISSUE_ACCEPTED", "a failed id that another follows does not count");
}

#[test]
fn a_digital_invoice_is_reissued_after_reversed_in_the_same_application() {
    let mut told = with("partner_digital", "ISSUED");
    told.take(json!({"input": "take_back"}));
    told.take(json!({"input": "reissue"}));
    assert_eq!(told.next()[0], "call reverse");
    told.reverse("f1", 1);
    assert!(told.forbids("new_fapiao_id", None));
    told.after(60).query(&[("f1", "REVERSED", None)]);
    let (call, request) = told.call();
    assert_eq!((call.as_str(), &request["fapiao_apply_id"]), ("issue_general", &json!(APPLY)));
    assert_eq!(request["fapiao_information"]["fapiao_id"], format!("{APPLY}-1"));
}

#[test]
fn the_older_ways_reissue_on_the_callers_word_alone_and_a_refusal_is_final() {
    let mut told = with("direct", "REVERSED");
    assert_eq!(told.next(), ["person accounting"]);
    assert!(told.forbids("new_fapiao_id", None));
    told.after(5).take(json!({"input": "reissue"}));
    assert_eq!(told.next(), ["call issue"]);
    told.sent("f2", 1);
    told.failed("f2", 1, "no", "INVALID_REQUEST");
    assert_eq!(told.next(), ["person accounting"]);
}

#[test]
fn the_word_for_one_invoice_does_not_count_for_the_next() {
    let mut told = with("direct", "REVERSED");
    told.after(5).take(json!({"input": "reissue"}));
    told.sent("f2", 1);
    told.accepted("f2", 1);
    told.after(20).query(&[("f1", "REVERSED", None), ("f2", "ISSUED", None)]);
    told.after(20).query(&[("f1", "REVERSED", None), ("f2", "REVERSED", None)]);
    assert_eq!(told.next(), ["person accounting"]);
}

#[test]
fn an_own_platforms_order_is_not_inserted_again() {
    let mut told = ready("self_built");
    told.take(json!({"input": "own_platform", "state": "issued"}));
    told.query(&[("w1", "ISSUED", Some("INSERTED"))]);
    told.after(5).take(json!({"input": "own_platform", "state": "red"}));
    told.query(&[("w1", "ISSUED", Some("DISCARDED"))]);
    told.after(5).take(json!({"input": "own_platform", "state": "issued"}));
    assert_eq!(told.next(), ["end"], "the new file is delivered by other means");
}

#[test]
fn a_split_goes_into_one_call_of_five_invoices_at_most() {
    let mut told = ready("direct");
    let each = |n: i64| json!({"fapiao_id": format!("s{n}"), "total_amount": 2_000});
    told.after(1).take(json!({"input": "order", "amount": 10_000, "invoices": (1..=5).map(each).collect::<Vec<_>>()}));
    let (call, request) = told.call();
    assert_eq!((call.as_str(), request["fapiao_information"].as_array().unwrap().len()), ("issue", 5));
    let six = (1..=6).map(|n| json!({"fapiao_id": format!("s{n}"), "total_amount": 1})).collect::<Vec<_>>();
    let refused = told.refuses(json!({"input": "order", "amount": 10_000, "invoices": six}));
    assert_eq!(refused, ("life.input".to_owned(), "invoices".to_owned()));
    let refused = told.refuses(json!({"input": "order", "amount": 1_999, "invoices": [each(1)]}));
    assert_eq!(refused, ("life.amount".to_owned(), "invoices".to_owned()));
}

#[test]
fn a_second_live_digital_invoice_is_unproven_and_not_offered() {
    let mut told = ready("partner_digital");
    let invoices = json!([{"fapiao_id": "a", "total_amount": 1}, {"fapiao_id": "b", "total_amount": 1}]);
    assert_eq!(told.refuses(json!({"input": "order", "amount": 2, "invoices": invoices})).0, "life.input");
    let mut told = with("partner_digital", "ISSUED");
    told.after(1).take(json!({"input": "order", "amount": 20_000}));
    assert!(!told.next().contains(&"call issue_general".to_owned()), "half the order is invoiced");
}

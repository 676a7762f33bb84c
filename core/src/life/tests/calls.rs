//! The call is out.

use super::{APPLY, T, ready, with};
use serde_json::json;

#[test]
fn a_202_means_taken_in_and_nothing_more() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.accepted("f1", 1);
    assert_eq!((told.tax("f1"), told.whole()), ("ISSUE_ACCEPTED".to_owned(), "ISSUE_ACCEPTED".to_owned()));
    assert_eq!(told.next(), ["wait 10 query"]);
    assert_eq!(told.after(10).next(), ["call query"]);
    assert_eq!(told.may_refund(10_000), "not_now");
}

#[test]
fn a_202_lowers_nothing_that_an_event_has_raised() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.event("n1", "FAPIAO.ISSUED", &[("f1", "ISSUED", "INSERT_ACCEPTED")]);
    told.after(1).accepted("f1", 1);
    assert_eq!(told.tax("f1"), "ISSUED");
}

#[test]
fn an_unverified_202_and_a_timeout_are_unclear_and_asked_about_first() {
    for code in ["verify.signature", "send.lost", "SYSTEM_ERROR"] {
        let mut told = ready("direct");
        told.sent("f1", 1);
        told.failed("f1", 1, "unknown", code);
        assert_eq!(told.tax("f1"), "UNCLEAR", "{code}");
        assert_eq!(told.next(), ["call query"]);
        assert!(told.forbids("new_fapiao_id", None) && told.forbids("issue", Some("f1")));
        assert_eq!(told.may_refund(1), "not_now");
    }
}

#[test]
fn a_call_that_left_and_was_not_heard_of_is_unclear() {
    let mut told = ready("partner_digital");
    told.sent("f1", 1);
    assert_eq!((told.tax("f1"), told.next()), ("UNCLEAR".to_owned(), vec!["wait 10 query".to_owned()]));
    assert_eq!(told.may_refund(10_000), "not_now");
}

#[test]
fn not_found_once_is_reconciling_and_concludes_nothing() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.failed("f1", 1, "unknown", "send.lost");
    told.after(5).query_404();
    assert_eq!((told.tax("f1"), told.next()), ("RECONCILING".to_owned(), vec!["wait 355 query".to_owned()]));
    assert_eq!(told.deadline("not_found_is_final"), Some(T + 360));
    assert_eq!(told.may_refund(10_000), "not_now");
}

#[test]
fn not_found_long_after_the_last_send_allows_the_same_call_with_the_same_ids() {
    for found in [true, false] {
        let mut told = ready("direct");
        told.sent("f1", 1);
        told.failed("f1", 1, "unknown", "send.lost");
        told.after(360);
        if found {
            told.query(&[]);
        } else {
            told.query_404();
        }
        assert_eq!(told.tax("f1"), "REFUSED");
        let (call, request) = told.call();
        assert_eq!((call.as_str(), &request["fapiao_information"][0]["fapiao_id"]), ("issue", &json!("f1")));
        assert_eq!(told.may_refund(10_000), "yes", "it never happened, and will not");
    }
}

#[test]
fn a_filtered_query_proves_its_own_invoice_absent_alone() {
    let mut told = ready("direct");
    told.sent("f1 f2", 1);
    told.failed("f1 f2", 1, "unknown", "send.lost");
    told.after(400).fails(
        "query",
        json!({"fapiao_apply_id": APPLY, "fapiao_id": "f1"}),
        1,
        "no",
        "RESOURCE_NOT_EXISTS",
    );
    assert_eq!((told.tax("f1"), told.tax("f2")), ("REFUSED".to_owned(), "UNCLEAR".to_owned()));
    assert_eq!(told.may_refund(1), "not_now");
}

#[test]
fn a_lower_rate_means_later_with_the_same_ids() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.failed("f1", 1, "no", "FREQUENCY_LIMITED");
    let next = told.next();
    assert!(matches!(next.as_slice(), [wait] if wait.starts_with("wait") && wait.ends_with("issue")), "{next:?}");
    assert_eq!(told.call().1["fapiao_information"][0]["fapiao_id"], "f1");
}

#[test]
fn refused_at_the_door_is_mended_under_the_same_id() {
    for code in ["PARAM_ERROR", "INVALID_REQUEST", "SIGN_ERROR", "NO_AUTH"] {
        let mut told = ready("partner_digital");
        told.sent("f1", 1);
        told.failed("f1", 1, "no", code);
        assert_eq!(told.tax("f1"), "REFUSED");
        assert_eq!(told.next(), ["person operations", "wait 600 issue_general"], "{code}");
        assert_eq!(told.call().1["fapiao_information"]["fapiao_id"], "f1", "the id is not used up");
    }
}

#[test]
fn refused_after_an_earlier_unclear_is_asked_about_first() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.failed("f1", 1, "unknown", "send.lost");
    told.after(30).sent("f1", 2);
    told.failed("f1", 2, "no", "PARAM_ERROR");
    assert_eq!(told.tax("f1"), "UNCLEAR");
    assert_eq!(told.call().0, "query");
}

#[test]
fn an_id_that_exists_already_is_adopted_whatever_the_query_says() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.failed("f1", 1, "no", "RESOURCE_ALREADY_EXISTS");
    assert_eq!((told.tax("f1"), told.next()), ("UNCLEAR".to_owned(), vec!["call query".to_owned()]));
    told.after(5).query(&[("f1", "ISSUED", Some("INSERTED"))]);
    assert_eq!(told.tax("f1"), "ISSUED");
}

#[test]
fn a_card_that_is_gone_already_is_asked_about_and_discarded_is_done() {
    let mut told = ready("self_built");
    told.take(json!({"input": "own_platform", "state": "issued"}));
    told.query(&[("w1", "ISSUED", Some("INSERTED"))]);
    told.after(10).take(json!({"input": "own_platform", "state": "red"}));
    assert_eq!(told.next(), ["call consume_card"]);
    told.take(json!({"input": "sent", "call": "consume_card", "request": {}, "attempt": 1}));
    told.fails("consume_card", json!({}), 1, "no", "40127");
    assert_eq!(told.next(), ["call query"]);
    told.after(5).query(&[("w1", "ISSUED", Some("DISCARDED"))]);
    assert_eq!(told.next(), ["end"]);
}

#[test]
fn a_reversal_that_is_unclear_is_asked_about_first() {
    let mut told = with("direct", "ISSUED");
    told.after(5).take(json!({"input": "take_back"}));
    let request = json!({"fapiao_apply_id": APPLY, "fapiao_information": [{"fapiao_id": "f1"}]});
    told.take(json!({"input": "sent", "call": "reverse", "request": request, "attempt": 1}));
    told.fails("reverse", request.clone(), 1, "unknown", "send.lost");
    assert_eq!((told.tax("f1"), told.next()[0].as_str()), ("ISSUED".to_owned(), "call query"));
    assert!(told.forbids("reverse", Some("f1")));
    told.after(20).query(&[("f1", "ISSUED", None)]);
    assert_eq!(told.invoice("f1")["reverse"], "reconciling", "so soon ISSUED proves nothing");
    told.after(360).query(&[("f1", "ISSUED", None)]);
    assert_eq!(told.next()[0], "call reverse");
}

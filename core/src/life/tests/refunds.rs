//! Whether money may go back.

use super::{life, ready, with};
use serde_json::json;

#[test]
fn nothing_sent_yes_and_nothing_is_issued_afterwards() {
    let mut told = ready("direct");
    assert_eq!(told.may_refund(10_000), "yes");
    told.refund("r", 10_000, "asked");
    assert_eq!((told.may_refund(10_000), told.next()), ("yes".to_owned(), vec!["end".to_owned()]));
    told.event("n1", "FAPIAO.USER_APPLIED", &[]);
    assert_eq!(told.next(), ["end"], "a late event issues nothing");
    let mut told = ready("direct");
    told.take(json!({"input": "closed"}));
    assert_eq!(told.next(), ["end"]);
}

#[test]
fn without_the_orders_amount_no() {
    assert_eq!(life("direct").may_refund(1), "no");
}

#[test]
fn on_its_way_not_now() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    assert_eq!(told.may_refund(1), "not_now", "being sent");
    told.failed("f1", 1, "unknown", "send.lost");
    assert_eq!(told.may_refund(1), "not_now", "unclear");
    told.after(5).query_404();
    assert_eq!(told.may_refund(1), "not_now", "reconciling");
    for status in ["ISSUE_ACCEPTED", "REVERSE_ACCEPTED"] {
        assert_eq!(with("direct", status).may_refund(1), "not_now", "{status}");
    }
}

#[test]
fn every_id_failed_as_a_query_said_yes() {
    assert_eq!(with("partner_digital", "ISSUE_FAILED").may_refund(10_000), "yes");
}

#[test]
fn issued_with_or_without_a_card_and_reverse_failed_no() {
    for status in ["ISSUED", "REVERSE_FAILED"] {
        assert_eq!(with("partner_digital", status).may_refund(1), "no", "{status}");
    }
    let mut told = with("direct", "ISSUED");
    told.event("n1", "FAPIAO.CARD_INSERTED", &[("f1", "ISSUED", "INSERTED")]);
    assert_eq!(told.may_refund(1), "no");
}

#[test]
fn a_discarded_card_with_a_valid_invoice_no() {
    let mut told = with("direct", "ISSUED");
    told.query(&[("f1", "ISSUED", Some("DISCARDED"))]);
    assert_eq!(told.may_refund(1), "no");
}

#[test]
fn partially_reversed_as_much_as_the_reversed_ones_cover() {
    let mut told = ready("direct");
    told.sent("f1 f2", 1);
    told.accepted("f1 f2", 1);
    told.after(20).query(&[("f1", "REVERSED", None), ("f2", "ISSUED", None)]);
    assert_eq!((told.may_refund(5_000), told.may_refund(5_001)), ("yes".to_owned(), "no".to_owned()));
    assert_eq!(told.life.may_refund(10_000, told.now).unwrap().at_most, 5_000);
    told.refund("r", 5_000, "paid");
    assert_eq!(told.may_refund(1), "no");
}

#[test]
fn all_reversed_by_query_or_event_yes() {
    assert_eq!(with("direct", "REVERSED").may_refund(10_000), "yes");
    let mut told = with("direct", "ISSUED");
    told.event("n1", "FAPIAO.REVERSED", &[("f1", "REVERSED", "DISCARDED")]);
    assert_eq!((told.may_refund(10_000), told.may_refund(10_001)), ("yes".to_owned(), "no".to_owned()));
}

#[test]
fn a_part_refund_reverses_reissues_the_rest_and_refunds_the_difference() {
    let mut told = with("partner_digital", "ISSUED");
    told.refund("r", 3_000, "asked");
    assert_eq!((told.next()[0].as_str(), told.may_refund(3_000)), ("call reverse", "no".to_owned()));
    told.reverse("f1", 1);
    told.after(60).query(&[("f1", "REVERSED", None)]);
    assert_eq!(told.may_refund(3_000), "yes");
    let (call, request) = told.call();
    assert_eq!((call.as_str(), &request["fapiao_information"]["total_amount"]), ("issue_general", &json!(7_000)));
    told.sent("f2", 1);
    told.accepted("f2", 1);
    let shown = |id, status, amount| json!({"fapiao_id": id, "status": status, "total_amount": amount});
    let answer = json!({"total_count": 2, "fapiao_information": [shown("f1", "REVERSED", 10_000), shown("f2", "ISSUED", 7_000)]});
    let request = json!({"fapiao_apply_id": super::APPLY});
    told.after(20).take(json!({"input": "answer", "call": "query", "request": request, "answer": answer}));
    assert_eq!((told.may_refund(3_000), told.may_refund(3_001)), ("yes".to_owned(), "no".to_owned()));
    told.refund("r", 3_000, "paid");
    assert_eq!(told.may_refund(1), "no", "what is left is invoiced");
}

#[test]
fn an_own_platforms_invoice_only_with_its_red_one() {
    let mut told = ready("self_built");
    assert_eq!(told.may_refund(10_000), "yes", "nothing was issued");
    told.take(json!({"input": "own_platform", "state": "issued"}));
    told.query(&[("w1", "ISSUED", Some("INSERTED"))]);
    told.event("n1", "FAPIAO.CARD_DISCARDED", &[("w1", "REVERSED", "DISCARDED")]);
    assert_eq!(told.may_refund(1), "no", "the card proves nothing");
    told.refund("r", 10_000, "asked");
    assert_eq!(told.next(), ["person own_platform"]);
    told.after(5).take(json!({"input": "own_platform", "state": "red"}));
    assert_eq!(told.may_refund(10_000), "yes");
    told.after(5).take(json!({"input": "own_platform", "state": "issued"}));
    assert_eq!(told.may_refund(1), "no", "it was issued again");
}

#[test]
fn money_that_went_back_already_reverses_now_and_reports_the_gap() {
    let mut told = with("partner_digital", "ISSUED");
    told.refund("r", 10_000, "paid");
    assert_eq!(told.next()[..2], ["person accounting", "call reverse"]);
    assert_eq!(told.call().1["reverse_reason"], "SALES_RETURN");
}

#[test]
fn a_cancelled_refund_counts_for_nothing() {
    let mut told = with("direct", "ISSUED");
    told.refund("r", 10_000, "asked");
    assert_eq!(told.next()[0], "call reverse");
    told.after(1).refund("r", 10_000, "cancelled");
    assert!(!told.next().contains(&"call reverse".to_owned()));
}

#[test]
fn what_was_asked_back_before_the_invoice_was_sent_is_not_on_it() {
    let mut told = ready("partner_digital");
    told.refund("r", 3_000, "asked");
    told.after(1);
    let id = told.call().1["fapiao_information"]["fapiao_id"].as_str().unwrap().to_owned();
    let request =
        json!({"fapiao_apply_id": super::APPLY, "fapiao_information": {"fapiao_id": id, "total_amount": 7_000}});
    told.take(json!({"input": "sent", "call": "issue_general", "request": request, "attempt": 1}));
    told.event("n1", "FAPIAO.ISSUED", &[(&id, "ISSUED", "")]);
    assert_eq!((told.may_refund(3_000), told.may_refund(3_001)), ("yes".to_owned(), "no".to_owned()));
}

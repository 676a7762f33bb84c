//! Events: late, twice, out of order.

use super::{ready, with};
use serde_json::json;

fn sent(way: &str) -> super::Told {
    let mut told = ready(way);
    told.sent("f1", 1);
    told.accepted("f1", 1);
    told.after(5);
    told
}

#[test]
fn an_id_seen_before_has_no_effect() {
    let mut told = sent("direct");
    assert!(told.event("n1", "FAPIAO.ISSUED", &[("f1", "ISSUED", "INSERTED")]));
    assert!(!told.after(60).event("n1", "FAPIAO.ISSUED", &[("f1", "ISSUED", "INSERTED")]));
}

#[test]
fn another_merchants_event_has_no_effect_and_is_named() {
    let mut told = sent("partner_digital");
    for (mchid, sub) in [("1900000002", "1900000109"), ("1900000001", "1900000110"), ("1900000001", "")] {
        let resource = json!({"mchid": mchid, "sub_mchid": sub, "fapiao_apply_id": super::APPLY});
        let event = json!({"id": "n1", "event_type": "FAPIAO.REVERSED", "resource": resource});
        assert_eq!(told.refuses(json!({"input": "event", "event": event})).0, "life.merchant");
    }
}

#[test]
fn an_unknown_applications_event_is_not_taken_in_and_named_so_that_it_can_be_stored() {
    let mut told = sent("direct");
    let resource = json!({"mchid": "1900000001", "fapiao_apply_id": "another"});
    let event = json!({"id": "n1", "event_type": "FAPIAO.ISSUED", "resource": resource});
    assert_eq!(told.refuses(json!({"input": "event", "event": event})).0, "life.application");
}

#[test]
fn the_name_of_an_event_decides_over_an_older_status_inside() {
    let mut told = with("direct", "ISSUED");
    told.event("n1", "FAPIAO.REVERSED", &[("f1", "ISSUED", "INSERTED")]);
    assert_eq!(told.tax("f1"), "REVERSED");
    told.after(5).event("n2", "FAPIAO.CARD_DISCARDED", &[("f1", "ISSUE_ACCEPTED", "INSERTED")]);
    assert_eq!((told.tax("f1"), told.card("f1")), ("REVERSED".to_owned(), "DISCARDED".to_owned()));
}

#[test]
fn of_several_invoices_those_whose_status_inside_disagrees_are_asked_about() {
    let mut told = ready("direct");
    told.sent("f1 f2", 1);
    told.accepted("f1 f2", 1);
    told.after(20).query(&[("f1", "ISSUED", None), ("f2", "ISSUED", None)]);
    told.after(100).event("n1", "FAPIAO.REVERSED", &[("f1", "REVERSED", "DISCARDED"), ("f2", "ISSUED", "INSERTED")]);
    assert_eq!((told.tax("f1"), told.tax("f2")), ("REVERSED".to_owned(), "ISSUED".to_owned()));
    assert_eq!((told.next()[0].as_str(), told.may_refund(10_000)), ("call query", "not_now".to_owned()));
}

#[test]
fn issued_before_the_202_is_issued_and_the_202_changes_nothing() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.event("n1", "FAPIAO.ISSUED", &[("f1", "ISSUED", "INSERT_ACCEPTED")]);
    assert_eq!(told.tax("f1"), "ISSUED");
    told.accepted("f1", 1);
    assert_eq!(told.tax("f1"), "ISSUED");
}

#[test]
fn an_empty_list_means_the_one_invoice_there_is() {
    let mut told = sent("direct");
    told.event("n1", "FAPIAO.ISSUED", &[]);
    assert_eq!(told.tax("f1"), "ISSUED");
}

#[test]
fn an_empty_list_marks_none_of_several() {
    let mut told = ready("direct");
    told.sent("f1 f2", 1);
    told.accepted("f1 f2", 1);
    told.after(20).query(&[("f1", "ISSUED", None), ("f2", "ISSUED", None)]);
    told.after(60).event("n1", "FAPIAO.REVERSED", &[]);
    assert_eq!((told.tax("f1"), told.tax("f2")), ("ISSUED".to_owned(), "ISSUED".to_owned()));
    assert_eq!((told.next()[0].as_str(), told.may_refund(1)), ("call query", "not_now".to_owned()));
    told.after(1).query(&[("f1", "REVERSED", None), ("f2", "REVERSED", None)]);
    assert_eq!((told.whole(), told.may_refund(10_000)), ("REVERSED".to_owned(), "yes".to_owned()));
}

#[test]
fn a_late_issued_resurrects_nothing() {
    for status in ["REVERSE_ACCEPTED", "REVERSED"] {
        let mut told = with("direct", status);
        told.after(500).event("n1", "FAPIAO.ISSUED", &[("f1", "ISSUED", "INSERTED")]);
        assert_eq!(told.tax("f1"), status);
    }
}

#[test]
fn a_late_card_inserted_leaves_a_reversed_invoice_reversed() {
    let mut told = with("direct", "REVERSED");
    told.event("n1", "FAPIAO.CARD_DISCARDED", &[("f1", "REVERSED", "DISCARDED")]);
    told.after(60).event("n2", "FAPIAO.CARD_INSERTED", &[("f1", "ISSUED", "INSERTED")]);
    assert_eq!((told.tax("f1"), told.card("f1")), ("REVERSED".to_owned(), "DISCARDED".to_owned()));
    told.after(1_000).query(&[("f1", "REVERSED", Some("INSERTED"))]);
    assert_eq!(told.card("f1"), "INSERTED", "a query tells about the card");
}

#[test]
fn card_discarded_without_reversed_moves_the_card_alone() {
    let mut told = with("direct", "ISSUED");
    told.event("n1", "FAPIAO.CARD_DISCARDED", &[("f1", "ISSUED", "INSERTED")]);
    assert_eq!((told.tax("f1"), told.card("f1")), ("ISSUED".to_owned(), "DISCARDED".to_owned()));
}

#[test]
fn an_unknown_event_is_kept_and_moves_nothing() {
    let mut told = with("direct", "ISSUED");
    assert!(told.event("n1", "FAPIAO.SOLD", &[("f1", "REVERSED", "DISCARDED")]));
    assert_eq!((told.tax("f1"), told.card("f1")), ("ISSUED".to_owned(), "none".to_owned()));
}

#[test]
fn no_event_means_failed_and_failure_is_seen_by_a_query() {
    let mut told = sent("partner_digital");
    told.event("n1", "FAPIAO.ISSUE_FAILED", &[("f1", "ISSUE_FAILED", "")]);
    assert_eq!(told.tax("f1"), "ISSUE_ACCEPTED");
    told.after(5).query(&[("f1", "ISSUE_FAILED", None)]);
    assert_eq!(told.tax("f1"), "ISSUE_FAILED");
}

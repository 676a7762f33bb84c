//! What is kept, and who wins.

use super::{APPLY, T, ready, with};
use crate::life::LifeStep;
use serde_json::json;

#[test]
fn a_card_step_never_moves_the_tax_track() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.accepted("f1", 1);
    told.event("n1", "FAPIAO.CARD_INSERTED", &[("f1", "ISSUED", "INSERTED")]);
    assert_eq!((told.tax("f1"), told.card("f1")), ("ISSUE_ACCEPTED".to_owned(), "INSERTED".to_owned()));
}

#[test]
fn a_query_outweighs_an_event_and_an_event_what_was_assumed() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    told.accepted("f1", 1);
    assert_eq!(told.tax("f1"), "ISSUE_ACCEPTED", "assumed");
    told.event("n1", "FAPIAO.REVERSED", &[("f1", "REVERSED", "")]);
    assert_eq!(told.tax("f1"), "REVERSED", "by the event");
    told.after(1_000).query(&[("f1", "ISSUED", None)]);
    assert_eq!(told.tax("f1"), "ISSUED", "by the query");
}

#[test]
fn ranks_only_rise_within_the_time_a_query_may_lag() {
    let order = ["ISSUE_ACCEPTED", "ISSUED", "REVERSE_ACCEPTED", "REVERSED"];
    for (at, high) in order.iter().enumerate() {
        for low in &order[..at] {
            let mut told = with("direct", high);
            told.after(300).query(&[("f1", low, None)]);
            assert_eq!(told.tax("f1"), *high, "after {low}");
        }
    }
    let cards = ["INSERT_ACCEPTED", "INSERTED", "DISCARD_ACCEPTED", "DISCARDED"];
    for (at, high) in cards.iter().enumerate() {
        for low in &cards[..at] {
            let mut told = with("direct", "ISSUED");
            told.query(&[("f1", "ISSUED", Some(high))]);
            told.after(300).query(&[("f1", "ISSUED", Some(low))]);
            assert_eq!(told.card("f1"), *high, "after {low}");
        }
    }
}

#[test]
fn all_ids_ever_used_are_kept_and_none_is_offered_again() {
    let mut told = ready("partner_digital");
    told.sent(&format!("{APPLY}-1"), 1);
    told.accepted(&format!("{APPLY}-1"), 1);
    told.after(20).query(&[(&format!("{APPLY}-1"), "ISSUE_FAILED", None)]);
    assert_eq!(told.call().1["fapiao_information"]["fapiao_id"], format!("{APPLY}-2"));
}

#[test]
fn two_workers_who_ask_at_once_are_given_the_same_id() {
    assert_eq!(ready("direct").call(), ready("direct").call());
}

#[test]
fn what_a_call_left_in_doubt_is_kept_with_it() {
    let mut told = ready("direct");
    let request =
        json!({"fapiao_apply_id": APPLY, "fapiao_information": [{"fapiao_id": "f1", "total_amount": 10_000}]});
    told.take(json!({"input": "sent", "call": "issue", "request": request, "in_doubt": "doubt"}));
    assert!(told.life.to_text().contains(r#""in_doubt":["#));
    let given = |told: &super::Told| match told.life.next(told.now).unwrap().remove(0) {
        LifeStep::Call(call) => (call.call, call.in_doubt, call.attempt),
        other => panic!("{other:?}"),
    };
    told.after(400).query_404();
    assert_eq!(given(&told), ("issue".to_owned(), Some("doubt".to_owned()), Some(2)));
    told.refund("r", 3_000, "asked");
    assert_eq!(given(&told), ("issue".to_owned(), None, Some(2)), "another amount is another content");
}

#[test]
fn the_links_of_the_account_side_have_their_deadline() {
    let mut told = ready("direct");
    told.take(
        json!({"input": "answer", "call": "get_pdf", "request": {"s_media_id": "1"}, "answer": {"pdf_url": "x"}}),
    );
    assert_eq!(told.deadline("pdf_url"), Some(T + 7_200));
}

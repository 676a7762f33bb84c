//! The tax track and the card track.

use super::{APPLY, T, ready, with};
use serde_json::json;

#[test]
fn issue_accepted_asks_and_waits_and_never_reverses_refunds_or_issues_again() {
    let told = with("direct", "ISSUE_ACCEPTED");
    assert_eq!(told.next(), ["wait 10 query"]);
    assert!(told.forbids("reverse", Some("f1")) && told.forbids("refund", None) && told.forbids("new_fapiao_id", None));
}

#[test]
fn issue_failed_takes_a_new_id_in_the_same_application() {
    let mut told = with("partner_digital", "ISSUE_FAILED");
    let (call, request) = told.call();
    assert_eq!(call, "issue_general");
    assert_eq!(request["fapiao_apply_id"], APPLY);
    assert_eq!(request["fapiao_information"], json!({"fapiao_id": format!("{APPLY}-1"), "total_amount": 10_000}));
    assert!(told.forbids("issue_general", Some("f1")), "the failed id is not used again");
    assert_eq!(told.may_refund(10_000), "yes", "confirmed by a query");
    told.sent(&format!("{APPLY}-1"), 1);
    assert_eq!(told.may_refund(10_000), "not_now");
}

#[test]
fn issue_failed_stops_at_five_ids() {
    let mut told = ready("partner_digital");
    for id in ["a", "b", "c", "d", "e"] {
        told.sent(id, 1);
        told.accepted(id, 1);
        told.after(60);
    }
    told.query(&["a", "b", "c", "d", "e"].map(|id| (id, "ISSUE_FAILED", None)));
    assert_eq!(told.next(), ["person accounting"]);
    assert!(told.forbids("new_fapiao_id", None));
}

#[test]
fn issue_failed_of_a_kind_that_does_not_know_it_goes_to_a_person() {
    assert_eq!(with("direct", "ISSUE_FAILED").next(), ["person accounting"]);
}

#[test]
fn issued_serves_its_file_for_a_year_and_is_never_issued_twice() {
    let mut told = with("direct", "ISSUED");
    assert_eq!(told.next(), ["wait 10 query", "call fapiao_files"], "the card, and the file");
    assert!(told.forbids("new_fapiao_id", None) && told.forbids("issue", Some("f1")));
    let year = 365 * 86_400;
    assert_eq!(told.deadline("file_window"), Some(T + 20 + year));
    told.after(year);
    assert_eq!(told.next(), ["end"], "after a year no file is served");
    let mut told = with("direct", "ISSUED");
    let request = json!({"fapiao_apply_id": APPLY, "fapiao_id": "f1"});
    let answer =
        json!({"fapiao_download_info_list": [{"fapiao_id": "f1", "status": "ISSUED", "download_url": "https://x"}]});
    told.take(json!({"input": "answer", "call": "fapiao_files", "request": request, "answer": answer}));
    assert_eq!(told.deadline("download_link"), Some(told.now + 30));
    told.take(json!({"input": "saved", "fapiao_id": "f1"}));
    told.after(86_400);
    assert_eq!(told.next(), ["end"]);
}

#[test]
fn reverse_accepted_waits_and_neither_refunds_nor_reissues() {
    let mut told = with("partner_digital", "ISSUED");
    told.refund("r", 10_000, "asked");
    assert_eq!(told.next()[0], "call reverse");
    assert_eq!(told.call().1["reverse_reason"], "SALES_RETURN");
    assert_eq!(told.call().1["fapiao_information"][0]["fapiao_number"], "24312000000012345678");
    told.reverse("f1", 1);
    assert_eq!((told.tax("f1"), told.next()[0].as_str()), ("REVERSE_ACCEPTED".to_owned(), "wait 10 query"));
    assert_eq!(told.may_refund(10_000), "not_now");
    assert!(told.forbids("new_fapiao_id", None) && told.forbids("reverse", Some("f1")));
}

#[test]
fn reverse_failed_is_tried_again_under_the_same_id_five_minutes_later() {
    let mut told = with("partner_digital", "ISSUED");
    told.refund("r", 10_000, "asked");
    told.reverse("f1", 1);
    told.after(60).query(&[("f1", "REVERSE_FAILED", None)]);
    assert_eq!((told.tax("f1"), told.next()[0].as_str()), ("REVERSE_FAILED".to_owned(), "wait 240 reverse"));
    assert_eq!(told.deadline("reverse_again"), Some(T + 320));
    assert!(told.forbids("reverse", Some("f1")) && told.forbids("new_fapiao_id", None));
    assert_eq!(told.may_refund(1), "no");
    told.after(240);
    let (call, request) = told.call();
    assert_eq!((call.as_str(), &request["fapiao_information"][0]["fapiao_id"]), ("reverse", &json!("f1")));
    assert!(request.get("reverse_reason").is_none(), "a new reason is the program's to give");
    assert!(!told.forbids("reverse", Some("f1")));
}

#[test]
fn a_query_may_lower_reverse_failed_to_reverse_accepted_on_a_retry() {
    let mut told = with("partner_digital", "REVERSE_FAILED");
    told.after(400).reverse("f1", 2);
    assert_eq!(told.tax("f1"), "REVERSE_ACCEPTED");
    told.after(10).query(&[("f1", "REVERSE_ACCEPTED", None)]);
    assert_eq!(told.tax("f1"), "REVERSE_ACCEPTED");
}

#[test]
fn reversed_is_the_end_and_no_event_leads_back() {
    let mut told = with("partner_digital", "REVERSED");
    for name in ["FAPIAO.ISSUED", "FAPIAO.CARD_INSERTED", "FAPIAO.USER_APPLIED"] {
        told.after(1_000).event(name, name, &[("f1", "ISSUED", "INSERTED")]);
        assert_eq!(told.tax("f1"), "REVERSED");
    }
    assert!(told.forbids("reverse", Some("f1")) && told.forbids("issue_general", Some("f1")));
    assert!(told.next().iter().any(|step| step.ends_with("fapiao_files")), "the red file");
    let told = with("direct", "REVERSED");
    assert!(told.forbids("fapiao_files", Some("f1")), "no file in the older ways");
}

#[test]
fn reversed_without_any_reverse_accepted_is_believed() {
    let mut told = with("direct", "ISSUED");
    told.after(50).event("n1", "FAPIAO.REVERSED", &[("f1", "REVERSED", "DISCARDED")]);
    assert_eq!((told.tax("f1"), told.whole()), ("REVERSED".to_owned(), "REVERSED".to_owned()));
    assert_eq!(told.next(), ["person accounting"], "somebody reversed it elsewhere, and nothing says what for");
}

#[test]
fn a_query_that_shows_less_much_later_is_a_contradiction_that_a_person_looks_at() {
    let mut told = with("direct", "REVERSED");
    assert_eq!(told.may_refund(10_000), "yes");
    told.after(30).query(&[("f1", "ISSUED", None)]);
    assert_eq!(told.tax("f1"), "REVERSED", "so soon it is an older answer");
    told.after(400).query(&[("f1", "ISSUED", None)]);
    assert_eq!((told.tax("f1"), told.invoice("f1")["lowered_from"].as_str()), ("ISSUED".to_owned(), Some("REVERSED")));
    assert_eq!((told.next()[0].as_str(), told.may_refund(10_000)), ("person accounting", "no".to_owned()));
    assert!(told.forbids("new_fapiao_id", None));
}

#[test]
fn failed_and_issued_of_one_invoice_is_a_contradiction_without_a_second_one() {
    let mut told = with("partner_digital", "ISSUED");
    told.after(1_000).query(&[("f1", "ISSUE_FAILED", None)]);
    assert_eq!(told.next()[0], "person accounting");
    assert!(!told.next().iter().any(|step| step.ends_with("issue_general")));
    assert_eq!(told.may_refund(10_000), "no");
}

#[test]
fn stuck_is_asked_about_with_growing_gaps_and_shown_to_a_person_after_a_day() {
    let mut told = with("direct", "ISSUE_ACCEPTED");
    let mut gaps = Vec::new();
    while !told.next().contains(&"person operations".to_owned()) {
        let step = told.next().remove(0);
        let wait: i64 = step.split(' ').nth(1).and_then(|wait| wait.parse().ok()).unwrap_or(0);
        gaps.push(wait);
        told.after(wait).query(&[("f1", "ISSUE_ACCEPTED", None)]);
    }
    assert_eq!(gaps[..6], [10, 30, 120, 600, 1_800, 1_800]);
    assert_eq!(told.deadline("events_end"), Some(T + 20 + 86_640));
    assert!(told.forbids("new_fapiao_id", None), "being stuck is never answered with a new id");
}

#[test]
fn an_unknown_status_is_kept_and_shown_and_moves_nothing() {
    let mut told = with("direct", "ISSUED");
    told.after(1_000).query(&[("f1", "ON_THE_MOON", Some("LOST"))]);
    assert_eq!(told.tax("f1"), "ISSUED");
    assert_eq!(told.invoice("f1")["unknown_statuses"], json!(["ON_THE_MOON"]));
    let told = with("direct", "ON_THE_MOON");
    assert_eq!(told.tax("f1"), "ISSUE_ACCEPTED", "it is there, that is all that is known");
}

#[test]
fn insert_accepted_does_not_wait_for_the_card_without_an_end() {
    let mut told = with("direct", "ISSUED");
    told.take(json!({"input": "saved", "fapiao_id": "f1"}));
    told.query(&[("f1", "ISSUED", Some("INSERT_ACCEPTED"))]);
    assert_eq!((told.whole(), told.next()), ("ISSUED".to_owned(), vec!["wait 10 query".to_owned()]));
    assert_eq!(told.after(86_400).next(), ["end"]);
}

#[test]
fn a_discarded_card_says_nothing_about_the_invoice() {
    let mut told = with("direct", "ISSUED");
    told.event("n1", "FAPIAO.CARD_DISCARDED", &[("f1", "ISSUED", "DISCARDED")]);
    assert_eq!((told.tax("f1"), told.card("f1")), ("ISSUED".to_owned(), "DISCARDED".to_owned()));
    assert_eq!((told.may_refund(10_000), told.whole()), ("no".to_owned(), "ISSUED".to_owned()));
}

#[test]
fn the_own_platforms_card_is_inserted_once_and_what_the_query_says_is_shown() {
    let mut told = ready("self_built");
    assert_eq!(told.next(), ["person own_platform"]);
    told.take(json!({"input": "own_platform", "state": "issued"}));
    assert_eq!(told.next(), ["call upload_file"]);
    told.take(json!({"input": "answer", "call": "upload_file", "request": {}, "answer": {"fapiao_media_id": "m"}}));
    assert_eq!((told.next(), told.deadline("upload")), (vec!["call insert_cards".to_owned()], Some(T + 3 * 86_400)));
    let request = json!({"fapiao_apply_id": APPLY});
    told.take(json!({"input": "sent", "call": "insert_cards", "request": request}));
    told.take(json!({"input": "answer", "call": "insert_cards", "request": request}));
    assert_eq!(told.next(), ["wait 10 query"]);
    assert!(told.forbids("insert_cards", None) && told.forbids("reverse", None));
    told.after(10).event("n1", "FAPIAO.CARD_INSERTED", &[("w1", "", "INSERTED")]);
    assert_eq!((told.card("w1"), told.next()), ("INSERTED".to_owned(), vec!["end".to_owned()]));
    told.after(1_000).query(&[("w1", "ISSUED", Some("DISCARDED"))]);
    assert_eq!(told.card("w1"), "DISCARDED");
    assert!(!told.next().contains(&"call insert_cards".to_owned()), "an order is inserted once");
}

#[test]
fn an_uploaded_file_is_uploaded_again_after_three_days() {
    let mut told = ready("self_built");
    told.take(json!({"input": "own_platform", "state": "issued"}));
    told.take(json!({"input": "answer", "call": "upload_file", "request": {}, "answer": {"fapiao_media_id": "m"}}));
    assert_eq!(told.after(3 * 86_400).next(), ["call upload_file"]);
}

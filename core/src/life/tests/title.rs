//! The title track.

use super::{APPLY, T, life, ready, with};
use serde_json::json;

fn linked() -> super::Told {
    let mut told = life("direct");
    told.take(json!({"input": "order", "amount": 10_000}));
    let request = json!({"fapiao_apply_id": APPLY});
    told.take(
        json!({"input": "answer", "call": "title_url", "request": request, "answer": {"title_url": "https://x"}}),
    );
    told
}

#[test]
fn none_allows_the_link_and_not_issuing_without_buyer_data() {
    let mut told = life("direct");
    assert_eq!(told.next(), ["person operations"], "the amount of the order is not known");
    told.take(json!({"input": "order", "amount": 10_000}));
    assert_eq!(told.state()["title"], "none");
    assert_eq!(told.next(), ["call title_url"]);
    assert!(told.forbids("issue", None));
}

#[test]
fn none_waits_for_the_title_where_the_entrance_on_the_bill_was_shown() {
    let mut told = life("partner_digital");
    told.take(json!({"input": "order", "amount": 10_000}));
    told.take(json!({"input": "entrance"}));
    assert_eq!(told.next(), ["wait 10 user_title"]);
    assert_eq!(told.after(10).next(), ["call user_title"]);
    assert_eq!(told.call().1, json!({"fapiao_apply_id": APPLY, "scene": "WITH_WECHATPAY"}));
}

#[test]
fn a_link_lives_thirty_minutes_and_comes_again_under_the_same_application() {
    let mut told = linked();
    assert_eq!(told.state()["title"], "link_out");
    assert_eq!(told.deadline("title_link"), Some(T + 1_800));
    assert_eq!(told.next(), ["wait 10 user_title"]);
    told.after(1_799).fails("user_title", json!({"fapiao_apply_id": APPLY}), 1, "no", "RESOURCE_NOT_EXISTS");
    assert_eq!(told.next(), ["wait 1 title_url"]);
    told.after(1);
    assert_eq!(told.call(), ("title_url".to_owned(), json!({"fapiao_apply_id": APPLY})));
    assert!(told.forbids("new_fapiao_apply_id", None));
}

#[test]
fn a_title_not_found_means_not_yet() {
    let mut told = linked();
    told.after(10).fails("user_title", json!({"fapiao_apply_id": APPLY}), 1, "no", "RESOURCE_NOT_EXISTS");
    assert_eq!(told.state()["title"], "link_out");
    assert_eq!(told.next(), ["wait 30 user_title"]);
}

#[test]
fn filled_reads_the_title_which_the_event_does_not_carry_and_then_issues() {
    let mut told = linked();
    told.event("n1", "FAPIAO.USER_APPLIED", &[]);
    assert_eq!((told.state()["title"].as_str(), told.next()), (Some("filled"), vec!["call user_title".to_owned()]));
    let request = json!({"fapiao_apply_id": APPLY, "scene": "WITH_WECHATPAY"});
    told.take(json!({"input": "answer", "call": "user_title", "request": request, "answer": {"type": "INDIVIDUAL"}}));
    assert_eq!(told.next(), ["call issue"]);
}

#[test]
fn filled_by_the_answer_alone_issues_too() {
    let mut told = linked();
    let request = json!({"fapiao_apply_id": APPLY, "scene": "WITH_WECHATPAY"});
    told.take(json!({"input": "answer", "call": "user_title", "request": request, "answer": {"type": "INDIVIDUAL"}}));
    assert_eq!((told.state()["title"].as_str(), told.next()), (Some("filled"), vec!["call issue".to_owned()]));
}

#[test]
fn an_event_that_comes_twice_issues_once() {
    let mut told = linked();
    assert!(told.event("n1", "FAPIAO.USER_APPLIED", &[]));
    let before = told.life.clone();
    assert!(!told.after(3_600).event("n1", "FAPIAO.USER_APPLIED", &[]));
    assert_eq!(told.life, before);
}

#[test]
fn a_late_user_applied_leads_nobody_back_to_filled() {
    let mut told = ready("direct");
    told.sent("f1", 1);
    let before = (told.state()["title"].clone(), told.next());
    assert_eq!(before.0, "sent");
    told.event("n1", "FAPIAO.USER_APPLIED", &[]);
    assert_eq!((told.state()["title"].clone(), told.next()), before);
}

#[test]
fn a_title_changed_after_the_call_is_out_issues_no_second_invoice() {
    let mut told = with("partner_digital", "ISSUED");
    told.event("n9", "FAPIAO.USER_APPLIED", &[]);
    assert!(!told.next().contains(&"call issue_general".to_owned()));
    assert!(told.forbids("new_fapiao_id", None));
}

//! Taking invoices back.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    client::Caller,
    orders::{files, invoices, issue, issue_general, post_general, post_issue, post_reverse, query, reverse},
};

const SUB: Option<&str> = Some("1900000109");

#[test]
fn a_digital_invoice_is_reversed_and_its_red_paper_shown_and_downloaded() {
    let (gateway, partner) = with_digital("apply-1", "blue-1");
    let number = number(&invoices(&gateway, &partner, SUB, "apply-1")[0]);
    let accepted = post_reverse(&gateway, &partner, "apply-1", &reverse(SUB, "SALES_RETURN", &[("blue-1", &number)]));
    assert_eq!((accepted.status, accepted.body.len()), (202, 0), "{}", String::from_utf8_lossy(&accepted.body));
    gateway.verify(&accepted).unwrap();
    let waiting = &invoices(&gateway, &partner, SUB, "apply-1")[0];
    assert_eq!((waiting["status"].as_str(), waiting.get("red_fapiao")), (Some("REVERSE_ACCEPTED"), None));
    assert!(
        files(&gateway, &partner, SUB, "apply-1").json()["fapiao_download_info_list"][0].get("download_url").is_none()
    );

    gateway.advance(2);
    let done = &invoices(&gateway, &partner, SUB, "apply-1")[0];
    assert_eq!((&done["status"], &done["blue_fapiao"]["fapiao_number"]), (&json!("REVERSED"), &json!(number)));
    let red = done["red_fapiao"]["fapiao_number"].as_str().unwrap();
    assert_eq!(red.len(), 20);
    let listed = files(&gateway, &partner, SUB, "apply-1").json()["fapiao_download_info_list"][0].clone();
    assert_eq!(listed["status"], "REVERSED");
    let file = gateway.get(listed["download_url"].as_str().unwrap());
    assert!(file.status == 200 && file.body.windows(20).any(|text| text == red.as_bytes()));
    assert_eq!(effects(&gateway, "reversed"), [("blue-1".to_owned(), 1)]);
}

#[test]
fn an_older_invoice_is_named_by_code_and_number_and_leaves_the_wallet() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let direct = gateway.caller("direct");
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", "blue-1", 500)).status, 202);
    let blue = invoices(&gateway, &direct, None, "apply-1")[0]["blue_fapiao"].clone();
    let mut body = reverse(None, "退款", &[("blue-1", blue["fapiao_number"].as_str().unwrap())]);
    let refused = |body: &Value| post_reverse(&gateway, &direct, "apply-1", body).field();
    assert_eq!(refused(&body), "/fapiao_information/0/fapiao_code");
    body["fapiao_information"][0]["fapiao_code"] = json!("000000000000");
    assert_eq!(refused(&body), "/fapiao_information/0/fapiao_code");
    body["fapiao_information"][0]["fapiao_code"] = blue["fapiao_code"].clone();
    body["fapiao_information"][0]["fapiao_number"] = json!("00000000");
    assert_eq!(refused(&body), "/fapiao_information/0/fapiao_number");
    body["fapiao_information"][0]["fapiao_number"] = blue["fapiao_number"].clone();
    assert_eq!(post_reverse(&gateway, &direct, "apply-1", &body).status, 202);
    let card =
        |gateway: &Gateway| invoices(gateway, &direct, None, "apply-1")[0]["card_information"]["card_status"].clone();
    gateway.advance(2);
    assert_eq!(card(&gateway), "DISCARD_ACCEPTED");
    gateway.advance(1);
    assert_eq!(card(&gateway), "DISCARDED");
    let red = invoices(&gateway, &direct, None, "apply-1")[0]["red_fapiao"].clone();
    assert_eq!((red["fapiao_code"].as_str().unwrap().len(), red["fapiao_number"].as_str().unwrap().len()), (12, 8));
    assert!(
        files(&gateway, &direct, None, "apply-1").json()["fapiao_download_info_list"][0].get("download_url").is_none()
    );
}

#[test]
fn some_of_several_invoices_are_reversed_and_then_the_rest() {
    let gateway = Gateway::at_once();
    let direct = gateway.caller("direct");
    let mut body = issue(None, "apply-1", "a", 500);
    for id in ["b", "c"] {
        let mut more = body["fapiao_information"][0].clone();
        more["fapiao_id"] = json!(id);
        body["fapiao_information"].as_array_mut().unwrap().push(more);
    }
    assert_eq!(post_issue(&gateway, &direct, &body).status, 202);
    let blue = invoices(&gateway, &direct, None, "apply-1")[1]["blue_fapiao"].clone();
    let part = json!({"reverse_reason": "退款", "fapiao_information": [
        {"fapiao_id": "b", "fapiao_code": blue["fapiao_code"], "fapiao_number": blue["fapiao_number"]}]});
    assert_eq!(post_reverse(&gateway, &direct, "apply-1", &part).status, 202);
    assert_eq!(statuses(&gateway, &direct, None), ["ISSUED", "REVERSED", "ISSUED"]);
    let repeated = post_reverse(&gateway, &direct, "apply-1", &part);
    assert_eq!(repeated.code(), (400, "RESOURCE_ALREADY_EXISTS".to_owned()));
    let whole = json!({"reverse_reason": "退款"});
    assert_eq!(post_reverse(&gateway, &direct, "apply-1", &whole).status, 202);
    assert_eq!(statuses(&gateway, &direct, None), ["REVERSED"; 3]);
    assert_eq!(post_reverse(&gateway, &direct, "apply-1", &whole).code().1, "RESOURCE_ALREADY_EXISTS");
    gateway.control_post("/settings", &json!({"duplicates": "accept"}));
    assert_eq!(post_reverse(&gateway, &direct, "apply-1", &part).status, 202);
    let counted: Vec<_> = ["a", "b", "c"].map(|id| (id.to_owned(), 1)).into();
    assert_eq!(effects(&gateway, "reversed"), counted);
    assert_eq!(gateway.control_get("/ledger/effects")["doubled"], 0);
}

#[test]
fn a_red_invoice_that_failed_is_tried_again_after_five_minutes() {
    let (gateway, partner) = with_digital("apply-1", "blue-1");
    gateway.control_post("/settings", &json!({"reverse_result": "failure", "reverse_seconds": 0}));
    let number = number(&invoices(&gateway, &partner, SUB, "apply-1")[0]);
    let body = reverse(SUB, "ISSUE_ERROR", &[("blue-1", &number)]);
    assert_eq!(post_reverse(&gateway, &partner, "apply-1", &body).status, 202);
    let failed = &invoices(&gateway, &partner, SUB, "apply-1")[0];
    assert_eq!((&failed["status"], &failed["fapiao_error_code"]), (&json!("REVERSE_FAILED"), &json!("BIZ_ERROR")));
    gateway.control_post("/settings", &json!({"reverse_result": "success"}));
    gateway.advance(290);
    assert_eq!(post_reverse(&gateway, &partner, "apply-1", &body).code(), (400, "INVALID_REQUEST".to_owned()));
    gateway.advance(11);
    assert_eq!(post_reverse(&gateway, &partner, "apply-1", &body).status, 202);
    assert_eq!(gateway.last_arrival()["notes"].as_array().unwrap().len(), 1);
    assert_eq!(statuses(&gateway, &partner, SUB), ["REVERSED"]);
    assert_eq!(effects(&gateway, "reverse_failed"), [("blue-1".to_owned(), 1)]);
    assert_eq!(effects(&gateway, "reversed"), [("blue-1".to_owned(), 1)]);
}

#[test]
fn what_is_not_issued_cannot_be_reversed() {
    let gateway = Gateway::start(&[]);
    let partner = gateway.caller("partner");
    let whole = json!({"sub_mchid": "1900000109", "reverse_reason": "ISSUE_ERROR"});
    assert_eq!(post_reverse(&gateway, &partner, "nothing", &whole).code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    post_general(&gateway, &partner, &issue_general(&gateway, "apply-1", "blue-1", 100));
    assert_eq!(post_reverse(&gateway, &partner, "apply-1", &whole).code(), (400, "INVALID_REQUEST".to_owned()));
    gateway.control_post("/settings", &json!({"issue_result": "failure", "issue_seconds": 0}));
    post_general(&gateway, &partner, &issue_general(&gateway, "apply-2", "blue-2", 100));
    assert_eq!(query(&gateway, &partner, SUB, "apply-2").json()["fapiao_information"][0]["status"], "ISSUE_FAILED");
    assert_eq!(post_reverse(&gateway, &partner, "apply-2", &whole).code(), (400, "INVALID_REQUEST".to_owned()));
    gateway.advance(2);
    let unknown = reverse(SUB, "ISSUE_ERROR", &[("other", "1")]);
    assert_eq!(post_reverse(&gateway, &partner, "apply-1", &unknown).code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    assert_eq!(
        post_reverse(&gateway, &partner, "apply-1", &json!({"sub_mchid": "1900000109"})).field(),
        "/reverse_reason"
    );
    assert_eq!(effects(&gateway, "issue_failed"), [("blue-2".to_owned(), 1)]);
    assert_eq!(effects(&gateway, "reversed"), []);
}

fn with_digital(apply_id: &str, fapiao_id: &str) -> (Gateway, Caller) {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let partner = gateway.caller("partner");
    assert_eq!(post_general(&gateway, &partner, &issue_general(&gateway, apply_id, fapiao_id, 100)).status, 202);
    (gateway, partner)
}

fn number(invoice: &Value) -> String {
    invoice["blue_fapiao"]["fapiao_number"].as_str().unwrap().to_owned()
}

fn statuses(gateway: &Gateway, caller: &Caller, sub: Option<&str>) -> Vec<String> {
    let all = invoices(gateway, caller, sub, "apply-1");
    all.iter().map(|invoice| invoice["status"].as_str().unwrap().to_owned()).collect()
}

fn effects(gateway: &Gateway, kind: &str) -> Vec<(String, u64)> {
    let all = gateway.control_get("/ledger/effects")["effects"].as_array().unwrap().clone();
    let named = all.iter().filter(|effect| effect["kind"] == kind);
    named
        .map(|effect| (effect["keys"]["fapiao_id"].as_str().unwrap().to_owned(), effect["count"].as_u64().unwrap()))
        .collect()
}

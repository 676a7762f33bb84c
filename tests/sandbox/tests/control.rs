//! The control API: ledger, settings, reset, and the list of itself.
#![cfg(test)]

mod support;

use serde_json::json;
use support::{Gateway, orders::title_url};

#[test]
fn the_first_page_lists_every_control_call_fault_and_route() {
    let gateway = Gateway::start(&[]);
    for path in ["", "/"] {
        let guide = gateway.control_get(path);
        assert!(guide["control"].as_array().unwrap().len() > 10);
        assert!(guide["faults"].as_array().unwrap().iter().any(|fault| fault["fault"] == "probe"));
        assert!(guide["gateway"].as_array().unwrap().contains(&json!("POST /cgi-bin/stable_token")));
    }
}

#[test]
fn the_ledger_keeps_each_arrival_as_it_was() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    for number in 1..=3 {
        gateway.call(&direct, "GET", &title_url(None, &format!("apply-{number}"), 500), "");
    }
    let ledger = gateway.control_get("/ledger?since=2");
    let arrivals = ledger["arrivals"].as_array().unwrap();
    assert_eq!((arrivals.len(), ledger["last"].as_u64()), (1, Some(3)));
    let arrival = &arrivals[0];
    assert_eq!((arrival["seq"].as_u64(), arrival["method"].as_str()), (Some(3), Some("GET")));
    assert_eq!((arrival["mchid"].as_str(), arrival["listener"].as_str()), (Some("1900000001"), Some("main")));
    assert_eq!(arrival["outcome"], json!({"status": 200, "code": null}));
    assert!(arrival["headers"].as_array().unwrap().iter().any(|pair| pair[0] == "authorization"));
    assert_eq!(arrival["effects"][0]["keys"], json!({"mchid": "1900000001", "fapiao_apply_id": "apply-3"}));
    assert_eq!(gateway.control_get("/ledger?limit=2")["arrivals"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_not_known_is_served_in_both_languages() {
    let gateway = Gateway::start(&[]);
    let page = |path: &str| gateway.control_text(path);
    assert!(page("/not-known").starts_with("# What is not known"));
    assert!(page("/not-known?lang=zh").contains("[English](not-known.md)"));
}

#[test]
fn a_reset_forgets_all_but_the_addresses() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    gateway.call(&direct, "GET", &title_url(None, "apply-1", 500), "");
    gateway.advance(1000);
    gateway.control_post("/settings", &json!({"issue_seconds": 9}));
    gateway.fault(&json!({"fault": "main_down"}));
    gateway.control_post("/reset", &json!({}));
    assert_eq!(gateway.control_get("/ledger")["arrivals"], json!([]));
    assert_eq!(gateway.control_get("/clock")["advanced"], 0);
    assert_eq!(gateway.control_get("/settings")["issue_seconds"], 2);
    assert_eq!(gateway.control_get("/faults")["faults"], json!([]));
    assert_eq!(gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-1"})).0, 404);
    assert_eq!(gateway.call(&direct, "GET", &title_url(None, "apply-1", 500), "").status, 200);
}

#[test]
fn a_misspelt_setting_is_refused() {
    let gateway = Gateway::start(&[]);
    assert_eq!(gateway.control_post("/settings", &json!({"issue_secs": 9})).0, 400);
    assert_eq!(gateway.control_post("/settings", &json!({"duplicates": "accept"})).1["duplicates"], "accept");
}

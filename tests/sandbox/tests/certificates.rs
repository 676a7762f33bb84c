//! `GET /v3/certificates` and what signs beside it.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    client::{Caller, KEY_ID, Reply},
    receiver::open,
};

const OLD: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000001";
const NEW: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000002";

fn list(gateway: &Gateway, caller: &Caller, query: &str) -> Reply {
    let mut draft = gateway.draft(caller, "GET", &format!("/v3/certificates{query}"), "");
    draft.drop_header("Wechatpay-Serial");
    gateway.send(&draft).unwrap()
}

fn serials(answer: &Value) -> Vec<String> {
    let entries = answer["data"].as_array().unwrap();
    entries.iter().map(|entry| entry["serial_no"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn certificates_are_listed_and_open_under_the_merchants_own_key() {
    let gateway = Gateway::start(&[]);
    for name in ["direct", "partner"] {
        let answer = list(&gateway, &gateway.caller(name), "");
        gateway.verify(&answer).unwrap();
        let answer = answer.json();
        assert_eq!(serials(&answer), [OLD, NEW]);
        for entry in answer["data"].as_array().unwrap() {
            let sealed = &entry["encrypt_certificate"];
            assert_eq!(sealed["associated_data"], "certificate");
            let pem = open(gateway.text(&format!("/pay/{name}/api_v3_key")), sealed).unwrap();
            let told = gateway.text(&format!("/platform_certificates/{}", entry["serial_no"].as_str().unwrap()));
            assert_eq!(String::from_utf8(pem).unwrap(), told);
        }
        assert!(open(&"x".repeat(32), &answer["data"][0]["encrypt_certificate"]).is_err());
        assert!(answer["data"][0]["effective_time"].as_str() < answer["data"][1]["effective_time"].as_str());
    }
}

#[test]
fn a_rotation_lists_the_old_one_then_both_then_the_new_one_and_signs_with_the_latest() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    for (certificates, listed) in [("old", vec![OLD]), ("both", vec![OLD, NEW]), ("new", vec![NEW])] {
        gateway.control_post("/settings", &json!({"certificates": certificates}));
        let answer = list(&gateway, &direct, "?algorithm_type=RSA");
        assert_eq!(serials(&answer.json()), listed);
        assert_eq!(answer.header("wechatpay-serial"), listed.last().copied());
        gateway.verify(&answer).unwrap();
    }
}

#[test]
fn merchants_with_a_public_key_alone_have_no_certificates() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    gateway.control_post("/settings", &json!({"certificates": "none"}));
    let refused = list(&gateway, &direct, "");
    assert_eq!(refused.code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    assert!(refused.json()["message"].as_str().unwrap().starts_with("无可用的平台证书"));
    let mut draft = gateway.draft(&direct, "GET", &support::orders::title_url(None, "apply-1", 500), "");
    draft.drop_header("Wechatpay-Serial");
    assert_eq!(gateway.send(&draft).unwrap().header("wechatpay-serial"), Some(KEY_ID));
}

#[test]
fn the_kind_of_certificates_is_one_of_three() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    assert_eq!(serials(&list(&gateway, &direct, "?algorithm_type=ALL").json()).len(), 2);
    assert_eq!(list(&gateway, &direct, "?algorithm_type=SM2").code().0, 404);
    assert_eq!(list(&gateway, &direct, "?algorithm_type=DSA").field(), "algorithm_type");
}

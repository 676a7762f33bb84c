//! What merchants are told, and how often it is tried.
#![cfg(test)]

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{
    Gateway,
    merchant::Merchant,
    orders::{issue, issue_general, post_general, post_issue, post_reverse, title_url},
    receiver::{Receiver, open},
};

#[test]
fn a_merchant_is_told_of_each_step_in_the_life_of_an_invoice() {
    let merchant = Merchant::new();
    let Merchant { gateway, direct, .. } = &merchant;
    gateway.call(direct, "GET", &title_url(None, "apply-1", 500), "");
    gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-1"}));
    let (kind, title) = merchant.only();
    assert_eq!((kind.as_str(), title.as_object().unwrap().len()), ("FAPIAO.USER_APPLIED", 3));
    assert!(title["apply_time"].as_str().unwrap().ends_with("+08:00"));

    post_issue(gateway, direct, &issue(None, "apply-1", "blue-1", 500));
    assert!(merchant.told().is_empty());
    let step = |seconds: i32, card_status: &str| {
        gateway.advance(seconds);
        let (kind, content) = merchant.only();
        assert_eq!((&content["mchid"], &content["fapiao_apply_id"]), (&json!("1900000001"), &json!("apply-1")));
        assert_eq!(content["fapiao_information"][0]["card_status"], card_status);
        (kind, content["fapiao_information"][0]["fapiao_status"].as_str().unwrap().to_owned())
    };
    let word = |kind: &str, status: &str| (kind.to_owned(), status.to_owned());
    assert_eq!(step(5, "INSERT_ACCEPTED"), word("FAPIAO.ISSUED", "ISSUED"));
    assert_eq!(step(1, "INSERTED"), word("FAPIAO.CARD_INSERTED", "ISSUED"));
    assert_eq!(post_reverse(gateway, direct, "apply-1", &json!({"reverse_reason": "退款"})).status, 202);
    assert_eq!(step(2, "DISCARD_ACCEPTED"), word("FAPIAO.REVERSED", "REVERSED"));
    assert_eq!(step(1, "DISCARDED"), word("FAPIAO.CARD_DISCARDED", "REVERSED"));
}

#[test]
fn an_envelope_looks_as_the_samples_or_as_the_general_table() {
    let merchant = Merchant::new();
    merchant.trigger("FAPIAO.ISSUED");
    let bare = merchant.receiver.take().remove(0);
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&bare.json()), ["create_time", "event_type", "id", "resource", "resource_type"]);
    assert_eq!(names(&bare.json()["resource"]), ["algorithm", "associated_data", "ciphertext", "nonce"]);
    assert_eq!(
        (bare.json()["id"].as_str().unwrap().len(), &bare.json()["resource"]["associated_data"]),
        (36, &json!(""))
    );
    assert_eq!((bare.header("content-type"), bare.header("request-id").is_some()), (Some("application/json"), true));
    assert_eq!(bare.header("wechatpay-serial"), Some(support::client::KEY_ID));
    let change = json!({"callback_envelope": "full", "callback_signer": "platform-1"});
    assert_eq!(merchant.gateway.control_post("/settings", &change).0, 200);
    merchant.trigger("FAPIAO.REVERSED");
    let full = merchant.receiver.take().remove(0);
    assert_eq!(
        (&full.json()["summary"], &full.json()["resource"]["original_type"]),
        (&json!("冲红成功"), &json!("fapiao"))
    );
    assert_eq!(merchant.content(&full)["fapiao_information"][0]["fapiao_id"], "blue-1");
    assert_eq!(full.header("wechatpay-serial"), Some("7132D72A03E93CDDF8C03BBD1F37EEDF00000001"));
}

#[test]
fn a_refused_callback_is_sent_again_by_the_official_schedule() {
    let merchant = Merchant::new();
    merchant.receiver.answer(500);
    merchant.trigger("FAPIAO.ISSUED");
    merchant.gateway.advance(100_000);
    let told = merchant.told();
    assert!(told.iter().all(|callback| callback.json()["id"] == told[0].json()["id"]));
    let times: Vec<i64> =
        told.iter().map(|callback| callback.header("wechatpay-timestamp").unwrap().parse().unwrap()).collect();
    let pauses: Vec<_> = times.windows(2).map(|pair| (pair[1] - pair[0] + 1) / 5 * 5).collect();
    assert_eq!(pauses, [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600]);
    let kept = merchant.gateway.control_get("/callbacks")["callbacks"][0].clone();
    assert_eq!((kept["attempts"].as_array().unwrap().len(), &kept["next"]), (16, &Value::Null));
    assert_eq!(kept["attempts"][0]["status"], 500);
}

#[test]
fn a_callback_that_was_taken_is_not_sent_again() {
    let merchant = Merchant::new();
    merchant.receiver.answer(401);
    assert!(merchant.trigger("FAPIAO.ISSUED")["next"].is_i64());
    merchant.receiver.answer(200);
    merchant.gateway.advance(15);
    merchant.gateway.advance(86_400);
    assert_eq!(merchant.told().len(), 2);
    let id = merchant.gateway.control_get("/callbacks")["callbacks"][0]["id"].clone();
    let again = format!("/callbacks/{}", id.as_str().unwrap());
    assert_eq!(merchant.gateway.control_post(&again, &json!({})).1["attempts"].as_array().unwrap().len(), 3);
    assert_eq!(merchant.told()[0].json()["id"], id);
    assert_eq!(merchant.gateway.control_post("/callbacks/other", &json!({})).0, 404);
}

#[test]
fn a_merchant_that_is_slow_to_answer_is_told_again() {
    let merchant = Merchant::new();
    assert_eq!(merchant.gateway.control_post("/settings", &json!({"callback_patience_millis": 100})).0, 200);
    merchant.receiver.wait(Duration::from_millis(400));
    let slow = merchant.trigger("FAPIAO.ISSUED");
    assert_eq!((&slow["attempts"][0]["status"], slow["next"].is_i64()), (&Value::Null, true));
    merchant.gateway.control_post("/settings", &json!({"callback_patience_millis": 5000}));
    merchant.receiver.wait(Duration::ZERO);
    merchant.gateway.advance(15);
    let told = merchant.told();
    assert_eq!((told.len(), told[0].json()["id"] == told[1].json()["id"]), (2, true));
}

#[test]
fn callbacks_are_sent_as_real_time_passes() {
    let merchant = Merchant::new();
    merchant.gateway.control_post("/settings", &json!({"issue_seconds": 0}));
    post_issue(&merchant.gateway, &merchant.direct, &issue(None, "apply-1", "blue-1", 500));
    let until = Instant::now() + Duration::from_secs(10);
    let mut told = Vec::new();
    while told.len() < 2 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
        told.extend(merchant.receiver.take());
    }
    let kinds: Vec<_> = told.iter().map(|callback| callback.json()["event_type"].clone()).collect();
    assert_eq!(kinds, ["FAPIAO.ISSUED", "FAPIAO.CARD_INSERTED"]);
}

#[test]
fn a_provider_is_told_of_its_sub_merchants_at_their_address_or_its_own() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let (partner, receiver, own) = (gateway.caller("partner"), Receiver::start(), Receiver::start());
    gateway.control_post("/callback-url", &json!({"mchid": "1900000100", "callback_url": receiver.url}));
    let address = json!({"mchid": "1900000100", "sub_mchid": "1900000110", "callback_url": own.url});
    gateway.control_post("/callback-url", &address);
    let mut body = issue_general(&gateway, "apply-1", "blue-1", 500);
    assert_eq!(post_general(&gateway, &partner, &body).status, 202);
    body["sub_mchid"] = json!("1900000110");
    assert_eq!(post_general(&gateway, &partner, &body).status, 202);
    gateway.control_get("/callbacks");
    for (receiver, sub_mchid) in [(&receiver, "1900000109"), (&own, "1900000110")] {
        let told = receiver.take();
        let plain = open(gateway.text("/pay/partner/api_v3_key"), &told[0].json()["resource"]).unwrap();
        let content: Value = serde_json::from_slice(&plain).unwrap();
        assert_eq!((told.len(), &content["sub_mchid"]), (1, &json!(sub_mchid)));
    }
}

#[test]
fn without_an_address_nobody_is_told_and_with_a_dead_one_it_is_tried() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let direct = gateway.caller("direct");
    post_issue(&gateway, &direct, &issue(None, "apply-1", "blue-1", 500));
    assert_eq!(gateway.control_get("/callbacks")["callbacks"], json!([]));
    let wanted = json!({"event_type": "FAPIAO.ISSUED", "mchid": "1900000001", "fapiao_apply_id": "apply-1"});
    assert_eq!(gateway.control_post("/callbacks", &wanted).0, 404);
    gateway.control_post("/callback-url", &json!({"mchid": "1900000001", "callback_url": "http://127.0.0.1:9/"}));
    let (_, notification) = gateway.control_post("/callbacks", &wanted);
    assert_eq!((&notification["attempts"][0]["status"], notification["next"].is_i64()), (&Value::Null, true));
    assert_eq!(notification["resource"]["fapiao_information"][0]["fapiao_status"], "ISSUED");
    assert_eq!(gateway.control_post("/callbacks", &json!({"event_type": "FAPIAO.OTHER"})).0, 400);
}

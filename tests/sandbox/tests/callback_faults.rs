//! What can be wrong with callbacks.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    merchant::Merchant,
    orders::{invoices, issue, post_issue},
    receiver::open,
};

#[test]
fn signatures_of_callbacks_can_be_wrong_and_the_next_attempt_is_right() {
    let merchant = Merchant::new();
    merchant.receiver.answer(401);
    for fault in ["probe", "wrong_signature", "wrong_key", "unknown_serial", "unsigned"] {
        let name = format!("callback_{fault}");
        let (told, notification) = merchant.under(&json!({"fault": name}));
        assert!(merchant.gateway.verify(&told[0]).is_err(), "{name}");
        assert_eq!(notification["attempts"][0]["fault"], json!([name]));
        merchant.gateway.advance(15);
        let next = merchant.receiver.take();
        assert_eq!(merchant.content(next.last().unwrap())["fapiao_apply_id"], "apply-1", "{name}");
        merchant.gateway.control_post("/reset", &json!({}));
        let address = json!({"mchid": "1900000001", "callback_url": merchant.receiver.url});
        assert_eq!(merchant.gateway.control_post("/callback-url", &address).0, 200);
    }
    merchant.receiver.answer(204);
    let (probe, _) = merchant.under(&json!({"fault": "callback_probe"}));
    assert!(probe[0].header("wechatpay-signature").unwrap().starts_with("WECHATPAY/SIGNTEST/"));
    let (unsigned, _) = merchant.under(&json!({"fault": "callback_unsigned"}));
    assert_eq!(unsigned[0].header("wechatpay-timestamp"), None);
    let (twice, _) = merchant.under(&json!({"fault": "callback_header_twice"}));
    assert_eq!(twice[0].headers.iter().filter(|(name, _)| name == "wechatpay-signature").count(), 2);
    let (other, _) = merchant.under(&json!({"fault": "callback_key", "key": "platform-2"}));
    assert_eq!(other[0].header("wechatpay-serial"), Some("7132D72A03E93CDDF8C03BBD1F37EEDF00000002"));
    merchant.gateway.verify(&other[0]).unwrap();
    let (stale, _) = merchant.under(&json!({"fault": "callback_stale", "seconds": 700}));
    let timestamp: i64 = stale[0].header("wechatpay-timestamp").unwrap().parse().unwrap();
    assert!((merchant.gateway.now() - timestamp - 700).abs() < 5 && merchant.gateway.verify(&stale[0]).is_ok());
}

#[test]
fn contents_can_be_unreadable_or_say_less_than_the_name_of_the_event() {
    let merchant = Merchant::new();
    for fault in ["callback_tampered_tag", "callback_other_api_v3_key"] {
        let (told, _) = merchant.under(&json!({"fault": fault}));
        merchant.gateway.verify(&told[0]).unwrap();
        open(merchant.gateway.text("/pay/direct/api_v3_key"), &told[0].json()["resource"]).unwrap_err();
    }
    let (old, _) = merchant.under(&json!({"fault": "callback_old_status"}));
    let entry = &merchant.content(&old[0])["fapiao_information"][0];
    assert_eq!((&entry["fapiao_status"], &entry["card_status"]), (&json!("ISSUE_ACCEPTED"), &json!("INSERT_ACCEPTED")));
    let (empty, _) = merchant.under(&json!({"fault": "callback_empty_list", "path": "ISSUED"}));
    assert_eq!(merchant.content(&empty[0])["fapiao_information"], json!([]));
}

#[test]
fn callbacks_can_come_twice_in_another_order_or_not_at_all() {
    let merchant = Merchant::new();
    let (twice, _) = merchant.under(&json!({"fault": "callback_twice"}));
    assert_eq!((twice.len(), &twice[0].json()["id"]), (2, &twice[1].json()["id"]));
    assert_ne!(twice[0].header("wechatpay-nonce"), twice[1].header("wechatpay-nonce"));

    let (held, _) = merchant.under(&json!({"fault": "callback_held", "path": "FAPIAO.ISSUED"}));
    assert!(held.is_empty());
    merchant.trigger("FAPIAO.CARD_INSERTED");
    let kinds: Vec<_> = merchant.told().iter().map(|callback| callback.json()["event_type"].clone()).collect();
    assert_eq!(kinds, ["FAPIAO.CARD_INSERTED", "FAPIAO.ISSUED"]);
    let (alone, _) = merchant.under(&json!({"fault": "callback_held", "seconds": 30}));
    assert!(alone.is_empty());
    merchant.gateway.advance(30);
    assert_eq!(merchant.told().len(), 1);

    let (lost, notification) = merchant.under(&json!({"fault": "callback_lost", "count": null}));
    assert_eq!((lost.len(), &notification["attempts"][0]["status"]), (0, &Value::Null));
    merchant.gateway.advance(100_000);
    assert!(merchant.told().is_empty());
}

#[test]
fn cards_that_stay_accepted_are_not_told_of_and_lost_ones_are() {
    let merchant = Merchant::new();
    for (result, events) in [("stuck", 1), ("none", 1), ("lost", 2)] {
        merchant.gateway.control_post("/settings", &json!({"card_result": result}));
        post_issue(&merchant.gateway, &merchant.direct, &issue(None, result, result, 500));
        merchant.gateway.advance(86_400);
        assert_eq!(merchant.told().len(), events, "{result}");
    }
    assert_eq!(
        invoices(&merchant.gateway, &merchant.direct, None, "lost")[0]["card_information"]["card_status"],
        "INSERT_ACCEPTED"
    );
}

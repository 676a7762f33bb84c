//! What an account and a third-party platform are told, and how often it is tried.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    account::Desk,
    account_server::{Account, AccountServer, Pushed, element, set_url},
};

#[test]
fn every_event_can_be_told_in_every_mode_and_format() {
    let account = Account::new(&json!({}));
    let token = account.gateway.text("/account/push/token").to_owned();
    let kinds = [
        ("user_authorize_invoice", "SuccOrderId"),
        ("update_invoice_status", "Code"),
        ("submit_invoice_title", "tax_no"),
        ("cloud_invoice_invoiceresult_event", "fpqqlsh"),
    ];
    for (mode, format) in [
        ("plain", "xml"),
        ("plain", "json"),
        ("compatible", "xml"),
        ("compatible", "json"),
        ("safe", "xml"),
        ("safe", "json"),
    ] {
        set_url(&account.gateway, &account.server, &json!({"mode": mode, "format": format}));
        for (kind, name) in kinds {
            let push = account.trigger(&json!({"event": kind, "FromUserName": "oUser1"}));
            assert_eq!((&push["attempts"][0]["answer"], &push["next"]), (&json!("success"), &Value::Null));
            let pushed = account.server.take().remove(0);
            assert!(pushed.is_signed(&token) && pushed.value("openid") == Some("oUser1"));
            assert_eq!(pushed.value("encrypt_type"), (mode != "plain").then_some("aes"));
            let content = if mode == "plain" { pushed.body.clone() } else { account.open(&pushed).unwrap() };
            assert_eq!(content.starts_with('<'), format == "xml", "{content}");
            assert_eq!(element(&content, "Event").unwrap(), kind);
            assert_eq!(element(&content, name).unwrap(), push["message"][name].as_str().unwrap());
            assert_eq!(pushed.element("Event").is_some(), mode != "safe");
        }
    }
}

#[test]
fn a_push_is_tried_four_times_and_taken_with_success_or_an_empty_body() {
    let account = Account::new(&json!({}));
    for (status, text) in [(500, "success"), (200, "<xml></xml>")] {
        account.server.answer(status, text);
        let push = account.trigger(&json!({"event": "update_invoice_status"}));
        assert!(push["next"].is_i64());
        account.gateway.advance(100);
        let told = account.told();
        let contents: Vec<_> = told.iter().map(|pushed| account.open(pushed).unwrap()).collect();
        assert!(told.len() == 4 && contents.iter().all(|content| *content == contents[0]), "{told:?}");
    }
    account.server.answer(200, "");
    let push = account.trigger(&json!({"event": "update_invoice_status"}));
    assert_eq!(push["next"], Value::Null);
    let id = push["id"].as_str().unwrap();
    let (_, again) = account.gateway.control_post(&format!("/pushes/{id}"), &json!({}));
    assert_eq!((again["attempts"].as_array().unwrap().len(), account.told().len()), (2, 2));
    assert_eq!(account.gateway.control_get("/pushes")["pushes"].as_array().unwrap().len(), 3);
    assert_eq!(account.gateway.control_post("/pushes/other", &json!({})).0, 404);
}

#[test]
fn events_are_told_when_they_happen() {
    let server = AccountServer::start();
    let desk = Desk::new();
    set_url(&desk.gateway, &server, &json!({"mode": "plain"}));
    let told = || {
        desk.gateway.control_get("/pushes");
        server.take()
    };
    let item = desk.inserted("order-1", "oUser1", "00000001");
    let authorised = told().remove(0);
    let says = |pushed: &Pushed, name: &str, value: &str| assert_eq!(pushed.element(name).as_deref(), Some(value));
    for (name, value) in [
        ("Event", "user_authorize_invoice"),
        ("SuccOrderId", "order-1"),
        ("FailOrderId", ""),
        ("FromUserName", "oUser1"),
        ("Source", "web"),
        ("AppId", desk.gateway.text("/account/appid")),
    ] {
        says(&authorised, name, value);
    }
    let mut locked = item.clone();
    locked["reimburse_status"] = json!("INVOICE_REIMBURSE_LOCK");
    desk.ok("reimburse/updateinvoicestatus", &locked);
    let closed = json!({"openid": "oUser1", "reimburse_status": "INVOICE_REIMBURSE_CLOSURE", "invoice_list": [item]});
    desk.ok("reimburse/updatestatusbatch", &closed);
    let changes = told();
    for (pushed, status) in changes.iter().zip(["INVOICE_REIMBURSE_LOCK", "INVOICE_REIMBURSE_CLOSURE"]) {
        says(pushed, "Event", "update_invoice_status");
        says(pushed, "Status", status);
        says(pushed, "CardId", item["card_id"].as_str().unwrap());
    }
    let title = json!({"title": "张三", "attach": "订单1", "openid": "oUser2"});
    assert_eq!((changes.len(), desk.gateway.control_post("/title-submission", &title).0), (2, 200));
    let submitted = told().remove(0);
    for (name, value) in [
        ("Event", "submit_invoice_title"),
        ("title", "张三"),
        ("attach", "订单1"),
        ("tax_no", ""),
        ("FromUserName", "oUser2"),
    ] {
        says(&submitted, name, value);
    }
}

#[test]
fn signatures_and_contents_can_be_wrong() {
    let account = Account::new(&json!({}));
    let token = account.gateway.text("/account/push/token").to_owned();
    for (fault, error) in [("wrong_signature", "msg_signature"), ("other_appid", "appid"), ("padding", "padding")] {
        let pushed = account.under(fault);
        assert_eq!(account.open(&pushed).unwrap_err(), error);
        assert!(pushed.is_signed(&token));
    }
    let other = account.open(&account.under("other_key")).unwrap_err();
    assert!(["padding", "length", "appid"].contains(&other.as_str()), "{other}");
    let plain = account.under("unencrypted");
    assert_eq!(
        (plain.value("encrypt_type"), plain.element("Status").as_deref(), plain.is_signed(&token)),
        (None, Some("INVOICE_REIMBURSE_LOCK"), true)
    );
    let twin = account.under("plain_twin");
    assert_eq!(element(&account.open(&twin).unwrap(), "Status").unwrap(), "INVOICE_REIMBURSE_LOCK");
    assert_ne!(twin.element("Status").unwrap(), "INVOICE_REIMBURSE_LOCK");
    let content = account.open(&account.under("entities")).unwrap();
    assert!(content.starts_with("<!DOCTYPE xml [<!ENTITY a0 \"fapiao\">") && content.contains("&a7;"));
    set_url(&account.gateway, &account.server, &json!({"mode": "plain"}));
    assert!(!account.under("wrong_signature").is_signed(&token));
}

#[test]
fn pushes_can_come_twice_or_not_at_all() {
    let account = Account::new(&json!({}));
    account.gateway.fault(&json!({"fault": "push_twice", "path": "title"}));
    account.trigger(&json!({"event": "update_invoice_status"}));
    assert_eq!(account.server.take().len(), 1);
    account.trigger(&json!({"event": "submit_invoice_title"}));
    let twice = account.server.take();
    assert_eq!((twice.len(), account.open(&twice[0])), (2, account.open(&twice[1])));
    account.gateway.fault(&json!({"fault": "push_lost", "count": null}));
    let lost = account.trigger(&json!({"event": "update_invoice_status"}));
    account.gateway.advance(100);
    assert_eq!((&lost["attempts"][0]["status"], account.told().len()), (&Value::Null, 0));
}

#[test]
fn a_key_that_is_changed_is_still_in_use_for_every_second_push() {
    let keys = ["A", "B"].map(|letter| letter.repeat(43));
    let account =
        Account::new(&json!({"token": "t", "encoding_aes_key": keys[0], "previous_encoding_aes_key": keys[1]}));
    let opened = |key: &str, pushed: &Pushed| {
        pushed.open(&json!({"token": "t", "encoding_aes_key": key}), account.gateway.text("/account/appid")).is_ok()
    };
    for _ in 0..4 {
        account.trigger(&json!({"event": "update_invoice_status"}));
    }
    let by_key: Vec<_> =
        account.server.take().iter().map(|pushed| keys.iter().position(|key| opened(key, pushed))).collect();
    assert_eq!(by_key, [Some(0), Some(1), Some(0), Some(1)]);
}

#[test]
fn an_address_is_checked_as_the_console_does() {
    let account = Account::new(&json!({}));
    let check = || account.gateway.control_post("/push-url-check", &json!({})).1;
    assert_eq!(check()["passed"], true);
    let asked = account.server.take().remove(0);
    assert!(asked.method == "GET" && asked.is_signed(account.gateway.text("/account/push/token")));
    account.server.answer(500, "");
    assert_eq!(check()["passed"], false);
}

#[test]
fn what_is_misspelt_is_refused() {
    let gateway = Gateway::start(&[]);
    let url = "http://127.0.0.1:9/";
    for choice in [
        json!({"url": url, "mode": "open"}),
        json!({"url": url, "encoding_aes_key": "short"}),
        json!({"url": url, "receiver": "component", "mode": "plain"}),
        json!({"url": url, "format": "yaml"}),
    ] {
        assert_eq!(gateway.control_post("/push-url", &choice).0, 400, "{choice}");
    }
    let event = json!({"event": "update_invoice_status"});
    assert_eq!(gateway.control_post("/pushes", &event).0, 404);
    assert_eq!(gateway.control_post("/push-url-check", &json!({})).0, 404);
    assert_eq!(gateway.control_post("/push-url", &json!({"url": url})).0, 200);
    for wrong in [
        json!({"event": "other"}),
        json!({"event": "update_invoice_status", "Code": {"a": 1}}),
        json!({"event": "update_invoice_status", "fault": "probe"}),
        json!({"event": "update_invoice_status", "a b": "c"}),
    ] {
        assert_eq!(gateway.control_post("/pushes", &wrong).0, 400, "{wrong}");
    }
    let (_, dead) = gateway.control_post("/pushes", &event);
    assert_eq!((&dead["attempts"][0]["status"], dead["next"].is_i64()), (&Value::Null, true));
}

//! What the command does in place of running a sandbox.
#![cfg(test)]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Output, Stdio},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use support::{
    Gateway,
    account_server::{AccountServer, element},
    client::Reply,
    merchant::Merchant,
    receiver::{Receiver, open},
};

fn command(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fapiao-sandbox")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap())
}

#[test]
fn a_callback_is_triggered_without_a_sandbox_and_signed_as_one_would() {
    let (gateway, receiver) = (Gateway::start(&[]), Receiver::start());
    for (kind, status) in [("FAPIAO.ISSUED", "ISSUED"), ("FAPIAO.CARD_DISCARDED", "REVERSED")] {
        let output = command(&["trigger", kind, "--to", &receiver.url, "--fapiao-apply-id", "apply-1"]);
        assert_eq!(said(&output), (Some(0), "204 (taken)\n".to_owned()));
        let told = receiver.take().remove(0);
        gateway.verify(&told).unwrap();
        let plain = open(gateway.text("/pay/direct/api_v3_key"), &told.json()["resource"]).unwrap();
        let content: Value = serde_json::from_slice(&plain).unwrap();
        assert_eq!((&content["mchid"], &content["fapiao_apply_id"]), (&json!("1900000001"), &json!("apply-1")));
        assert_eq!(content["fapiao_information"][0]["fapiao_status"], status);
    }
    receiver.answer(401);
    let forged = command(&["trigger", "FAPIAO.ISSUED", "--to", &receiver.url, "--fault", "wrong_signature"]);
    assert_eq!(said(&forged), (Some(1), "401 (not taken)\n".to_owned()));
    gateway.verify(&receiver.take()[0]).unwrap_err();
}

#[test]
fn a_push_is_triggered_in_every_form() {
    let (gateway, server) = (Gateway::start(&[]), AccountServer::start());
    let status = ["--field", "Status=INVOICE_REIMBURSE_INIT", "--field", "CreateTime=7"];
    let forms: [&[&str]; 3] = [&[], &["--format", "xml"], &["--mode", "compatible"]];
    for form in forms {
        let output = command(&[&["trigger", "update_invoice_status", "--to", &server.url], form, &status].concat());
        assert_eq!(said(&output), (Some(0), "200 (taken): success\n".to_owned()));
        let pushed = server.take().remove(0);
        let content = pushed.open(&gateway.info["account"]["push"], gateway.text("/account/appid")).unwrap();
        assert_eq!(element(&content, "Status").unwrap(), "INVOICE_REIMBURSE_INIT");
        assert!(content.contains(":7,") || content.contains(">7<"));
    }
    let output = command(&["trigger", "component_verify_ticket", "--to", &server.url, "--fault", "other_appid"]);
    assert_eq!(output.status.code(), Some(0));
    let told = server.take();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].open(&gateway.info["component"], gateway.text("/component/appid")).unwrap_err(), "appid");
}

#[test]
fn keys_are_shown_and_what_is_misspelt_is_told() {
    let (code, keys) = said(&command(&["trigger", "--show-keys"]));
    for part in ["1900000001", "test-api-v3-key-of-the-direct-01", support::client::KEY_ID, "encoding_aes_key"] {
        assert!(code == Some(0) && keys.contains(part), "{part}");
    }
    for (arguments, part) in [
        (&["trigger", "FAPIAO.SENT", "--to", "http://127.0.0.1:9/"][..], "FAPIAO.SENT"),
        (
            &["trigger", "FAPIAO.ISSUED", "--to", "http://127.0.0.1:9/", "--fault", "other_appid"],
            "callback_other_appid",
        ),
        (&["trigger", "FAPIAO.ISSUED", "--to", "http://127.0.0.1:9/", "--mchid", "1"], "--show-keys"),
        (&["trigger", "FAPIAO.ISSUED"], "--to"),
        (&["replay", "x", "--control", "http://127.0.0.1:9/_sandbox"], "refused"),
    ] {
        let output = command(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && error.contains(part), "{error}");
    }
}

#[test]
fn a_notification_of_a_running_sandbox_is_sent_again() {
    let merchant = Merchant::new();
    let control = merchant.gateway.text("/control").to_owned();
    let server = AccountServer::start();
    merchant.gateway.control_post("/push-url", &json!({"url": server.url}));
    let (_, push) = merchant.gateway.control_post("/pushes", &json!({"event": "submit_invoice_title"}));
    for (sent, answer) in [(merchant.trigger("FAPIAO.ISSUED"), "204\n"), (push, "200: success\n")] {
        let id = sent["id"].as_str().unwrap();
        assert_eq!(said(&command(&["replay", id, "--control", &control])), (Some(0), answer.to_owned()));
    }
    assert_eq!((merchant.receiver.take().len(), server.take().len()), (2, 2));
    assert_eq!(command(&["replay", "x", "--control", &control]).status.code(), Some(2));
}

#[test]
fn a_listener_prints_what_comes() {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_fapiao-sandbox")).arg("listen").stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("listening on ").unwrap();
    assert_eq!(command(&["trigger", "FAPIAO.ISSUED", "--to", &format!("{url}notify?a=1")]).status.code(), Some(0));
    child.kill().unwrap();
    child.wait().unwrap();
    let mut printed = String::new();
    output.read_to_string(&mut printed).unwrap();
    assert!(printed.starts_with("POST /notify?a=1\n"), "{printed}");
    assert!(printed.contains("\nwechatpay-signature: ") && printed.contains("\n\n{\"create_time\":"), "{printed}");
}

#[test]
fn signed_messages_are_given_and_not_sent() {
    let merchant = Merchant::new();
    let gateway = &merchant.gateway;
    let callback = |more: Value| {
        let mut wanted = json!({"event_type": "FAPIAO.ISSUED"});
        wanted.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        gateway.control_post("/signed-callback", &wanted)
    };
    let reply = |given: &Value| {
        let pair = |pair: &Value| (pair[0].as_str().unwrap().to_lowercase(), pair[1].as_str().unwrap().to_owned());
        let headers = given["headers"].as_array().unwrap().iter().map(pair).collect();
        Reply { status: 0, headers, body: STANDARD.decode(given["body_base64"].as_str().unwrap()).unwrap() }
    };
    let (_, given) = callback(json!({"fapiao_apply_id": "apply-9"}));
    assert_eq!(
        (&given["url"], &merchant.content(&reply(&given))["fapiao_apply_id"]),
        (&json!(merchant.receiver.url), &json!("apply-9"))
    );
    gateway.verify(&reply(&callback(json!({"fault": "unknown_serial"})).1)).unwrap_err();
    let stale = reply(&callback(json!({"fault": {"fault": "stale", "seconds": 400}})).1);
    let age = gateway.now() - stale.header("wechatpay-timestamp").unwrap().parse::<i64>().unwrap();
    assert!((399..=402).contains(&age));
    for refused in [
        json!({"fault": "twice"}),
        json!({"fault": "padding"}),
        json!({"event_type": "FAPIAO.SENT"}),
        json!({"other": 1}),
    ] {
        assert_eq!(callback(refused.clone()).0, 400, "{refused}");
    }
    assert_eq!(callback(json!({"mchid": "1"})).0, 404);

    let push = |wanted: Value| {
        let (status, given) = gateway.control_post("/signed-push", &wanted);
        assert_eq!(status, 200, "{given}");
        let body = String::from_utf8(STANDARD.decode(given["body_base64"].as_str().unwrap()).unwrap()).unwrap();
        support::account_server::Pushed::of(given["query"].as_str().unwrap(), &body)
    };
    let (keys, appid) = (&gateway.info["account"]["push"], gateway.text("/account/appid"));
    let title = push(json!({"event": "submit_invoice_title", "title": "张三"})).open(keys, appid).unwrap();
    assert_eq!(element(&title, "title").unwrap(), "张三");
    assert_eq!(
        push(json!({"event": "submit_invoice_title", "fault": "padding"})).open(keys, appid).unwrap_err(),
        "padding"
    );
    assert_eq!(gateway.control_post("/signed-push", &json!({"event": "submit_invoice_title", "fault": "lost"})).0, 400);
    assert!(merchant.told().is_empty());
}

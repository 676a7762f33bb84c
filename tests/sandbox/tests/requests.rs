//! What the gateway refuses of WeChat Pay requests, and what it says about it.
#![cfg(test)]

mod support;

use serde_json::json;
use support::{
    Gateway,
    client::{Caller, Draft, KEY_ID, nonce},
    orders::{FAMILY, issue, issue_general, post_general, post_issue, title_url},
};

#[test]
fn one_altered_byte_is_refused_and_the_gateway_shows_what_it_checked() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let mut target = gateway.draft(&direct, "GET", &title_url(None, "apply-1", 500), "");
    target.target = target.target.replace("apply-1", "apply-2");
    let refused = gateway.send(&target).unwrap();
    assert_eq!(refused.code(), (401, "SIGN_ERROR".to_owned()));
    let information = refused.json()["detail"]["sign_information"].clone();
    assert_eq!(
        (information["method"].as_str(), information["url"].as_str()),
        (Some("GET"), Some(target.target.as_str()))
    );
    assert!(information["truncated_sign_message"].as_str().unwrap().starts_with(&format!("GET\n{}\n", target.target)));
    assert!(refused.header("request-id").unwrap().ends_with("-268443699"));

    let body = issue(None, "apply-1", "blue-1", 500).to_string();
    let mut altered = gateway.draft(&direct, "POST", &format!("{FAMILY}/fapiao-applications"), &body);
    *altered.body.iter_mut().rev().find(|byte| **byte == b'5').unwrap() = b'6';
    assert_eq!(gateway.send(&altered).unwrap().code().0, 401);
}

#[test]
fn the_target_is_checked_as_it_was_sent() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let target = title_url(None, "apply%7C1", 500).replace("wx5157", "w%785157");
    assert_eq!(gateway.call(&direct, "GET", &target, "").status, 200);
    assert_eq!(gateway.last_arrival()["target"], target);
}

#[test]
fn a_clock_more_than_five_minutes_off_is_refused() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    for (shift, status) in [(-310, 401), (-290, 200), (290, 200), (310, 401)] {
        let target = title_url(None, "apply-1", 500);
        let mut draft = gateway.plain("GET", &target, "");
        draft.set("Authorization", &direct.authorization("GET", &target, gateway.now() + shift, &nonce(), b""));
        assert_eq!(gateway.send(&draft).unwrap().status, status, "{shift}");
    }
    gateway.control_post("/settings", &json!({"signature_clock": "wall"}));
    gateway.advance(100_000);
    let target = title_url(None, "apply-1", 500);
    let mut draft = gateway.plain("GET", &target, "");
    draft.set("Authorization", &direct.authorization("GET", &target, gateway.now() - 100_000, &nonce(), b""));
    assert_eq!(gateway.send(&draft).unwrap().status, 200);
}

#[test]
fn a_nonce_works_once_per_merchant() {
    let gateway = Gateway::start(&[]);
    let draft = gateway.draft(&gateway.caller("direct"), "GET", &title_url(None, "apply-1", 500), "");
    assert_eq!(gateway.send(&draft).unwrap().status, 200);
    let replayed = gateway.send(&draft).unwrap();
    assert_eq!((replayed.status, replayed.field().as_str()), (401, "nonce_str"));
    gateway.control_post("/settings", &json!({"nonce_reuse": "accept"}));
    assert_eq!(gateway.send(&draft).unwrap().status, 200);
}

#[test]
fn nonce_and_serial_must_be_of_the_documented_kind() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    let mixed = Caller { serial: partner.serial.clone(), ..gateway.caller("direct") };
    for (caller, nonce, field) in [(&direct, "x".repeat(65), "nonce_str"), (&mixed, nonce(), "serial_no")] {
        let target = title_url(None, "apply-1", 500);
        let mut draft = gateway.plain("GET", &target, "");
        draft.set("Authorization", &caller.authorization("GET", &target, gateway.now(), &nonce, b""));
        assert_eq!(gateway.send(&draft).unwrap().field(), field);
    }
}

#[test]
fn accept_and_user_agent_are_needed() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    for name in ["Accept", "User-Agent"] {
        let mut draft = gateway.draft(&direct, "GET", &title_url(None, "apply-1", 500), "");
        draft.drop_header(name);
        assert_eq!(gateway.send(&draft).unwrap().code(), (400, "INVALID_REQUEST".to_owned()), "{name}");
    }
}

#[test]
fn wrong_fields_are_named_by_pointer() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let changes = [
        ("/note", json!("x"), "/note", "-270924358"),
        ("/buyer_information/name", json!("\u{1F600}"), "/buyer_information/name", "-268435461"),
        ("/buyer_information/name", json!(null), "/buyer_information/name", "-268435461"),
        ("/buyer_information/name", json!("名".repeat(257)), "/buyer_information/name", "-268435461"),
        ("/buyer_information/type", json!("ORGANIZATION"), "/buyer_information/taxpayer_id", "-268435461"),
        ("/sub_mchid", json!("1900000109"), "/sub_mchid", "-270924358"),
        ("/fapiao_apply_id", json!("a b"), "/fapiao_apply_id", "-268435461"),
        ("/fapiao_information/0/total_amount", json!(1), "/fapiao_information/0/total_amount", "-268435461"),
        ("/fapiao_information/0/items/0/quantity", json!(1.5), "/fapiao_information/0/items/0/quantity", "-268435461"),
        (
            "/fapiao_information/0/items/0/total_amount",
            json!(-1),
            "/fapiao_information/0/items/0/total_amount",
            "-268435461",
        ),
    ];
    for (pointer, value, field, tail) in changes {
        let mut body = issue(None, "apply-1", "blue-1", 500);
        set(&mut body, pointer, value);
        let refused = post_issue(&gateway, &direct, &body);
        assert_eq!((refused.code(), refused.field().as_str()), ((400, "PARAM_ERROR".to_owned()), field));
        assert_eq!(refused.json()["detail"]["location"], "body");
        assert!(refused.header("request-id").unwrap().ends_with(tail), "{pointer}");
    }
    assert_eq!(gateway.control_get("/ledger/effects")["effects"], json!([]));
}

#[test]
fn wrong_parameters_are_named_and_unknown_ones_noted() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let bad = gateway.call(&direct, "GET", &title_url(None, "apply-1", 500).replace("source=WEB", "source=APP"), "");
    assert_eq!((bad.field().as_str(), bad.json()["detail"]["location"].as_str()), ("source", Some("query")));
    let with_sub = gateway.call(&direct, "GET", &title_url(Some("1900000109"), "apply-1", 500), "");
    assert_eq!(with_sub.field(), "sub_mchid");
    assert_eq!(
        gateway.call(&direct, "GET", &format!("{}&colour=red", title_url(None, "apply-1", 500)), "").status,
        200
    );
    assert_eq!(gateway.last_arrival()["notes"].as_array().unwrap().len(), 1);
    for (more, notes) in [("&must_input_phone=true", 1), ("&must_input_phone=true&show_phone_cell=true", 0)] {
        assert_eq!(gateway.call(&direct, "GET", &format!("{}{more}", title_url(None, "a", 1)), "").status, 200);
        assert_eq!(gateway.last_arrival()["notes"].as_array().unwrap().len(), notes, "{more}");
    }
}

#[test]
fn merchants_without_the_right_are_refused() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    let no_auth = (403, "NO_AUTH".to_owned());
    assert_eq!(gateway.call(&partner, "GET", &title_url(Some("1900000111"), "a", 1), "").code(), no_auth);
    assert_eq!(post_general(&gateway, &direct, &issue_general(&gateway, "a", "b", 1)).code(), no_auth);
    assert_eq!(gateway.call(&partner, "GET", &title_url(None, "a", 1), "").field(), "sub_mchid");
}

#[test]
fn sealed_fields_must_open_under_the_named_key() {
    let gateway = Gateway::start(&[]);
    let partner = gateway.caller("partner");
    let body = issue_general(&gateway, "apply-1", "blue-1", 500).to_string();
    let target = format!("{FAMILY}/fapiao-applications/issue-general");
    let send = |change: &dyn Fn(&mut Draft)| {
        let mut draft = gateway.draft(&partner, "POST", &target, &body);
        change(&mut draft);
        gateway.send(&draft).unwrap()
    };
    assert_eq!(send(&|draft| draft.drop_header("Wechatpay-Serial")).field(), "Wechatpay-Serial");
    assert_eq!(send(&|draft| draft.set("Wechatpay-Serial", "00")).field(), "Wechatpay-Serial");
    let other = "7132D72A03E93CDDF8C03BBD1F37EEDF00000001";
    assert_eq!(send(&|draft| draft.set("Wechatpay-Serial", other)).field(), "/buyer_information/phone");
    assert_eq!(send(&|_| {}).status, 202);
}

#[test]
fn answers_are_signed_with_the_kind_of_key_the_request_names() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let latest = "7132D72A03E93CDDF8C03BBD1F37EEDF00000002";
    for (sent, signer) in [(None, latest), (Some(KEY_ID), KEY_ID), (Some(latest), latest)] {
        let mut draft = gateway.draft(&direct, "GET", &title_url(None, "apply-1", 500), "");
        draft.drop_header("Wechatpay-Serial");
        if let Some(serial) = sent {
            draft.set("Wechatpay-Serial", serial);
        }
        let reply = gateway.send(&draft).unwrap();
        gateway.verify(&reply).unwrap();
        assert_eq!(reply.header("wechatpay-serial"), Some(signer));
        assert_eq!(reply.header("wechatpay-signature-type"), Some("WECHATPAY2-SHA256-RSA2048"));
    }
}

#[test]
fn a_discount_line_repeats_the_code_of_its_line_and_nothing_else() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let mut body = issue(None, "apply-1", "blue-1", 500);
    let line = body["fapiao_information"][0]["items"][0].clone();
    let discount = json!({"tax_code": line["tax_code"], "quantity": 100_000_000, "total_amount": -100, "tax_rate": 1300, "discount": true});
    body["fapiao_information"][0]["items"].as_array_mut().unwrap().push(discount);
    body["fapiao_information"][0]["total_amount"] = json!(400);
    for (name, value) in [("tax_code", json!("1")), ("goods_name", json!("折扣")), ("quantity", json!(1))] {
        let mut changed = body.clone();
        changed["fapiao_information"][0]["items"][1][name] = value;
        assert_eq!(post_issue(&gateway, &direct, &changed).field(), format!("/fapiao_information/0/items/1/{name}"));
    }
    assert_eq!(post_issue(&gateway, &direct, &body).status, 202);
}

#[test]
fn an_unknown_path_or_method_is_not_found() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    assert_eq!(gateway.call(&direct, "GET", "/v3/nothing", "").code(), (404, "NOT_FOUND".to_owned()));
    assert_eq!(gateway.call(&direct, "POST", &title_url(None, "a", 1), "{}").code(), (404, "NOT_FOUND".to_owned()));
}

fn set(body: &mut serde_json::Value, pointer: &str, value: serde_json::Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[name] = value;
}

//! The Official Account side: tokens, uploads and links.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{Gateway, client::Reply};

const FILE: &[u8] = b"%PDF-1.7 an invoice";

#[test]
fn a_token_stays_the_same_until_it_is_nearly_over() {
    let gateway = Gateway::start(&[]);
    let (first, left) = token(&gateway, &json!({}));
    assert!(left <= 7200 && left > 7190);
    gateway.advance(6000);
    let (again, left) = token(&gateway, &json!({}));
    assert!(again == first && left <= 1200);
    gateway.advance(901);
    let (next, _) = token(&gateway, &json!({}));
    assert_ne!(next, first);
    assert_eq!(errcode(&upload(&gateway, &first)), 0);
    gateway.advance(300);
    assert_eq!(errcode(&upload(&gateway, &first)), 42001);
    assert_eq!(errcode(&upload(&gateway, &next)), 0);
}

#[test]
fn a_forced_refresh_voids_the_token_before_it() {
    let gateway = Gateway::start(&[]);
    let (first, _) = token(&gateway, &json!({}));
    let (forced, _) = token(&gateway, &json!({"force_refresh": true}));
    assert_eq!(errcode(&upload(&gateway, &first)), 40001);
    assert_eq!(token(&gateway, &json!({"force_refresh": true})).0, forced);
    let tokens = gateway.control_get("/ledger/effects");
    assert_eq!(tokens["effects"].as_array().unwrap().len(), 2);
}

#[test]
fn tokens_are_refused_with_the_documented_codes() {
    let gateway = Gateway::start(&[]);
    let right = json!({"grant_type": "client_credential", "appid": gateway.text("/account/appid"),
        "secret": gateway.text("/account/secret")});
    for (field, value, code) in [
        ("grant_type", json!("x"), 40002),
        ("appid", json!("wx0"), 40013),
        ("appid", Value::Null, 41002),
        ("secret", json!("x"), 40125),
        ("secret", Value::Null, 41004),
    ] {
        let mut body = right.clone();
        body[field] = value;
        assert_eq!(errcode(&post(&gateway, "/cgi-bin/stable_token", &body.to_string())), code, "{field}");
    }
    assert_eq!(errcode(&post(&gateway, "/cgi-bin/stable_token", "{")), 47001);
    assert_eq!(errcode(&post(&gateway, "/cgi-bin/stable_token", "")), 44002);
    assert_eq!(errcode(&gateway.send(&gateway.plain("GET", "/cgi-bin/stable_token", "")).unwrap()), 43002);
    let refused = upload(&gateway, "nobody").json();
    assert_eq!(refused["errcode"], 40014);
    assert!(refused["errmsg"].as_str().unwrap().contains(" rid: "));
    assert_eq!(errcode(&upload(&gateway, "")), 41001);
}

#[test]
fn an_uploaded_file_comes_back_from_its_link_for_two_hours() {
    let gateway = Gateway::start(&[]);
    let (access, _) = token(&gateway, &json!({}));
    let media_id = upload(&gateway, &access).json()["s_media_id"].as_str().unwrap().to_owned();
    assert!(media_id.parse::<u64>().unwrap() > 1 << 53);
    let answer = link(&gateway, &access, &json!({"action": "get_url", "s_media_id": media_id}));
    assert_eq!((errcode(&answer), answer.json()["pdf_url_expire_time"].as_i64()), (0, Some(7200)));
    let url = answer.json()["pdf_url"].as_str().unwrap().to_owned();
    let file = gateway.get(&url);
    assert_eq!((file.header("content-type"), file.body.as_slice()), (Some("application/pdf"), FILE));
    gateway.advance(7200);
    assert_eq!(gateway.get(&url).status, 404);
}

#[test]
fn wrong_arguments_are_refused() {
    let gateway = Gateway::start(&[]);
    let (access, _) = token(&gateway, &json!({}));
    assert_eq!(errcode(&link(&gateway, &access, &json!({"action": "get", "s_media_id": "1"}))), 40097);
    assert_eq!(errcode(&link(&gateway, &access, &json!({"action": "get_url", "s_media_id": "1"}))), 40097);
    assert_eq!(errcode(&form(&gateway, &access, "file", FILE)), 40097);
    assert_eq!(errcode(&form(&gateway, &access, "pdf", b"text")), 72040);
}

#[test]
fn uploading_the_same_file_twice_shows_in_the_ledger() {
    let gateway = Gateway::start(&[]);
    let (access, _) = token(&gateway, &json!({}));
    upload(&gateway, &access);
    upload(&gateway, &access);
    let effects = gateway.control_get("/ledger/effects");
    assert_eq!((effects["effects"][0]["count"].as_u64(), effects["doubled"].as_u64()), (Some(2), Some(1)));
}

#[test]
fn token_faults_strike_calls_with_a_token_only() {
    let gateway = Gateway::start(&[]);
    for (order, code) in [
        (json!({"fault": "token_expired"}), 42001),
        (json!({"fault": "token_invalid"}), 40001),
        (json!({"fault": "errcode", "errcode": 45009, "path": "setpdf"}), 45009),
        (json!({"fault": "errcode", "path": "setpdf"}), -1),
    ] {
        gateway.fault(&order);
        let (access, _) = token(&gateway, &json!({}));
        assert_eq!(errcode(&upload(&gateway, &access)), code);
        assert_eq!(errcode(&upload(&gateway, &access)), 0);
    }
}

fn token(gateway: &Gateway, more: &Value) -> (String, i64) {
    let mut body = json!({"grant_type": "client_credential", "appid": gateway.text("/account/appid"),
        "secret": gateway.text("/account/secret")});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let answer = post(gateway, "/cgi-bin/stable_token", &body.to_string()).json();
    (answer["access_token"].as_str().unwrap().to_owned(), answer["expires_in"].as_i64().unwrap())
}

fn post(gateway: &Gateway, target: &str, body: &str) -> Reply {
    let reply = gateway.send(&gateway.plain("POST", target, body)).unwrap();
    assert_eq!(reply.status, 200);
    reply
}

fn link(gateway: &Gateway, access: &str, body: &Value) -> Reply {
    post(gateway, &format!("/card/invoice/platform/getpdf?access_token={access}"), &body.to_string())
}

fn upload(gateway: &Gateway, access: &str) -> Reply {
    form(gateway, access, "pdf", FILE)
}

fn form(gateway: &Gateway, access: &str, name: &str, file: &[u8]) -> Reply {
    let mut draft = gateway.plain("POST", &format!("/card/invoice/platform/setpdf?access_token={access}"), "");
    draft.set("Content-Type", "multipart/form-data; boundary=cut");
    let head = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n"
    );
    draft.body = [head.as_bytes(), file, b"\r\n--cut--\r\n"].concat();
    gateway.send(&draft).unwrap()
}

fn errcode(reply: &Reply) -> i64 {
    reply.json().get("errcode").map_or(0, |code| code.as_i64().unwrap())
}

//! The Official Account's invoices: authorisation, cards, and cards of WeChat Pay taken out of the wallet.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    account::Desk,
    orders::{invoices, issue, post_issue},
};

const INSIDE: &str = "/card_ext/user_card/invoice_user_data";

#[test]
fn no_link_is_given_before_the_contact_is_set() {
    let desk = Desk::bare(Gateway::start(&[]));
    let mut link = desk.link("order-1");
    link["s_pappid"] = json!("c2FuZGJveDAwMDAwMQ==");
    assert_eq!(
        (desk.code("getauthurl", &link), desk.code("setbizattr?action=get_contact", &json!({}))),
        (72063, 72063)
    );
    desk.ok("setbizattr?action=set_contact", &json!({"contact": {"phone": "1", "time_out": "600"}}));
    let contact = desk.ok("setbizattr?action=get_contact", &json!({}))["contact"].clone();
    assert_eq!(contact, json!({"phone": "1", "time_out": 600}));
    desk.ok("getauthurl", &link);
}

#[test]
fn attributes_are_set_and_shown() {
    let desk = Desk::bare(Gateway::start(&[]));
    let fields =
        json!({"auth_field": {"user_field": {"show_title": 1, "custom_field": [{"key": "工号", "is_require": 1}]}}});
    let merchant = json!({"paymch_info": {"mchid": desk.gateway.text("/pay/direct/mchid"), "s_pappid": "x"}});
    for (name, never_set, value) in [("auth_field", 72029, fields), ("pay_mch", 72028, merchant)] {
        assert_eq!(desk.code(&format!("setbizattr?action=get_{name}"), &json!({})), never_set);
        desk.ok(&format!("setbizattr?action=set_{name}"), &value);
        let shown = desk.ok(&format!("setbizattr?action=get_{name}"), &json!({}));
        assert!(value.as_object().unwrap().iter().all(|(name, value)| shown[name] == *value), "{shown}");
    }
    for (action, body, code) in [
        ("set_auth_field", json!({"auth_field": {"user_field": {"show_title": 2}}}), 72031),
        ("set_auth_field", json!({"auth_field": {"biz_field": {"custom_field": [{}]}}}), 72031),
        ("set_pay_mch", json!({"paymch_info": {"mchid": "1", "s_pappid": "x"}}), 72030),
        ("set_everything", json!({}), 72027),
        ("get_everything", json!({}), 72027),
    ] {
        assert_eq!(desk.code(&format!("setbizattr?action={action}"), &body), code, "{action}");
    }
    assert_eq!(desk.post("setbizattr?action=get_contact", "").json()["errcode"], 44002);
}

#[test]
fn an_order_is_never_authorised_until_its_user_is_asked() {
    let desk = Desk::new();
    let asked = |order_id| desk.ok("getauthdata", &desk.order(order_id));
    assert_eq!(asked("order-1")["invoice_status"], "never auth");
    assert_eq!(desk.gateway.control_post("/authorisation", &json!({"order_id": "order-1"})).0, 404);
    let link = desk.ok("getauthurl", &desk.link("order-1"));
    assert!(link["auth_url"].as_str().unwrap().starts_with("https://mp.weixin.qq.com/") && link.get("appid").is_none());
    assert_eq!(asked("order-1")["invoice_status"], "never auth");
    let title = json!({"title": "测试企业", "tax_no": "91440300000000000X"});
    desk.gateway.control_post("/authorisation", &json!({"order_id": "order-1", "biz_field": title}));
    let answer = asked("order-1");
    assert_eq!((&answer["invoice_status"], &answer["user_auth_info"]["biz_field"]), (&json!("auth success"), &title));
    assert_eq!(answer["auth_time"].to_string().len(), 10);
}

#[test]
fn links_need_a_ticket_and_the_platform() {
    let desk = Desk::new();
    assert_eq!(desk.ticket(), desk.ticket());
    let mut mini_program = desk.link("order-1");
    (mini_program["source"], mini_program["type"]) = (json!("wxa"), json!(0));
    let answer = desk.ok("getauthurl", &mini_program);
    assert_eq!(answer["appid"], desk.gateway.text("/account/appid"));
    desk.gateway.control_post("/authorisation", &json!({"order_id": "order-1"}));
    assert!(desk.ok("getauthdata", &desk.order("order-1")).get("user_auth_info").is_none());
    for (name, value, code) in [
        ("ticket", json!("x"), 72025),
        ("s_pappid", json!("x"), 72031),
        ("source", json!("watch"), 72031),
        ("type", json!(3), 72031),
        ("money", json!(-1), 72031),
        ("money", json!(1.5), 40097),
        ("order_id", json!(""), 72031),
    ] {
        let mut link = desk.link("order-2");
        link[name] = value;
        assert_eq!(desk.code("getauthurl", &link), code, "{name}");
    }
    let late = desk.link("order-2");
    desk.gateway.advance(7200);
    let desk = desk.renewed();
    assert_eq!(desk.code("getauthurl", &late), 72025);
}

#[test]
fn a_rejected_order_is_burnt() {
    let desk = Desk::new();
    let reject = |order_id| json!({"s_pappid": desk.s_pappid, "order_id": order_id, "reason": "订单已退款"});
    assert_eq!(desk.code("rejectinsert", &reject("order-1")), 72038);
    desk.authorised("order-1", "o1");
    desk.ok("rejectinsert", &reject("order-1"));
    assert_eq!(desk.code("rejectinsert", &reject("order-1")), 72035);
    assert_eq!(desk.code("getauthdata", &desk.order("order-1")), 72035);
    assert_eq!(desk.code("getauthurl", &desk.link("order-1")), 72035);
    assert_eq!(desk.code("insert", &desk.card("order-1", &desk.template(), "00000001")), 72035);
    desk.inserted("order-2", "o1", "00000001");
    assert_eq!(desk.code("rejectinsert", &reject("order-2")), 72018);
}

#[test]
fn one_order_is_one_invoice() {
    let desk = Desk::new();
    let card_id = desk.template();
    assert_eq!(desk.code("insert", &desk.card("order-1", &card_id, "00000001")), 72038);
    desk.authorised("order-1", "oUser1");
    let answer = desk.ok("insert", &desk.card("order-1", &card_id, "00000001"));
    assert_eq!((answer["openid"].as_str(), answer["code"].as_str().unwrap().len()), (Some("oUser1"), 12));
    assert_eq!(desk.code("insert", &desk.card("order-1", &card_id, "00000002")), 72056);
    let status = |code: &str, status| json!({"card_id": card_id, "code": code, "reimburse_status": status});
    let code = answer["code"].as_str().unwrap();
    assert_eq!(desk.code("platform/updatestatus", &status("144031539110", "INVOICE_REIMBURSE_CANCEL")), 72038);
    assert_eq!(desk.code("platform/updatestatus", &status(code, "CANCEL")), 72024);
    desk.ok("platform/updatestatus", &status(code, "INVOICE_REIMBURSE_CANCEL"));
    assert_eq!(desk.code("platform/updatestatus", &status(code, "INVOICE_REIMBURSE_INIT")), 72060);
    assert_eq!(desk.code("insert", &desk.card("order-1", &card_id, "00000003")), 72056);
}

#[test]
fn an_insert_says_which_field_is_wrong() {
    let desk = Desk::new();
    let card_id = desk.template();
    desk.authorised("order-0", "o1");
    desk.ok("insert", &desk.card("order-0", &card_id, "00000000"));
    desk.authorised("order-1", "o1");
    for (pointer, value, code) in [
        ("/appid", json!(desk.s_pappid), 72031),
        ("/card_id", json!("p1"), 40078),
        ("/card_ext/nonce_str", json!(""), 72031),
        ("/card_ext/user_card", json!({"fee": 1}), 72031),
        (&format!("{INSIDE}/billing_time"), json!(148_034_249), 72031),
        (&format!("{INSIDE}/check_code"), json!(""), 72045),
        (&format!("{INSIDE}/billing_code"), json!(""), 72041),
        (&format!("{INSIDE}/billing_no"), json!("00000000"), 72042),
        (&format!("{INSIDE}/s_pdf_media_id"), json!("1"), 72040),
        (&format!("{INSIDE}/title"), json!(""), 72031),
    ] {
        let mut card = desk.card("order-1", &card_id, "00000001");
        *card.pointer_mut(pointer).unwrap() = value;
        assert_eq!(desk.code("insert", &card), code, "{pointer}");
    }
    desk.ok("insert", &desk.card("order-1", &card_id, "00000001"));
}

#[test]
fn a_digital_invoice_has_neither_code_nor_check_code() {
    let desk = Desk::new();
    let digital = |order_id| {
        let mut card = desk.card(order_id, &desk.template(), &format!("2431200000001234567{}", order_id.len()));
        let data = card.pointer_mut(INSIDE).unwrap();
        (data["billing_code"], data["check_code"]) = (json!(""), json!(""));
        card
    };
    desk.authorised("order-1", "o1");
    for code in [-1, 72040, 72045, 72082] {
        desk.gateway.set(&json!({"digital_insert_errcode": code}));
        assert_eq!(desk.code("insert", &digital("order-1")), code);
    }
    desk.gateway.set(&json!({"digital_insert_errcode": 0, "createcard_seconds": 5}));
    let card = digital("order-1");
    assert_eq!(desk.code("insert", &card), 40078);
    desk.gateway.advance(5);
    desk.ok("insert", &card);
}

#[test]
fn a_linked_file_outlives_three_days() {
    let desk = Desk::new();
    let item = desk.inserted("order-1", "o1", "00000001");
    let loose = desk.upload();
    desk.gateway.advance(3 * 86_400);
    let desk = desk.renewed();
    let info = desk.ok("reimburse/getinvoiceinfo", &item);
    let url = info["user_info"]["pdf_url"].as_str().unwrap();
    assert!(desk.gateway.get(url).body.starts_with(b"%PDF-"));
    assert_eq!(desk.code("platform/getpdf", &json!({"action": "get_url", "s_media_id": loose})), 40097);
}

#[test]
fn a_card_of_wechat_pay_is_consumed_once() {
    let desk = Desk::new();
    let direct = desk.gateway.caller("direct");
    assert_eq!(post_issue(&desk.gateway, &direct, &issue(None, "apply-1", "blue-1", 100)).status, 202);
    desk.gateway.advance(2);
    let card = || invoices(&desk.gateway, &direct, None, "apply-1")[0]["card_information"].clone();
    let (code, card_id) = (card()["card_code"].clone(), card()["card_id"].clone());
    let consume =
        |code: &Value, card_id: &Value| desk.code("/card/code/consume", &json!({"code": code, "card_id": card_id}));
    assert_eq!((consume(&json!("1"), &card_id), consume(&code, &json!("p1"))), (40127, 40127));
    let answer = desk.ok("/card/code/consume", &json!({"code": code}));
    assert_eq!((&answer["card"]["card_id"], &answer["openid"]), (&card_id, &card()["card_openid"]));
    desk.gateway.advance(2);
    assert_eq!(card()["card_status"], "DISCARDED");
    assert_eq!(invoices(&desk.gateway, &direct, None, "apply-1")[0]["status"], "ISSUED");
    assert_eq!(consume(&code, &card_id), 40127);
}

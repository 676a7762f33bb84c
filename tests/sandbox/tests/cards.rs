//! Wallet cards: of invoices WeChat issues, and of those from elsewhere.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    client::{Caller, Reply},
    orders::{FAMILY, files, invoices, issue, meta, post_issue, post_reverse, query, title_url, upload},
};

struct Desk {
    gateway: Gateway,
    direct: Caller,
}

impl Desk {
    fn new() -> Self {
        let gateway = Gateway::at_once();
        let direct = gateway.caller("direct");
        Self { gateway, direct }
    }

    fn upload(&self) -> String {
        let file = b"%PDF-1.7 from elsewhere".as_slice();
        let draft = upload(&self.gateway, &self.direct, &meta(file), file);
        self.gateway.send(&draft).unwrap().json()["fapiao_media_id"].as_str().unwrap().to_owned()
    }

    fn insert(&self, apply_id: &str, body: &Value) -> Reply {
        let target = format!("{FAMILY}/fapiao-applications/{apply_id}/insert-cards");
        self.gateway.call(&self.direct, "POST", &target, &body.to_string())
    }

    fn card(&self, apply_id: &str) -> Value {
        invoices(&self.gateway, &self.direct, None, apply_id)[0]["card_information"].clone()
    }
}

/// The values of the official sample, as far as it is printed.
fn order(media_id: &str) -> Value {
    json!({"scene": "WITH_WECHATPAY", "buyer_information": {"type": "INDIVIDUAL", "name": "张三"}, "fapiao_card_information": [{
        "fapiao_media_id": media_id, "fapiao_number": "12897794", "fapiao_code": "044001911211",
        "fapiao_time": "2020-07-01T12:00:00+08:00", "check_code": "69001808340631374774", "password": "006>299-375/326>2+7",
        "total_amount": 429_900, "tax_amount": 49_458, "amount": 380_442,
        "seller_information": {"name": "测试公司", "taxpayer_id": "202003261233701778", "address": "深圳市南山区"},
        "extra_information": {"drawer": "张三"},
        "items": [{"tax_code": "3010101020203000000", "goods_name": "出租汽车旅客运输服务", "quantity": 100_000_000,
            "unit_price": 380_442_000_000_u64, "amount": 380_442, "tax_amount": 49_458, "total_amount": 429_900,
            "tax_rate": 1300, "tax_prefer_mark": "NO_FAVORABLE", "discount": false}]}]})
}

/// The same for an invoice that has nothing but a number.
fn digital(media_id: &str) -> Value {
    let mut body = order(media_id);
    let card = body["fapiao_card_information"][0].as_object_mut().unwrap();
    for name in ["fapiao_code", "check_code", "password"] {
        card.remove(name);
    }
    card["fapiao_number"] = json!("24312000000012345678");
    body
}

#[test]
fn the_card_of_an_invoice_follows_it_into_the_wallet() {
    let desk = Desk::new();
    assert_eq!(post_issue(&desk.gateway, &desk.direct, &issue(None, "apply-1", "blue-1", 500)).status, 202);
    let waiting = desk.card("apply-1");
    assert_eq!((&waiting["card_status"], waiting.get("card_code")), (&json!("INSERT_ACCEPTED"), None));
    desk.gateway.advance(1);
    let inserted = desk.card("apply-1");
    assert_eq!((&inserted["card_status"], inserted["card_code"].is_string()), (&json!("INSERTED"), true));
    let gone = json!({"mchid": "1900000001", "fapiao_apply_id": "apply-1", "fapiao_id": "blue-1"});
    assert_eq!(desk.gateway.control_post("/discard", &gone).0, 200);
    desk.gateway.advance(1);
    let invoice = &invoices(&desk.gateway, &desk.direct, None, "apply-1")[0];
    assert_eq!(
        (&invoice["card_information"]["card_status"], &invoice["status"]),
        (&json!("DISCARDED"), &json!("ISSUED"))
    );
    assert_eq!(
        desk.gateway
            .control_post("/discard", &json!({"mchid": "1900000001", "fapiao_apply_id": "x", "fapiao_id": "y"}))
            .0,
        404
    );
}

#[test]
fn a_card_can_stay_accepted_for_ever_or_not_exist() {
    let desk = Desk::new();
    desk.gateway.set(&json!({"card_result": "stuck"}));
    post_issue(&desk.gateway, &desk.direct, &issue(None, "apply-1", "blue-1", 500));
    desk.gateway.advance(86_400);
    assert_eq!(desk.card("apply-1")["card_status"], "INSERT_ACCEPTED");
    desk.gateway.set(&json!({"card_result": "none"}));
    post_issue(&desk.gateway, &desk.direct, &issue(None, "apply-2", "blue-2", 500));
    assert_eq!(desk.card("apply-2"), Value::Null);
}

#[test]
fn an_invoice_from_elsewhere_is_inserted_and_shown_as_it_was_handed_in() {
    let desk = Desk::new();
    let body = order(&desk.upload());
    let accepted = desk.insert("4200000444201910177461284488", &body);
    assert_eq!((accepted.status, accepted.body.len()), (202, 0), "{}", String::from_utf8_lossy(&accepted.body));
    desk.gateway.verify(&accepted).unwrap();
    assert_eq!(desk.gateway.last_arrival()["notes"], json!([]));
    desk.gateway.advance(1);
    let shown = &invoices(&desk.gateway, &desk.direct, None, "4200000444201910177461284488")[0];
    let sent = &body["fapiao_card_information"][0];
    for name in ["total_amount", "tax_amount", "amount", "seller_information", "extra_information", "items"] {
        assert_eq!(shown[name], sent[name], "{name}");
    }
    for name in ["fapiao_number", "fapiao_code", "fapiao_time", "check_code", "password"] {
        assert_eq!(shown["blue_fapiao"][name], sent[name], "{name}");
    }
    assert_eq!(shown["card_information"]["card_status"], "INSERTED");
    let invalid = (400, "INVALID_REQUEST".to_owned());
    let whole = json!({"reverse_reason": "退款"});
    assert_eq!(post_reverse(&desk.gateway, &desk.direct, "4200000444201910177461284488", &whole).code(), invalid);
    assert_eq!(files(&desk.gateway, &desk.direct, None, "4200000444201910177461284488").code(), invalid);
}

#[test]
fn an_order_is_inserted_once() {
    let desk = Desk::new();
    let body = order(&desk.upload());
    assert_eq!(desk.insert("apply-1", &body).status, 202);
    assert_eq!(desk.insert("apply-1", &body).code(), (400, "RESOURCE_ALREADY_EXISTS".to_owned()));
    desk.gateway.set(&json!({"duplicates": "accept"}));
    assert_eq!(desk.insert("apply-1", &body).status, 202);
    assert_eq!(desk.insert("apply-1", &digital(&desk.upload())).code().1, "RESOURCE_ALREADY_EXISTS");
    let effects = desk.gateway.control_get("/ledger/effects")["effects"].as_array().unwrap().clone();
    let inserted: Vec<_> = effects.iter().filter(|effect| effect["kind"] == "inserted").collect();
    assert_eq!((inserted.len(), &inserted[0]["count"]), (1, &json!(1)));
}

#[test]
fn a_file_serves_for_three_days_and_its_own_merchant() {
    let desk = Desk::new();
    let (first, second) = (desk.upload(), desk.upload());
    let missing = (404, "RESOURCE_NOT_EXISTS".to_owned());
    assert_eq!(desk.insert("apply-1", &order("ASNFZ4mrze/+3LqYdlQyEA==")).code(), missing);
    desk.gateway.advance(3 * 86_400 - 10);
    assert_eq!(desk.insert("apply-1", &order(&first)).status, 202);
    desk.gateway.advance(11);
    assert_eq!(desk.insert("apply-2", &order(&second)).code(), missing);
}

#[test]
fn without_wechat_pay_the_user_has_to_be_asked_first() {
    let desk = Desk::new();
    let mut body = order(&desk.upload());
    body["scene"] = json!("WITHOUT_WECHATPAY");
    assert_eq!(desk.insert("apply-1", &body).code(), (400, "INVALID_REQUEST".to_owned()));
    desk.gateway.call(&desk.direct, "GET", &title_url(None, "apply-1", 500), "");
    desk.gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-1"}));
    assert_eq!(desk.insert("apply-1", &body).status, 202);
    assert_eq!(desk.card("apply-1")["card_openid"], "oPayer0000000000000000000001");
}

#[test]
fn a_digital_invoice_needs_no_code_and_its_card_can_be_lost() {
    let desk = Desk::new();
    assert_eq!(desk.insert("apply-1", &digital(&desk.upload())).status, 202);
    let blue = invoices(&desk.gateway, &desk.direct, None, "apply-1")[0]["blue_fapiao"].clone();
    assert_eq!((&blue["fapiao_number"], blue.get("fapiao_code")), (&json!("24312000000012345678"), None));
    desk.gateway.set(&json!({"card_result": "lost"}));
    assert_eq!(desk.insert("apply-2", &digital(&desk.upload())).status, 202);
    let refused = query(&desk.gateway, &desk.direct, None, "apply-2");
    assert_eq!((refused.code(), refused.field().as_str()), ((400, "PARAM_ERROR".to_owned()), "/fapiao_code"));
}

#[test]
fn unusual_lengths_are_noted_and_missing_fields_refused() {
    let desk = Desk::new();
    let mut body = order(&desk.upload());
    body["fapiao_card_information"][0]["check_code"] = json!("1");
    body["fapiao_card_information"][0]["amount"] = json!(1);
    let mut without = body.clone();
    without["fapiao_card_information"][0]["extra_information"] = json!({});
    assert_eq!(desk.insert("apply-1", &without).field(), "/fapiao_card_information/0/extra_information/drawer");
    assert_eq!(desk.insert("apply-1", &body).status, 202);
    assert_eq!(desk.gateway.last_arrival()["notes"].as_array().unwrap().len(), 2);
}

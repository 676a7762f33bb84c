//! The Official Account's reimbursers and quick titles.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{Gateway, account::Desk};

fn with(item: &Value, status: &str) -> Value {
    json!({"card_id": item["card_id"], "encrypt_code": item["encrypt_code"], "reimburse_status": status})
}

fn status(desk: &Desk, item: &Value) -> String {
    desk.ok("reimburse/getinvoiceinfo", item)["user_info"]["reimburse_status"].as_str().unwrap().to_owned()
}

#[test]
fn a_reimburser_sees_the_invoice_as_it_was_inserted() {
    let desk = Desk::new();
    let item = desk.inserted("order-1", "oUser1", "00000001");
    let info = desk.ok("reimburse/getinvoiceinfo", &item);
    let user = &info["user_info"];
    assert_eq!((&info["openid"], &info["payee"]), (&json!("oUser1"), &json!("测试有限公司")));
    assert_eq!(
        (&user["fee"], &user["billing_no"], &user["order_id"]),
        (&json!(11_300), &json!("00000001"), &json!("order-1"))
    );
    assert_eq!((&user["info"][0]["num"], &user["reimburse_status"]), (&json!(1.5), &json!("INVOICE_REIMBURSE_INIT")));
    assert!(user.get("s_pdf_media_id").is_none());
    let other = desk.inserted("order-2", "oUser2", "00000002");
    let list = desk.ok("reimburse/getinvoicebatch", &json!({"item_list": [item, other]}))["item_list"].clone();
    assert_eq!(
        (&list[0]["user_info"]["billing_no"], &list[1]["user_info"]["billing_no"]),
        (&json!("00000001"), &json!("00000002"))
    );
    let unknown = json!({"card_id": item["card_id"], "encrypt_code": other["encrypt_code"]});
    assert_eq!(desk.code("reimburse/getinvoiceinfo", &unknown), 73204);
    assert_eq!(desk.code("reimburse/getinvoicebatch", &json!({"item_list": [item, unknown]})), 73204);
    assert_eq!(desk.code("reimburse/getinvoicebatch", &json!({"item_list": []})), 72031);
}

#[test]
fn an_invoice_is_locked_before_it_is_closed_for_good() {
    let desk = Desk::new();
    let item = desk.inserted("order-1", "o1", "00000001");
    let set =
        |status: &str| desk.code("reimburse/updateinvoicestatus", &with(&item, &format!("INVOICE_REIMBURSE_{status}")));
    assert_eq!(set("CLOSURE"), 72039);
    for (wanted, code) in
        [("LOCK", 0), ("LOCK", 72024), ("INIT", 0), ("LOCK", 0), ("CANCEL", 72024), ("CLOSURE", 0), ("INIT", 72061)]
    {
        assert_eq!(set(wanted), code, "{wanted}");
    }
    assert_eq!(status(&desk, &item), "INVOICE_REIMBURSE_CLOSURE");
}

#[test]
fn a_batch_is_taken_as_a_whole_or_not_at_all() {
    let desk = Desk::new();
    let [mine, locked, other] = [("order-1", "o1"), ("order-22", "o1"), ("order-333", "o2")]
        .map(|(order_id, openid)| desk.inserted(order_id, openid, &format!("0000000{}", order_id.len())));
    desk.ok("reimburse/updateinvoicestatus", &with(&locked, "INVOICE_REIMBURSE_LOCK"));
    let batch = |wanted: &str, items: &[&Value]| {
        let body =
            json!({"openid": "o1", "reimburse_status": format!("INVOICE_REIMBURSE_{wanted}"), "invoice_list": items});
        desk.code("reimburse/updatestatusbatch", &body)
    };
    assert_eq!(batch("LOCK", &[&mine, &other]), 72037);
    assert_eq!(batch("LOCK", &[&mine, &locked]), 72024);
    assert_eq!(batch("CLOSURE", &[&locked, &mine]), 72039);
    assert_eq!(batch("LOCK", &[]), 72031);
    assert_eq!(
        (status(&desk, &mine), status(&desk, &locked)),
        ("INVOICE_REIMBURSE_INIT".into(), "INVOICE_REIMBURSE_LOCK".into())
    );
    assert_eq!(batch("LOCK", &[&mine]), 0);
    assert_eq!(batch("CLOSURE", &[&mine, &locked]), 0);
    assert_eq!(
        (status(&desk, &mine), status(&desk, &locked)),
        ("INVOICE_REIMBURSE_CLOSURE".into(), "INVOICE_REIMBURSE_CLOSURE".into())
    );
    assert_eq!(status(&desk, &other), "INVOICE_REIMBURSE_INIT");
}

#[test]
fn titles_go_both_ways() {
    let desk = Desk::bare(Gateway::start(&[]));
    let title = json!({"title": "测试企业", "phone": "0755-12345678", "tax_no": "91440300000000000X", "user_fill": 0});
    assert!(desk.ok("biz/getusertitleurl", &title)["url"].as_str().unwrap().starts_with("https://"));
    desk.ok("biz/getusertitleurl", &json!({"user_fill": 1}));
    for (name, value, code) in [
        ("title", "", 72017),
        ("phone", "+86 755", 72031),
        ("tax_no", "914403000000", 72031),
        ("user_fill", "2", 72031),
    ] {
        let mut wrong = title.clone();
        wrong[name] = json!(value);
        assert_eq!(desk.code("biz/getusertitleurl", &wrong), code, "{name}");
    }
    desk.ok("biz/getselecttitleurl", &json!({"attach": "订单1"}));
    let (_, shown) = desk.gateway.control_post("/title-code", &json!({"title": "张三", "title_type": 1}));
    let scanned = desk.ok("scantitle", &shown);
    assert_eq!(
        (&scanned["title"], &scanned["title_type"], &scanned["tax_no"]),
        (&json!("张三"), &json!(1), &json!(""))
    );
    assert_eq!(desk.code("scantitle", &json!({"scan_text": "x"})), 72031);
    desk.gateway.advance(300);
    assert_eq!(desk.code("scantitle", &shown), 72044);
}

#[test]
fn a_reset_forgets_all_of_it() {
    let desk = Desk::new();
    desk.inserted("order-1", "o1", "00000001");
    desk.gateway.control_post("/reset", &json!({}));
    assert_eq!(desk.gateway.control_get("/invoice-cards"), json!({"cards": []}));
}

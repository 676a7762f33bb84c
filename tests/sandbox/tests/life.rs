//! The life of an invoice, for providers and for direct merchants.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use sm3::{Digest, Sm3};
use support::{
    Gateway,
    orders::{files, issue, issue_general, post_general, post_issue, post_reverse, query, title_url},
};

#[test]
fn a_provider_issues_queries_and_downloads_a_digital_invoice() {
    let gateway = Gateway::start(&[]);
    let partner = gateway.caller("partner");
    let sub = Some("1900000109");
    let title = gateway.call(&partner, "GET", &title_url(sub, "apply-1", 38_000), "");
    assert_eq!(title.status, 200, "{}", title.json());
    gateway.verify(&title).unwrap();
    assert_eq!(gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-1"})).0, 200);

    let accepted = post_general(&gateway, &partner, &issue_general(&gateway, "apply-1", "blue-1", 38_000));
    assert_eq!((accepted.status, accepted.body.len()), (202, 0), "{}", String::from_utf8_lossy(&accepted.body));
    gateway.verify(&accepted).unwrap();
    assert_eq!(first(&query(&gateway, &partner, sub, "apply-1").json())["status"], "ISSUE_ACCEPTED");
    assert!(
        files(&gateway, &partner, sub, "apply-1").json()["fapiao_download_info_list"][0].get("download_url").is_none()
    );

    gateway.advance(2);
    let answer = query(&gateway, &partner, sub, "apply-1");
    gateway.verify(&answer).unwrap();
    let invoice = first(&answer.json()).clone();
    assert_eq!(invoice["status"], "ISSUED");
    assert_eq!(invoice["blue_fapiao"]["fapiao_number"].as_str().unwrap().len(), 20);
    assert_eq!(partner.open(&invoice["buyer_information"]["phone"]), "13912345678");
    assert_eq!(partner.open(&invoice["buyer_information"]["email"]), "a@example.com");
    let card = &invoice["card_information"];
    assert_eq!(
        (text(card, "card_openid"), text(card, "card_status")),
        ("oPayer0000000000000000000001", "INSERT_ACCEPTED")
    );

    let url = download_url(&files(&gateway, &partner, sub, "apply-1").json());
    let file = gateway.get(&url);
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/octet-stream")));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"blue-1.pdf\""));
    let digest = format!("{:X}", Sm3::digest(&file.body));
    assert_eq!(file.header("sm3-digest"), Some(digest.as_str()));
    assert!(file.body.starts_with(b"%PDF-") && file.header("wechatpay-signature").is_none());
}

#[test]
fn a_direct_merchant_needs_the_card_and_number_to_download() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let direct = gateway.caller("direct");
    assert_eq!(gateway.call(&direct, "GET", &title_url(None, "apply-2", 500), "").status, 200);
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-2", "blue-2", 500)).status, 202);
    let invoice = first(&query(&gateway, &direct, None, "apply-2").json()).clone();
    let (blue, card) = (&invoice["blue_fapiao"], &invoice["card_information"]);
    assert_eq!((text(blue, "fapiao_code").len(), text(blue, "fapiao_number").len()), (12, 8));
    assert_eq!(text(card, "card_openid"), "oPayer0000000000000000000001");

    let url = download_url(&files(&gateway, &direct, None, "apply-2").json());
    assert_eq!(gateway.get(&url).field(), "mchid");
    let right = format!(
        "{url}&mchid=1900000001&openid={}&invoice_code={}&invoice_no={}&fapiao_id=blue-2",
        text(card, "card_openid"),
        text(blue, "fapiao_code"),
        text(blue, "fapiao_number")
    );
    assert_eq!(gateway.get(&right.replace("openid=o", "openid=x")).field(), "openid");
    assert_eq!(gateway.get(&right).status, 200);
}

#[test]
fn an_older_provider_also_names_its_sub_merchant_when_downloading() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let partner = gateway.caller("partner");
    let sub = Some("1900000110");
    assert_eq!(post_issue(&gateway, &partner, &issue(sub, "apply-3", "blue-3", 500)).status, 202);
    let invoice = first(&query(&gateway, &partner, sub, "apply-3").json()).clone();
    let url = format!(
        "{}&mchid=1900000100&openid={}&invoice_code={}&invoice_no={}&fapiao_id=blue-3",
        download_url(&files(&gateway, &partner, sub, "apply-3").json()),
        text(&invoice["card_information"], "card_openid"),
        text(&invoice["blue_fapiao"], "fapiao_code"),
        text(&invoice["blue_fapiao"], "fapiao_number")
    );
    assert_eq!(gateway.get(&url).field(), "sub_mchid");
    assert_eq!(gateway.get(&format!("{url}&sub_mchid=1900000110")).status, 200);
}

#[test]
fn download_links_die_after_thirty_seconds_and_take_no_authorization() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let partner = gateway.caller("partner");
    post_general(&gateway, &partner, &issue_general(&gateway, "apply-4", "blue-4", 100));
    let url = download_url(&files(&gateway, &partner, Some("1900000109"), "apply-4").json());
    let mut signed = gateway.plain("GET", "", "");
    signed.base.clone_from(&url);
    signed.set("Authorization", "WECHATPAY2-SHA256-RSA2048 x");
    assert_eq!(gateway.send(&signed).unwrap().code(), (400, "INVALID_REQUEST".to_owned()));
    assert_eq!(gateway.get(&format!("{url}&token=again")).field(), "token");
    assert_eq!(gateway.get(&format!("{url}x")).code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    assert_eq!(gateway.get(&url).status, 200);
    gateway.control_post("/settings", &json!({"download_links": "once"}));
    assert_eq!(gateway.get(&url).code(), (400, "INVALID_REQUEST".to_owned()));
    gateway.control_post("/settings", &json!({"download_links": "many"}));
    gateway.advance(31);
    let dead = gateway.get(&url);
    assert_eq!((dead.status, dead.header("content-type")), (400, Some("application/json; charset=utf-8")));
}

#[test]
fn a_repeated_issue_takes_effect_once_whatever_it_is_answered() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let body = issue(None, "apply-5", "blue-5", 500);
    assert_eq!(post_issue(&gateway, &direct, &body).status, 202);
    assert_eq!(post_issue(&gateway, &direct, &body).code(), (400, "RESOURCE_ALREADY_EXISTS".to_owned()));
    gateway.control_post("/settings", &json!({"duplicates": "accept"}));
    assert_eq!(post_issue(&gateway, &direct, &body).status, 202);
    assert_eq!(query(&gateway, &direct, None, "apply-5").json()["total_count"], 1);
    let effects = gateway.control_get("/ledger/effects");
    assert_eq!((effects["effects"][0]["count"].as_u64(), effects["doubled"].as_u64()), (Some(1), Some(0)));
}

#[test]
fn invoices_may_not_exceed_the_amount_of_the_title_link() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    gateway.call(&direct, "GET", &title_url(None, "apply-6", 500), "");
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-6", "a", 300)).status, 202);
    let over = post_issue(&gateway, &direct, &issue(None, "apply-6", "b", 201));
    assert_eq!(over.code(), (400, "INVALID_REQUEST".to_owned()));
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-6", "c", 200)).status, 202);
}

#[test]
fn invoices_may_not_exceed_the_order_that_was_paid() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    let paid = json!({"mchid": "1900000001", "transaction_id": "4200000001", "amount": 500});
    assert_eq!(gateway.control_post("/payment", &paid).0, 200);
    let refused = (400, "INVALID_REQUEST".to_owned());
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "4200000001", "a", 501)).code(), refused);
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "4200000001", "a", 500)).status, 202);
    let foreign = issue(Some("1900000109"), "4200000001", "a", 500);
    assert_eq!(post_issue(&gateway, &partner, &foreign).code(), refused);
}

#[test]
fn an_invoice_id_is_used_in_one_application_of_a_merchant() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    gateway.control_post("/settings", &json!({"duplicates": "accept"}));
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", "blue", 500)).status, 202);
    let again = post_issue(&gateway, &direct, &issue(None, "apply-2", "blue", 500));
    assert_eq!(again.code(), (400, "RESOURCE_ALREADY_EXISTS".to_owned()));
    assert_eq!(post_issue(&gateway, &partner, &issue(Some("1900000109"), "apply-2", "blue", 500)).status, 202);
}

#[test]
fn an_application_takes_five_invoices() {
    let gateway = Gateway::at_once();
    let direct = gateway.caller("direct");
    for id in ["a", "b", "c", "d", "e"] {
        assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", id, 500)).status, 202, "{id}");
    }
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", "f", 500)).code().1, "INVALID_REQUEST");
    assert_eq!(post_reverse(&gateway, &direct, "apply-1", &json!({"reverse_reason": "退款"})).status, 202);
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", "f", 500)).status, 202);
}

#[test]
fn the_payer_has_thirty_minutes_for_the_title() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let asked = "/v3/new-tax-control-fapiao/user-title?scene=WITHOUT_WECHATPAY&fapiao_apply_id=apply-7";
    assert_eq!(gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-7"})).0, 404);
    gateway.call(&direct, "GET", &title_url(None, "apply-7", 500), "");
    assert_eq!(gateway.call(&direct, "GET", asked, "").code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-7"}));
    let title = gateway.call(&direct, "GET", asked, "").json();
    assert_eq!(direct.open(&title["phone"]), "13800000000");
    assert_eq!((&title["type"], title.get("amount")), (&json!("INDIVIDUAL"), None));
    gateway.advance(1801);
    assert_eq!(gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-7"})).0, 410);
}

#[test]
fn a_provider_also_reads_the_amount_of_the_order() {
    let gateway = Gateway::start(&[]);
    let partner = gateway.caller("partner");
    gateway.call(&partner, "GET", &title_url(Some("1900000109"), "apply-8", 500), "");
    let buyer = json!({"type": "ORGANIZATION", "name": "测试公司", "taxpayer_id": "914403000000000001"});
    gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-8", "buyer": buyer}));
    let asked =
        "/v3/new-tax-control-fapiao/user-title?sub_mchid=1900000109&scene=WITHOUT_WECHATPAY&fapiao_apply_id=apply-8";
    let title = gateway.call(&partner, "GET", asked, "").json();
    assert_eq!((&title["name"], &title["amount"], title.get("phone")), (&buyer["name"], &json!(500), None));
}

#[test]
fn a_title_can_be_filled_in_at_the_bill_of_an_order() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    let order = json!({"fapiao_apply_id": "4200000001", "mchid": "1900000001"});
    assert_eq!(gateway.control_post("/title", &order).0, 200);
    let asked = "/v3/new-tax-control-fapiao/user-title?scene=WITH_WECHATPAY&fapiao_apply_id=4200000001";
    assert_eq!(gateway.call(&direct, "GET", asked, "").status, 200);
    assert_eq!(gateway.control_post("/title", &json!({"fapiao_apply_id": "1", "mchid": "1"})).0, 404);
}

#[test]
fn an_application_that_was_never_made_is_not_found() {
    let gateway = Gateway::start(&[]);
    let direct = gateway.caller("direct");
    assert_eq!(query(&gateway, &direct, None, "nothing").code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    assert_eq!(files(&gateway, &direct, None, "nothing").code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
}

fn first(answer: &Value) -> &Value {
    &answer["fapiao_information"][0]
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

fn download_url(answer: &Value) -> String {
    text(&answer["fapiao_download_info_list"][0], "download_url").to_owned()
}

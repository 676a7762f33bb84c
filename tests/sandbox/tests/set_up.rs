//! What merchants and providers do before any invoice: templates, options, checks, invitations, lists.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    client::{Caller, Reply},
    orders::{FAMILY, issue, issue_general, post_general, post_issue},
};

const SUB: &str = "1900000109";

#[test]
fn invoices_need_a_card_template_where_none_is_given() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let direct = gateway.caller("direct");
    gateway.control_post("/settings", &json!({"card_template": "missing"}));
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", "blue-1", 500)).code().1, "INVALID_REQUEST");
    let mut template = json!({"card_appid": "wxb1170446a4c0a5a2", "card_template_information": {
        "payee_name": "某公司", "logo_url": "http://mmbiz.qpic.cn/mmbiz/1.png",
        "custom_cell": {"words": "电子发票", "description": "查看", "jump_url": "https://example.com"}}});
    let made = post(&gateway, &direct, "card-template", &template);
    gateway.verify(&made).unwrap();
    assert_eq!((made.status, &made.json()["card_appid"]), (200, &json!("wxb1170446a4c0a5a2")));
    assert_eq!(gateway.last_arrival()["notes"], json!([]));
    assert_eq!(post_issue(&gateway, &direct, &issue(None, "apply-1", "blue-1", 500)).status, 202);
    let card = support::orders::invoices(&gateway, &direct, None, "apply-1")[0]["card_information"].clone();
    assert_eq!(card["card_appid"], "wxb1170446a4c0a5a2");
    template["card_template_information"]["custom_cell"].as_object_mut().unwrap().remove("words");
    assert_eq!(
        post(&gateway, &direct, "card-template", &template).field(),
        "/card_template_information/custom_cell/words"
    );
}

#[test]
fn development_options_are_changed_one_by_one() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    let path = format!("{FAMILY}/merchant/development-config");
    let change = |caller: &Caller, body: &Value| gateway.call(caller, "PATCH", &path, &body.to_string());
    assert_eq!(gateway.call(&direct, "GET", &path, "").json(), json!({"callback_url": ""}));
    let url = "https://pay.example.com/fapiao";
    assert_eq!(change(&direct, &json!({"callback_url": url})).json(), json!({"callback_url": url}));
    let both = json!({"callback_url": url, "show_fapiao_cell": true});
    assert_eq!(change(&direct, &json!({"show_fapiao_cell": true})).json(), both);
    assert_eq!(gateway.call(&direct, "GET", &path, "").json(), both);
    for wrong in ["ftp://example.com/", "https://example.com/?a=b", "https:///x"] {
        assert_eq!(change(&direct, &json!({"callback_url": wrong})).field(), "/callback_url", "{wrong}");
    }
    assert_eq!(change(&direct, &json!({"sub_mch_code": SUB})).field(), "/sub_mch_code");
    let named = json!({"callback_url": url, "sub_mch_code": SUB, "support_vat_fapiao": true});
    assert_eq!(change(&partner, &named).status, 200);
    assert_eq!(change(&partner, &json!({"sub_mchid": SUB})).field(), "/sub_mchid");
    assert_eq!(change(&partner, &json!({"sub_mch_code": "1900000111"})).code(), (403, "NO_AUTH".to_owned()));
}

#[test]
fn a_provider_checks_what_its_sub_merchant_has_opened() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    let check = |caller: &Caller| gateway.call(caller, "POST", &format!("{FAMILY}/merchant/{SUB}/check"), "");
    let status = |caller: &Caller| gateway.call(caller, "GET", &format!("{FAMILY}/merchant/{SUB}/check-status"), "");
    let no_auth = (403, "NO_AUTH".to_owned());
    let open = check(&partner);
    assert_eq!((open.status, open.body.len()), (204, 0));
    gateway.verify(&open).unwrap();
    assert_eq!((check(&direct).code(), status(&direct).code()), (no_auth.clone(), no_auth.clone()));
    let told = status(&partner).json();
    assert_eq!((&told["sub_mchid"], &told["third_mode"]), (&json!(SUB), &json!({"status": "ENABLED"})));
    assert_eq!(told["digital_tax_mode"]["billing_person_info"]["id"], "10001");

    let path = format!("/sub-merchants/{SUB}");
    gateway.control_post(&path, &json!({"third_mode": "DISABLED", "abilities": {"BASE_ABILITY": "AUTHORIZE_PENDING"}}));
    assert_eq!(check(&partner).code(), no_auth);
    let pending = json!({"type": "BASE_ABILITY", "status": "AUTHORIZE_PENDING"});
    assert!(status(&partner).json()["digital_tax_mode"]["ability_info"].as_array().unwrap().contains(&pending));
    assert_eq!(post_general(&gateway, &partner, &issue_general(&gateway, "apply-1", "blue-1", 100)).code(), no_auth);
    assert_eq!(post_issue(&gateway, &partner, &issue(Some(SUB), "apply-1", "blue-1", 100)).code(), no_auth);
    gateway.control_post(&path, &json!({"relation": "none"}));
    assert_eq!(status(&partner).code(), no_auth);
    assert_eq!(gateway.control_post(&path, &json!({"abilitys": {}})).0, 400);
}

#[test]
fn a_merchant_takes_an_invitation_up_and_is_listed() {
    let gateway = Gateway::start(&[]);
    let partner = gateway.caller("partner");
    let invite =
        |query: &str| gateway.call(&partner, "GET", &format!("{FAMILY}/fapiaomerchant/getspinviteurl?{query}"), "");
    let digital = "operation_type=AUTH_BINDING&fapiao_mode=THIRD_OR_SELF_FAPIAO&fapiao_mode=TENCENT_DIGITAL_TAX";
    assert_eq!(invite(&format!("{digital}&invite_code=i-1")).field(), "fapiao_ability_type_list");
    for abilities in [
        "fapiao_ability_type_list=BASE_ABILITY&fapiao_ability_type_list=REFINED_OIL_ABILITY",
        "fapiao_ability_type_list=BASE_ABILITY%2CREFINED_OIL_ABILITY",
    ] {
        let link = invite(&format!("{digital}&{abilities}&invite_code=i-1&sub_mchid=1900000111"));
        assert_eq!(link.status, 200, "{}", link.json());
        assert!(
            ["invite_url", "miniprogram_appid", "miniprogram_path"].iter().all(|name| link.json()[name].is_string())
        );
    }
    assert_eq!(gateway.last_arrival()["notes"], json!(["invite_code was used before"]));
    let sealed = percent(&gateway.seal("张三"));
    assert_eq!(
        invite(&format!(
            "operation_type=AUTH_BINDING&fapiao_mode=THIRD_OR_SELF_FAPIAO&invite_code=i-2&operate_user={sealed}"
        ))
        .status,
        200
    );

    assert_eq!(list(&gateway, &partner, "MCH_INVITE_SUCC", "").json()["total_count"], 0);
    assert_eq!(gateway.control_post("/invitations/i-1", &json!({})).0, 200);
    assert_eq!(gateway.control_post("/invitations/i-2", &json!({"failed_code": "NOT_IN_PILOT_SCOPE"})).0, 200);
    assert_eq!(gateway.control_post("/invitations/i-3", &json!({})).0, 404);
    let taken = list(&gateway, &partner, "MCH_INVITE_SUCC", "&invite_code=i-1").json();
    assert_eq!(
        (&taken["total_count"], &taken["mch_invite_result_list"][0]["sub_mchid"]),
        (&json!(1), &json!("1900000111"))
    );
    let failed = list(&gateway, &partner, "MCH_INVITE_FAILED", "").json();
    assert_eq!(failed["mch_invite_result_list"][0]["invite_failed_code"], "NOT_IN_PILOT_SCOPE");
    assert_eq!(gateway.call(&partner, "POST", &format!("{FAMILY}/merchant/1900000111/check"), "").status, 204);
}

#[test]
fn the_list_of_invitations_reaches_over_seven_days() {
    let gateway = Gateway::start(&[]);
    let partner = gateway.caller("partner");
    let asked = |start: &str, end: &str| {
        let path = format!(
            "{FAMILY}/fapiaomerchant/listspinvitemchinfo?query_time_start={start}&query_time_end={end}\
             &offset=0&limit=10&mch_invite_status=MCH_INVITE_SUCC"
        );
        gateway.call(&partner, "GET", &path, "")
    };
    assert_eq!(asked("2026-11-01T00%3A00%3A00%2B08%3A00", "2026-11-08T00%3A00%3A00%2B08%3A00").status, 200);
    assert_eq!(
        asked("2026-11-01T00%3A00%3A00%2B08%3A00", "2026-11-08T00%3A00%3A01%2B08%3A00").field(),
        "query_time_end"
    );
    assert_eq!(asked("2026-11-01", "2026-11-08T00%3A00%3A01%2B08%3A00").field(), "query_time_start");
}

#[test]
fn sellers_and_tax_codes_are_told() {
    let gateway = Gateway::start(&[]);
    let (direct, partner) = (gateway.caller("direct"), gateway.caller("partner"));
    let base = gateway.call(&partner, "GET", &format!("{FAMILY}/merchant/base-information?sub_mchid={SUB}"), "").json();
    assert!(base["seller_information"]["taxpayer_id"].is_string() && base["extra_information"]["drawer"].is_string());
    let codes = |query: &str| gateway.call(&direct, "GET", &format!("{FAMILY}/merchant/tax-codes?{query}"), "");
    let page = codes("offset=2&limit=2").json();
    assert_eq!(
        (&page["total_count"], &page["offset"], page["data"].as_array().unwrap().len()),
        (&json!(6), &json!(2), 2)
    );
    assert!(["next", "prev", "self"].iter().all(|name| page["links"][name].is_string()));
    assert_eq!(codes("offset=0&limit=20").json().get("links"), None);
    assert_eq!(codes("offset=0&limit=21").field(), "limit");
    assert_eq!(codes("limit=2").field(), "offset");
}

#[test]
fn configured_goods_lend_their_name_and_rate_to_a_line() {
    let gateway = Gateway::start(&["--issue-seconds", "0"]);
    let direct = gateway.caller("direct");
    let mut body = issue(None, "apply-1", "blue-1", 10_600);
    let line = &mut body["fapiao_information"][0]["items"][0];
    *line = json!({"tax_code": "3070401000000000000", "goods_id": 2, "quantity": 100_000_000, "total_amount": 10_600, "discount": false});
    assert_eq!(post_issue(&gateway, &direct, &body).status, 202);
    let line = support::orders::invoices(&gateway, &direct, None, "apply-1")[0]["items"][0].clone();
    assert_eq!(
        (&line["goods_name"], &line["tax_rate"], &line["tax_amount"]),
        (&json!("住宿服务"), &json!(600), &json!(600))
    );
}

fn post(gateway: &Gateway, caller: &Caller, path: &str, body: &Value) -> Reply {
    gateway.call(caller, "POST", &format!("{FAMILY}/{path}"), &body.to_string())
}

fn list(gateway: &Gateway, partner: &Caller, status: &str, more: &str) -> Reply {
    let day = |shift: i64| {
        let day = jiff::Timestamp::from_second(gateway.now() + shift).unwrap();
        percent(&day.to_string())
    };
    let path = format!(
        "{FAMILY}/fapiaomerchant/listspinvitemchinfo?query_time_start={}&query_time_end={}\
         &offset=0&limit=10&mch_invite_status={status}{more}",
        day(-60),
        day(60)
    );
    gateway.call(partner, "GET", &path, "")
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

//! Bodies and targets of the calls the tests make.

use serde_json::{Value, json};
use sm3::{Digest, Sm3};

use super::{
    Gateway,
    client::{Caller, Draft, KEY_ID, Reply, nonce},
};

pub(crate) const FAMILY: &str = "/v3/new-tax-control-fapiao";

pub(crate) fn title_url(sub_mchid: Option<&str>, apply_id: &str, total: i64) -> String {
    let sub = sub_mchid.map(|number| format!("sub_mchid={number}&")).unwrap_or_default();
    format!(
        "{FAMILY}/user-title/title-url?{sub}fapiao_apply_id={apply_id}&source=WEB&appid=wx5157f09efdc09600\
         &openid=oPayer0000000000000000000001&total_amount={total}&seller_name=%E6%B7%B1%E5%9C%B3%E5%BA%97"
    )
}

pub(crate) fn issue(sub_mchid: Option<&str>, apply_id: &str, fapiao_id: &str, total: i64) -> Value {
    let mut body = json!({
        "scene": "WITHOUT_WECHATPAY",
        "fapiao_apply_id": apply_id,
        "buyer_information": {"type": "INDIVIDUAL", "name": "张三"},
        "fapiao_information": [{"fapiao_id": fapiao_id, "total_amount": total, "items": [
            {"tax_code": "3010101020203000000", "goods_name": "出行", "quantity": 100_000_000, "total_amount": total,
             "tax_rate": 1300, "discount": false}]}],
    });
    if let Some(number) = sub_mchid {
        body["sub_mchid"] = json!(number);
    }
    body
}

pub(crate) fn issue_general(gateway: &Gateway, apply_id: &str, fapiao_id: &str, total: i64) -> Value {
    json!({
        "sub_mchid": "1900000109",
        "fapiao_apply_id": apply_id,
        "buyer_information": {"type": "ORGANIZATION", "name": "深圳市测试有限公司", "taxpayer_id": "914403000000000001",
            "phone": gateway.seal("13912345678"), "email": gateway.seal("a@example.com"), "amount": total},
        "fapiao_information": {
            "fapiao_id": fapiao_id, "total_amount": total, "billing_person_id": "10001", "fapiao_bill_type": "COMM_FAPIAO",
            "items": [
                {"tax_code": "3010101020203000000", "goods_name": "服务", "total_amount": total + 100, "tax_rate": 600,
                 "discount": false},
                {"tax_code": "3010101020203000000", "goods_name": "服务", "total_amount": -100, "tax_rate": 600,
                 "discount": true}],
            "transaction_information": [{"pay_channel": "WECHAT_PAY", "transaction_id": "4200000001", "amount": total}],
        },
    })
}

pub(crate) fn post_issue(gateway: &Gateway, caller: &Caller, body: &Value) -> Reply {
    gateway.call(caller, "POST", &format!("{FAMILY}/fapiao-applications"), &body.to_string())
}

pub(crate) fn post_general(gateway: &Gateway, caller: &Caller, body: &Value) -> Reply {
    gateway.call(caller, "POST", &format!("{FAMILY}/fapiao-applications/issue-general"), &body.to_string())
}

pub(crate) fn query(gateway: &Gateway, caller: &Caller, sub_mchid: Option<&str>, apply_id: &str) -> Reply {
    let sub = sub_mchid.map(|number| format!("?sub_mchid={number}")).unwrap_or_default();
    gateway.call(caller, "GET", &format!("{FAMILY}/fapiao-applications/{apply_id}{sub}"), "")
}

pub(crate) fn files(gateway: &Gateway, caller: &Caller, sub_mchid: Option<&str>, apply_id: &str) -> Reply {
    let sub = sub_mchid.map(|number| format!("?sub_mchid={number}")).unwrap_or_default();
    gateway.call(caller, "GET", &format!("{FAMILY}/fapiao-applications/{apply_id}/fapiao-files{sub}"), "")
}

/// The invoices of an application, as the query shows them.
pub(crate) fn invoices(gateway: &Gateway, caller: &Caller, sub_mchid: Option<&str>, apply_id: &str) -> Vec<Value> {
    query(gateway, caller, sub_mchid, apply_id).json()["fapiao_information"].as_array().unwrap().clone()
}

/// A reversal of invoices by id and number.
pub(crate) fn reverse(sub_mchid: Option<&str>, reason: &str, named: &[(&str, &str)]) -> Value {
    let named: Vec<_> = named.iter().map(|(id, number)| json!({"fapiao_id": id, "fapiao_number": number})).collect();
    let mut body = json!({"reverse_reason": reason, "fapiao_information": named});
    if let Some(number) = sub_mchid {
        body["sub_mchid"] = json!(number);
    }
    body
}

pub(crate) fn post_reverse(gateway: &Gateway, caller: &Caller, apply_id: &str, body: &Value) -> Reply {
    gateway.call(caller, "POST", &format!("{FAMILY}/fapiao-applications/{apply_id}/reverse"), &body.to_string())
}

/// What an upload says of a PDF.
pub(crate) fn meta(file: &[u8]) -> String {
    let digest = format!("{:x}", Sm3::digest(file));
    format!("{{\"file_type\":\"PDF\",\"digest_alogrithm\":\"SM3\",\"digest\":\"{digest}\"}}")
}

/// A signed upload: what is said about the file, then the file.
pub(crate) fn upload(gateway: &Gateway, caller: &Caller, meta: &str, file: &[u8]) -> Draft {
    let target = format!("{FAMILY}/fapiao-applications/upload-fapiao-file");
    let mut draft = gateway.plain("POST", &target, "");
    draft.set("Content-Type", "multipart/form-data; boundary=cut");
    draft.set("Authorization", &caller.authorization("POST", &target, gateway.now(), &nonce(), meta.as_bytes()));
    draft.set("Wechatpay-Serial", KEY_ID);
    draft.body = [
        b"--cut\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n".as_slice(),
        meta.as_bytes(),
        b"\r\n--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
          Content-Type: application/pdf\r\n\r\n",
        file,
        b"\r\n--cut--\r\n",
    ]
    .concat();
    draft
}

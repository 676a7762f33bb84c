//! The life of an invoice: what it keeps and says of requests and answers that hold what must not be shown.

use super::Shown;
use crate::fixtures::{MAIL, NOW, PHONE, SECRET, TOKEN};
use fapiao::ffi;
use fapiao::life::{InvoiceLife, LifeConfig, LifeStep, Way};
use serde_json::{Value, json};

pub(super) fn lives(shown: &mut Shown) {
    let config =
        json!({"way": "partner_digital", "mchid": "1900000001", "sub_mchid": "1900000109", "fapiao_apply_id": "4200"});
    let config = LifeConfig::parse(&config.to_string()).unwrap();
    shown.show(&config);
    for way in Way::ALL {
        shown.show(way);
    }
    let mut life = InvoiceLife::open(config.clone());
    for input in inputs() {
        life.take(&input.to_string(), NOW).unwrap();
    }
    shown.show(&life);
    shown.show(&ffi::Life::parse(&life.to_text(), Some(&config.to_json())).unwrap());
    shown.texts.extend([life.to_text(), life.state(NOW).unwrap()]);
    shown.show(&life.may_refund(1, NOW).unwrap());
    life.forbidden(NOW).unwrap().iter().for_each(|one| shown.show(one));
    life.deadlines(NOW).unwrap().iter().for_each(|one| shown.show(one));
    for step in life.next(NOW).unwrap() {
        shown.show(&step);
        if let LifeStep::Call(call) | LifeStep::Wait { then: call, .. } = step {
            shown.show(&call);
        }
    }
    for secret in [SECRET, TOKEN, MAIL] {
        for name in ["input", "call", "request", "attempt", "state", "amount", "fapiao_id", "refund_id", "event"] {
            let input = json!({"input": "sent", "call": "issue", "request": {}, name: secret});
            shown.error(&life.take(&input.to_string(), NOW).unwrap_err());
        }
        shown.error(&InvoiceLife::parse(secret).unwrap_err());
        shown.error(&LifeConfig::parse(&json!({"way": secret}).to_string()).unwrap_err());
    }
}

fn inputs() -> Vec<Value> {
    let buyer = json!({"type": "INDIVIDUAL", "name": "Z", "phone": PHONE, "email": MAIL});
    let invoice =
        json!({"fapiao_id": "f1", "total_amount": 1, "billing_person": MAIL, "items": [{"goods_name": MAIL}]});
    let request = json!({"fapiao_apply_id": "4200", "buyer_information": buyer, "fapiao_information": invoice});
    let shown = json!({"fapiao_id": "f1", "status": "ISSUED", "total_amount": 1, "buyer_information": buyer,
        "card_information": {"card_openid": SECRET, "card_code": TOKEN, "card_status": "INSERTED"}, "fapiao_error_code": MAIL});
    let query = json!({"fapiao_apply_id": "4200"});
    let answer = json!({"total_count": 1, "fapiao_information": [shown]});
    let files = json!({"fapiao_download_info_list": [{"fapiao_id": "f1", "download_url": TOKEN}]});
    let error =
        json!({"code": "remote.api", "message": MAIL, "remote": {"code": MAIL, "message": PHONE, "status": 500}});
    vec![
        json!({"input": "order", "amount": 2}),
        json!({"input": "answer", "call": "title_url", "request": query, "answer": {"title_url": TOKEN}}),
        json!({"input": "answer", "call": "user_title", "request": query, "answer": buyer}),
        json!({"input": "sent", "call": "issue_general", "request": request, "attempt": 1}),
        json!({"input": "failure", "call": "issue_general", "request": request, "error": error, "decision": {"effect": "unknown"}}),
        json!({"input": "answer", "call": "query", "request": query, "answer": answer}),
        json!({"input": "answer", "call": "fapiao_files", "request": query, "answer": files}),
        json!({"input": "refund", "refund_id": "r", "amount": 1, "state": "asked"}),
    ]
}

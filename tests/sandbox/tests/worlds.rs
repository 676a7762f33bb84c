//! What a client cannot see: late requests, queries behind, answers of something in between.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    client::{Caller, Reply},
    orders::{FAMILY, files, invoices, issue, post_issue, post_reverse, query, title_url},
};

struct World {
    gateway: Gateway,
    direct: Caller,
}

impl World {
    fn new() -> Self {
        let gateway = Gateway::at_once();
        let direct = gateway.caller("direct");
        Self { gateway, direct }
    }

    fn issue(&self, apply_id: &str) -> Reply {
        post_issue(&self.gateway, &self.direct, &issue(None, apply_id, &format!("{apply_id}-blue"), 500))
    }

    /// An issue whose answer never comes.
    fn issue_unanswered(&self, apply_id: &str) {
        let body = issue(None, apply_id, &format!("{apply_id}-blue"), 500).to_string();
        let draft = self.gateway.draft(&self.direct, "POST", &format!("{FAMILY}/fapiao-applications"), &body);
        assert!(self.gateway.send(&draft).is_err());
    }

    fn query(&self, apply_id: &str) -> u16 {
        query(&self.gateway, &self.direct, None, apply_id).status
    }

    fn status(&self, apply_id: &str) -> String {
        invoices(&self.gateway, &self.direct, None, apply_id)[0]["status"].as_str().unwrap().to_owned()
    }

    fn issued(&self) -> u64 {
        let effects = self.gateway.control_get("/ledger/effects")["effects"].as_array().unwrap().clone();
        effects.iter().filter(|effect| effect["kind"] == "issued").map(|effect| effect["count"].as_u64().unwrap()).sum()
    }
}

#[test]
fn queries_can_lag_behind_what_was_written() {
    let world = World::new();
    world.gateway.set(&json!({"query_lag_millis": 30_000}));
    assert_eq!(world.issue("apply-1").status, 202);
    assert_eq!(query(&world.gateway, &world.direct, None, "apply-1").code(), (404, "RESOURCE_NOT_EXISTS".to_owned()));
    assert_eq!(files(&world.gateway, &world.direct, None, "apply-1").status, 404);
    assert_eq!(world.issue("apply-1").code().1, "RESOURCE_ALREADY_EXISTS");
    world.gateway.advance(31);
    assert_eq!(world.status("apply-1"), "ISSUED");
    assert_eq!(post_reverse(&world.gateway, &world.direct, "apply-1", &json!({"reverse_reason": "退款"})).status, 202);
    assert_eq!(world.status("apply-1"), "ISSUED");
    world.gateway.advance(31);
    assert_eq!(world.status("apply-1"), "REVERSED");
}

#[test]
fn a_title_is_also_seen_late() {
    let world = World::new();
    let asked = format!("{FAMILY}/user-title?scene=WITHOUT_WECHATPAY&fapiao_apply_id=apply-1");
    world.gateway.call(&world.direct, "GET", &title_url(None, "apply-1", 500), "");
    world.gateway.set(&json!({"query_lag_millis": 5000}));
    world.gateway.control_post("/title", &json!({"fapiao_apply_id": "apply-1"}));
    assert_eq!(world.gateway.call(&world.direct, "GET", &asked, "").status, 404);
    world.gateway.advance(6);
    assert_eq!(world.gateway.call(&world.direct, "GET", &asked, "").status, 200);
}

#[test]
fn a_late_request_takes_effect_when_the_virtual_clock_reaches_it() {
    let world = World::new();
    world.gateway.set(&json!({"issue_seconds": 20}));
    world.gateway.fault(&json!({"fault": "late", "method": "POST", "seconds": 60}));
    world.issue_unanswered("apply-1");
    assert_eq!(world.gateway.last_arrival()["outcome"]["status"], Value::Null);
    assert_eq!((world.query("apply-1"), world.issued()), (404, 0));
    world.gateway.advance(50);
    assert_eq!((world.query("apply-1"), world.issued()), (404, 0));
    world.gateway.advance(35);
    assert_eq!(world.issued(), 1);
    let arrival = world.gateway.last_arrival();
    assert_eq!((&arrival["held_up"], &arrival["outcome"]["status"]), (&json!(1), &json!(202)));
    // It was carried out at its own time, 25 of the 35 seconds ago.
    assert_eq!(world.status("apply-1"), "ISSUED");
}

#[test]
fn a_late_request_is_refused_once_its_timestamp_is_too_old() {
    for clock in ["virtual", "wall"] {
        let world = World::new();
        world.gateway.set(&json!({"signature_clock": clock}));
        for (seconds, outcome) in
            [(299, json!({"status": 202, "code": null})), (301, json!({"status": 401, "code": "SIGN_ERROR"}))]
        {
            world.gateway.fault(&json!({"fault": "late", "seconds": seconds}));
            world.issue_unanswered(&format!("apply-{seconds}"));
            world.gateway.advance(seconds);
            assert_eq!(world.gateway.last_arrival()["outcome"], outcome, "{clock}");
            world.gateway.control_post("/clock", &json!({"advance": -seconds}));
        }
        assert_eq!(world.issued(), 1);
    }
}

#[test]
fn a_late_request_and_its_repeat_under_new_signature_take_effect_once() {
    let world = World::new();
    world.gateway.fault(&json!({"fault": "late", "seconds": 60}));
    world.issue_unanswered("apply-1");
    assert_eq!(world.issue("apply-1").status, 202);
    world.gateway.advance(60);
    assert_eq!(world.gateway.last_arrival()["outcome"]["code"], "RESOURCE_ALREADY_EXISTS");
    assert_eq!(world.issued(), 1);
}

#[test]
fn a_late_request_is_carried_out_by_real_time_too() {
    let world = World::new();
    world.gateway.fault(&json!({"fault": "late", "millis": 50}));
    world.issue_unanswered("apply-1");
    std::thread::sleep(std::time::Duration::from_millis(60));
    assert_eq!(world.issued(), 1);
}

#[test]
fn an_unasked_repeat_of_the_same_bytes_is_refused_after_the_first_took_effect() {
    let world = World::new();
    let body = issue(None, "apply-1", "blue-1", 500).to_string();
    let draft = world.gateway.draft(&world.direct, "POST", &format!("{FAMILY}/fapiao-applications"), &body);
    world.gateway.fault(&json!({"fault": "cut_after"}));
    assert!(world.gateway.send(&draft).is_err());
    let repeat = world.gateway.send(&draft).unwrap();
    assert_eq!((repeat.code(), repeat.field().as_str()), ((401, "SIGN_ERROR".to_owned()), "nonce_str"));
    let arrivals = world.gateway.control_get("/ledger")["arrivals"].as_array().unwrap().clone();
    assert_eq!(arrivals.iter().map(|arrival| arrival["effects"].as_array().unwrap().len()).collect::<Vec<_>>(), [1, 0]);
    assert_eq!((world.query("apply-1"), world.issued()), (200, 1));
}

#[test]
fn an_intermediary_can_speak_in_place_of_the_gateway_after_the_effect() {
    let world = World::new();
    let orders = [
        (json!({}), 502, Some("text/html"), false),
        (json!({"status": 403, "body": "html", "request_id": true}), 403, Some("text/html"), true),
        (json!({"status": 499, "body": "empty"}), 499, None, false),
        (
            json!({"status": 409, "body": "json", "code": "CONFLICT"}),
            409,
            Some("application/json; charset=utf-8"),
            false,
        ),
        (
            json!({"status": 400, "body": "gateway", "code": "PARAM_ERROR"}),
            400,
            Some("application/json; charset=utf-8"),
            false,
        ),
        (
            json!({"status": 400, "body": "gateway", "code": "SYSTEM_ERROR", "request_id": true}),
            400,
            Some("application/json; charset=utf-8"),
            true,
        ),
    ];
    for (at, (order, status, content_type, numbered)) in orders.into_iter().enumerate() {
        let mut order = order;
        order["fault"] = json!("proxy");
        order["when"] = json!("after");
        world.gateway.fault(&order);
        let apply_id = format!("apply-{at}");
        let reply = world.issue(&apply_id);
        assert_eq!((reply.status, reply.header("content-type")), (status, content_type), "{order}");
        assert_eq!(reply.header("request-id").is_some(), numbered, "{order}");
        assert!(reply.header("wechatpay-signature").is_none());
        if let Some(code) = order["code"].as_str() {
            assert_eq!(reply.json()["code"], code);
        }
        assert_eq!(world.query(&apply_id), 200);
    }
    assert_eq!(world.issued(), 6);
    world.gateway.fault(&json!({"fault": "proxy", "status": 404}));
    assert_eq!((world.issue("apply-x").status, world.query("apply-x")), (404, 404));
}

#[test]
fn any_refusal_can_be_ordered() {
    let world = World::new();
    for (status, code) in
        [(400, "INVALID_REQUEST"), (403, "NO_AUTH"), (404, "RESOURCE_NOT_EXISTS"), (500, "SYSTEM_ERROR")]
    {
        world.gateway.fault(&json!({"fault": "refuse", "status": status, "code": code}));
        let reply = world.issue("apply-1");
        assert_eq!(reply.code(), (status, code.to_owned()));
        assert!(reply.header("request-id").is_some());
    }
    world.gateway.fault(&json!({"fault": "refuse", "status": 401, "code": "SIGN_ERROR", "request_id": false}));
    assert!(world.issue("apply-1").header("request-id").is_none());
    assert_eq!((world.query("apply-1"), world.issued()), (404, 0));
    for wrong in [json!({"status": 400}), json!({"code": "NO_AUTH"}), json!({"status": 202, "code": "NO_AUTH"})] {
        let mut order = wrong;
        order["fault"] = json!("refuse");
        assert_eq!(world.gateway.control_post("/faults", &order).0, 400, "{order}");
    }
}

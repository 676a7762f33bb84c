//! Each fault does what its sentence in the table says.
#![cfg(test)]

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sm3::{Digest, Sm3};
use support::{
    Gateway,
    client::{Caller, Reply},
    orders::{files, issue, post_issue, query, title_url},
};

const SUB: Option<&str> = Some("1900000109");

struct Bench {
    gateway: Gateway,
    direct: Caller,
}

impl Bench {
    fn new() -> Self {
        let gateway = Gateway::start(&["--issue-seconds", "0"]);
        let direct = gateway.caller("direct");
        Self { gateway, direct }
    }

    /// One call that would succeed, under a fault.
    fn under(&self, order: &Value) -> Result<Reply, ureq::Error> {
        self.gateway.fault(order);
        let draft = self.gateway.draft(&self.direct, "GET", &title_url(None, "apply-1", 500), "");
        self.gateway.send(&draft)
    }

    fn reply(&self, order: &Value) -> Reply {
        self.under(order).unwrap()
    }

    fn effects(&self) -> usize {
        self.gateway.control_get("/ledger/effects")["effects"].as_array().unwrap().len()
    }

    /// A link to the file of a provider's invoice, which needs nothing but its token.
    fn link(&self) -> String {
        let partner = self.gateway.caller("partner");
        let body = support::orders::issue_general(&self.gateway, "apply-f", "blue-f", 100);
        support::orders::post_general(&self.gateway, &partner, &body);
        let answer = files(&self.gateway, &partner, SUB, "apply-f").json();
        answer["fapiao_download_info_list"][0]["download_url"].as_str().unwrap().to_owned()
    }
}

#[test]
fn signatures_can_be_wrong_in_every_documented_way() {
    let bench = Bench::new();
    let probe = bench.reply(&json!({"fault": "probe"}));
    assert!(probe.header("wechatpay-signature").unwrap().starts_with("WECHATPAY/SIGNTEST/"));
    for fault in ["wrong_signature", "wrong_key", "unsigned", "unknown_serial", "tamper", "probe"] {
        let reply = bench.reply(&json!({"fault": fault}));
        assert_eq!(reply.status, 200, "{fault}");
        assert!(bench.gateway.verify(&reply).is_err(), "{fault}");
        assert_eq!(bench.gateway.last_arrival()["fault"], json!([fault]));
    }
    assert_eq!(bench.reply(&json!({"fault": "unsigned"})).header("wechatpay-serial"), None);
    let serial = bench.reply(&json!({"fault": "unknown_serial"}));
    assert!(bench.gateway.info["platform_certificates"].get(serial.header("wechatpay-serial").unwrap()).is_none());
    let twice = bench.reply(&json!({"fault": "header_twice"}));
    assert_eq!(twice.headers.iter().filter(|(name, _)| name == "wechatpay-signature").count(), 2);
    assert_eq!(bench.effects(), 1);
}

#[test]
fn an_empty_answer_can_be_tampered_with_too() {
    let bench = Bench::new();
    bench.gateway.fault(&json!({"fault": "tamper"}));
    let reply = post_issue(&bench.gateway, &bench.direct, &issue(None, "apply-1", "blue-1", 500));
    assert_eq!((reply.status, reply.body.len()), (202, 1));
    assert!(bench.gateway.verify(&reply).is_err());
}

#[test]
fn other_keys_and_other_times_are_still_properly_signed() {
    let bench = Bench::new();
    for (key, serial) in [
        ("platform-1", "7132D72A03E93CDDF8C03BBD1F37EEDF00000001"),
        ("platform-2", "7132D72A03E93CDDF8C03BBD1F37EEDF00000002"),
        ("public-key", support::client::KEY_ID),
    ] {
        let reply = bench.reply(&json!({"fault": "rotate_certificate", "key": key}));
        assert_eq!(reply.header("wechatpay-serial"), Some(serial));
        bench.gateway.verify(&reply).unwrap();
    }
    let late = bench.reply(&json!({"fault": "skew", "seconds": -900}));
    bench.gateway.verify(&late).unwrap();
    let timestamp: i64 = late.header("wechatpay-timestamp").unwrap().parse().unwrap();
    assert!((bench.gateway.now() - timestamp - 900).abs() < 5);
}

#[test]
fn refusals_in_place_of_a_call_leave_no_effect() {
    let bench = Bench::new();
    let limited = bench.reply(&json!({"fault": "rate_limit"}));
    assert_eq!(limited.code(), (429, "FREQUENCY_LIMITED".to_owned()));
    assert!(limited.header("request-id").unwrap().ends_with("-268447840"));
    assert_eq!(bench.reply(&json!({"fault": "error_json"})).code(), (500, "SYSTEM_ERROR".to_owned()));
    let down = bench.reply(&json!({"fault": "error_json", "status": 503}));
    assert_eq!(down.code(), (503, "SERVICE_UNAVAILABLE".to_owned()));
    let page = bench.reply(&json!({"fault": "error_html"}));
    assert_eq!((page.status, page.header("content-type")), (502, Some("text/html")));
    assert!(String::from_utf8_lossy(&page.body).contains("nginx"));
    let moved = bench.reply(&json!({"fault": "redirect"}));
    assert_eq!((moved.status, moved.header("location").is_some()), (302, true));
    assert!(bench.under(&json!({"fault": "cut_before"})).is_err());
    assert_eq!(bench.effects(), 0);
    assert_eq!(bench.gateway.last_arrival()["outcome"]["status"], Value::Null);
}

#[test]
fn errors_after_a_call_hide_what_took_effect() {
    let bench = Bench::new();
    assert!(bench.under(&json!({"fault": "cut_after"})).is_err());
    assert_eq!(bench.effects(), 1);
    for (at, order) in [
        json!({"fault": "error_json", "status": 502, "when": "after"}),
        json!({"fault": "error_html", "when": "after"}),
    ]
    .iter()
    .enumerate()
    {
        bench.gateway.fault(order);
        let body = issue(None, &format!("apply-{at}"), &format!("blue-{at}"), 500);
        assert_eq!(post_issue(&bench.gateway, &bench.direct, &body).status, 502);
        assert_eq!(query(&bench.gateway, &bench.direct, None, &format!("apply-{at}")).status, 200);
    }
    assert_eq!(bench.effects(), 3);
}

#[test]
fn answers_can_come_late_compressed_in_chunks_or_broken_off() {
    let bench = Bench::new();
    let start = Instant::now();
    let slow = bench.reply(&json!({"fault": "slow", "millis": 150}));
    assert!(start.elapsed() >= Duration::from_millis(150) && bench.gateway.verify(&slow).is_ok());
    let chunked = bench.reply(&json!({"fault": "chunked"}));
    assert_eq!((chunked.header("content-length"), chunked.header("transfer-encoding")), (None, Some("chunked")));
    bench.gateway.verify(&chunked).unwrap();
    let zipped = bench.reply(&json!({"fault": "gzip"}));
    bench.gateway.verify(&zipped).unwrap();
    assert!(bench.under(&json!({"fault": "truncate"})).is_err());
    let draft = bench.gateway.draft(&bench.direct, "GET", &title_url(None, "apply-1", 500), "");
    assert_eq!(bench.gateway.send(&draft).unwrap().status, 200);
}

#[test]
fn gzip_is_on_the_wire_and_the_signature_over_the_decoded_body() {
    use std::io::{Read, Write};
    let bench = Bench::new();
    bench.gateway.fault(&json!({"fault": "gzip"}));
    let draft = bench.gateway.draft(&bench.direct, "GET", &title_url(None, "apply-1", 500), "");
    let host = bench.gateway.text("/main").trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n", draft.target).unwrap();
    for (name, value) in &draft.headers {
        write!(stream, "{name}: {value}\r\n").unwrap();
    }
    write!(stream, "\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    assert!(String::from_utf8_lossy(&answer[..end]).contains("content-encoding: gzip"));
    assert_eq!(answer[end + 4..end + 6], [0x1f, 0x8b]);
}

#[test]
fn files_can_be_wrong_gone_or_something_else() {
    let bench = Bench::new();
    let url = bench.link();
    let file = |order: Value| {
        bench.gateway.fault(&order);
        bench.gateway.get(&url)
    };
    let wrong = file(json!({"fault": "wrong_digest"}));
    assert_ne!(wrong.header("sm3-digest"), Some(format!("{:X}", Sm3::digest(&wrong.body)).as_str()));
    let tampered = file(json!({"fault": "tamper"}));
    assert_ne!(tampered.header("sm3-digest"), Some(format!("{:X}", Sm3::digest(&tampered.body)).as_str()));
    let error = file(json!({"fault": "error_as_file"}));
    assert_eq!((error.status, error.header("content-type")), (200, Some("application/json; charset=utf-8")));
    assert_eq!(file(json!({"fault": "html_as_file"})).header("content-type"), Some("text/html"));
    assert_eq!(file(json!({"fault": "link_expired"})).code(), (400, "INVALID_REQUEST".to_owned()));
    assert_eq!(bench.gateway.get(&url).header("content-type"), Some("application/octet-stream"));
}

#[test]
fn the_main_host_can_be_down_while_the_backup_serves_the_same_state() {
    let bench = Bench::new();
    bench.gateway.fault(&json!({"fault": "main_down", "count": null}));
    let mut draft = bench.gateway.draft(&bench.direct, "GET", &title_url(None, "apply-1", 500), "");
    assert!(bench.gateway.send(&draft).is_err());
    bench.gateway.text("/backup").clone_into(&mut draft.base);
    assert_eq!(bench.gateway.send(&draft).unwrap().status, 200);
    assert_eq!(bench.gateway.last_arrival()["listener"], "backup");
    bench.gateway.control_delete("/faults");
    assert_eq!(bench.gateway.call(&bench.direct, "GET", &title_url(None, "apply-1", 500), "").status, 200);
    bench.gateway.control_post("/listener", &json!({"backup": "down"}));
    let mut draft = bench.gateway.draft(&bench.direct, "GET", &title_url(None, "apply-1", 500), "");
    bench.gateway.text("/backup").clone_into(&mut draft.base);
    assert!(bench.gateway.send(&draft).is_err());
}

#[test]
fn faults_choose_their_requests_and_are_counted() {
    let bench = Bench::new();
    bench.gateway.fault(&json!({"fault": "rate_limit", "count": 2, "every": 2, "path": "title-url", "method": "GET"}));
    bench.gateway.fault(&json!({"fault": "rate_limit", "count": null, "listener": "backup"}));
    let statuses: Vec<_> =
        (0..6).map(|_| bench.gateway.call(&bench.direct, "GET", &title_url(None, "apply-1", 500), "").status).collect();
    assert_eq!(statuses, [200, 429, 200, 429, 200, 200]);
    let faults = bench.gateway.control_get("/faults")["faults"].clone();
    assert_eq!((faults[0]["hits"].as_u64(), faults[0]["left"].as_u64()), (Some(2), Some(0)));
    assert_eq!((faults[1]["hits"].as_u64(), faults[1]["matched"].as_u64()), (Some(0), Some(0)));
    assert_eq!(bench.gateway.control_post("/faults", &json!({"fault": "nonsense"})).0, 400);
    assert_eq!(bench.gateway.control_post("/faults", &json!({"fault": "probe", "millis": 1})).0, 400);
}

#[test]
fn a_refused_request_does_not_use_a_fault_up() {
    let bench = Bench::new();
    bench.gateway.fault(&json!({"fault": "probe"}));
    assert_eq!(query(&bench.gateway, &bench.direct, None, "nothing").status, 404);
    assert_eq!(bench.gateway.control_get("/faults")["faults"][0]["hits"], 0);
    let reply = bench.gateway.call(&bench.direct, "GET", &title_url(None, "apply-1", 500), "");
    assert!(bench.gateway.verify(&reply).is_err());
}

#[test]
fn faults_can_be_ordered_on_the_command_line() {
    let gateway = Gateway::start(&["--fault", "rate_limit:2", "--fault", "probe"]);
    let direct = gateway.caller("direct");
    let statuses: Vec<_> =
        (0..3).map(|_| gateway.call(&direct, "GET", &title_url(None, "apply-1", 500), "").status).collect();
    assert_eq!(statuses, [429, 429, 200]);
}

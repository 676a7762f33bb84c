//! Files of invoices from elsewhere: how they are signed, and what they are judged by.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use sm3::{Digest, Sm3};
use support::{
    Gateway,
    client::{Caller, Reply},
    orders::{meta, upload},
};

const PDF: &[u8] = b"%PDF-1.7 test";

struct Desk {
    gateway: Gateway,
    direct: Caller,
}

impl Desk {
    fn new() -> Self {
        let gateway = Gateway::start(&[]);
        let direct = gateway.caller("direct");
        Self { gateway, direct }
    }

    fn send(&self, meta: &str, file: &[u8]) -> Reply {
        self.gateway.send(&upload(&self.gateway, &self.direct, meta, file)).unwrap()
    }
}

#[test]
fn an_upload_is_signed_over_its_meta_and_judged_by_its_digest() {
    let desk = Desk::new();
    let reply = desk.send(&meta(PDF), PDF);
    assert_eq!(reply.status, 200, "{}", reply.json());
    desk.gateway.verify(&reply).unwrap();
    assert_eq!(reply.json()["fapiao_media_id"].as_str().unwrap().len(), 24);
    let digest = format!("{:x}", Sm3::digest(PDF));
    assert_eq!(desk.gateway.last_arrival()["effects"][0]["keys"]["digest"], digest);
    assert_eq!(desk.send(&meta(PDF), b"%PDF-1.7 other").field(), "/digest");

    let mut unsigned = upload(&desk.gateway, &desk.direct, &meta(PDF), PDF);
    let target = unsigned.target.clone();
    let over_nothing = desk.direct.authorization("POST", &target, desk.gateway.now(), &support::client::nonce(), b"");
    unsigned.set("Authorization", &over_nothing);
    let refused = desk.gateway.send(&unsigned).unwrap();
    assert_eq!(refused.code(), (401, "SIGN_ERROR".to_owned()));
    assert!(refused.json()["detail"]["sign_information"]["sign_message_length"].is_number());
}

#[test]
fn the_meta_has_its_official_names_and_words() {
    let desk = Desk::new();
    for (name, value, field) in [
        ("digest_algorithm", json!("SM3"), "/digest_algorithm"),
        ("digest_alogrithm", json!("SHA256"), "/digest_alogrithm"),
        ("file_type", json!("XML"), "/file_type"),
        ("digest", json!(format!("{:X}", Sm3::digest(PDF))), "/digest"),
    ] {
        let mut changed: Value = serde_json::from_str(&meta(PDF)).unwrap();
        changed[name] = value;
        assert_eq!(desk.send(&changed.to_string(), PDF).field(), field);
    }
}

#[test]
fn a_file_is_what_its_meta_says_and_no_larger_than_two_megabytes() {
    let desk = Desk::new();
    let invalid = (400, "INVALID_REQUEST".to_owned());
    let html = b"<html>an error page</html>";
    assert_eq!(desk.send(&meta(html), html).code(), invalid);
    let large = [b"%PDF-".as_slice(), &vec![0; 2 * 1024 * 1024]].concat();
    assert_eq!(desk.send(&meta(&large), &large).code(), invalid);
    assert!(desk.gateway.last_arrival()["body_sha256"].is_string());
    let ofd = b"PK\x03\x04 an archive";
    let as_ofd = meta(ofd).replace("\"PDF\"", "\"OFD\"");
    assert_eq!((desk.send(&meta(ofd), ofd).code(), desk.send(&as_ofd, ofd).status), (invalid.clone(), 200));
    for (whole, part) in [("; filename=\"a.pdf\"", ""), ("application/pdf", "text/plain")] {
        let mut draft = upload(&desk.gateway, &desk.direct, &meta(PDF), PDF);
        let changed = String::from_utf8(draft.body).unwrap().replace(whole, part);
        draft.body = changed.into_bytes();
        assert_eq!(desk.gateway.send(&draft).unwrap().code(), invalid, "{whole}");
    }
}

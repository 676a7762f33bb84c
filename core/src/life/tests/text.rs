//! The text that is kept.

use super::{APPLY, Told, with};
use crate::life::{InvoiceLife, LifeConfig};
use serde_json::{Value, json};

/// A life that has a fact of every kind.
fn full() -> Told {
    let mut told = with("partner_digital", "ISSUED");
    told.take(json!({"input": "order", "amount": 10_000, "invoices": [{"fapiao_id": "f1", "total_amount": 9_000}]}));
    told.event("n1", "FAPIAO.ISSUED", &[("f1", "ISSUED", "INSERTED")]);
    told.refund("r", 10_000, "asked");
    told.take(json!({"input": "saved", "fapiao_id": "f1"}));
    let request = json!({"fapiao_apply_id": APPLY, "fapiao_information": [{"fapiao_id": "f1"}]});
    let decision = json!({"effect": "unknown"});
    let input = json!({"input": "failure", "call": "reverse", "request": request, "attempt": 1, "decision": decision, "in_doubt": "{}"});
    told.take(input);
    told
}

#[test]
fn what_is_kept_comes_back_and_holds_nothing_of_the_buyer() {
    let mut told = full();
    let request = json!({"fapiao_apply_id": APPLY, "scene": "WITH_WECHATPAY"});
    let answer = json!({"type": "INDIVIDUAL", "name": "Zhang San", "phone": "13800138000"});
    told.take(json!({"input": "answer", "call": "user_title", "request": request, "answer": answer}));
    let text = told.life.to_text();
    assert_eq!(InvoiceLife::parse(&text).unwrap(), told.life);
    assert!(text.starts_with(r#"{"life":1,"config":"#));
    assert!(!text.contains("Zhang") && !text.contains("13800138000") && !text.contains("openid"));
}

#[test]
fn a_database_may_reorder_names_and_add_white_space() {
    let told = full();
    let value: Value = serde_json::from_str(&told.life.to_text()).unwrap();
    let text = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(InvoiceLife::parse(&text).unwrap(), told.life);
}

#[test]
fn a_text_cut_anywhere_is_an_error_that_says_so() {
    let text = full().life.to_text();
    for (end, _) in text.char_indices() {
        let (cut, _) = text.split_at(end);
        assert_eq!(InvoiceLife::parse(cut).unwrap_err().code().as_str(), "life.text", "{cut}");
    }
}

#[test]
fn a_text_altered_anywhere_is_an_error_that_says_so() {
    let text = full().life.to_text();
    for (at, character) in text.char_indices() {
        let other = if character == '7' { '3' } else { '7' };
        let (before, after) = text.split_at(at);
        let altered = format!("{before}{other}{}", after.strip_prefix(character).unwrap());
        let error = InvoiceLife::parse(&altered).unwrap_err();
        assert!(matches!(error.code().as_str(), "life.text" | "life.version"), "{altered}");
    }
}

#[test]
fn a_newer_version_is_an_error_that_says_so() {
    let text = full().life.to_text().replacen(r#""life":1"#, r#""life":2"#, 1);
    let error = InvoiceLife::parse(&text).unwrap_err();
    assert_eq!((error.code().as_str(), error.field()), ("life.version", Some("life")));
    for text in ["", "null", "{}", r#"{"life":"1"}"#, r#"{"life":0}"#, r#"{"life":1,"config":{}}"#] {
        assert_eq!(InvoiceLife::parse(text).unwrap_err().code().as_str(), "life.text", "{text}");
    }
}

#[test]
fn another_merchants_or_applications_text_is_an_error_that_names_it() {
    let text = full().life.to_text();
    let parse = |mchid: &str, apply_id: &str| {
        let config =
            json!({"way": "partner_digital", "mchid": mchid, "sub_mchid": "1900000109", "fapiao_apply_id": apply_id});
        InvoiceLife::parse_for(&LifeConfig::parse(&config.to_string()).unwrap(), &text)
    };
    assert!(parse("1900000001", APPLY).is_ok());
    let error = parse("1900000002", APPLY).unwrap_err();
    assert_eq!(error.code().as_str(), "life.merchant");
    assert_eq!(
        error.details(),
        [
            ("merchant", "1900000001/1900000109".to_owned()),
            ("merchant_of_the_life", "1900000002/1900000109".to_owned())
        ]
    );
    assert_eq!(parse("1900000001", "other").unwrap_err().code().as_str(), "life.application");
}

/// The folder has one text or more of every version that was released; each reads, and means what it meant.
#[test]
#[expect(clippy::disallowed_methods, reason = "the texts are files of the repository")]
fn every_text_of_every_released_version_is_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/life-texts");
    let mut versions = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let life = InvoiceLife::parse(file["text"].as_str().unwrap()).unwrap();
        let state: Value = serde_json::from_str(&life.state(file["now"].as_i64().unwrap()).unwrap()).unwrap();
        for (name, value) in file["means"].as_object().unwrap() {
            assert_eq!(&state[name], value, "{name} in {}", path.display());
        }
        let text: Value = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
        versions.insert(text["life"].as_i64().unwrap());
    }
    assert_eq!(versions.into_iter().collect::<Vec<_>>(), [1], "one of each version, up to today's");
}

//! An answer, whatever it is: `CALL STATUS`, header lines, an empty line, the body.
//!
//! Nothing panics, no unsigned answer verifies, and the typed reader and the table reader agree.
#![no_main]

use fapiao::callers::MayBeMadeBy;
use fapiao::ffi::{Door, Request};
use fapiao::{Operation, Pending, Reply, SubMerchant, account, pay};
use fapiao_fuzz::{CALLERS, NOW, check_error, moment};
use http::Response;
use libfuzzer_sys::fuzz_target;

type Answer = Response<Vec<u8>>;

fuzz_target!(|data: &[u8]| {
    let Some((call, response)) = parse(data) else { return };
    match call {
        "title_url" => on_behalf(title_url(), &response),
        "query" => on_behalf(pay::Query::new("4200"), &response),
        "fapiao_files" => on_behalf(pay::FapiaoFiles::new("4200"), &response),
        "issue" => forged(&CALLERS.sub_merchant.prepare(pay::Query::new("4200"), moment()).unwrap(), &response),
        "stable_token" => {
            let typed = CALLERS.account.prepare(account::StableToken::new(), moment()).unwrap();
            unsigned(&typed, "stable_token", "{}", &response);
        }
        "get_pdf" => {
            let typed = CALLERS.account.prepare(account::GetPdf::new("1"), moment()).unwrap();
            unsigned(&typed, "get_pdf", r#"{"s_media_id":"1"}"#, &response);
        }
        _ => {
            let link = pay::DownloadFile::new("https://pay.wechatpay.cn/f");
            let pending = CALLERS.sub_merchant.prepare(link, moment()).unwrap();
            let _ = pending.read_unsigned(&response).and_then(|verified| verified.parse()).map_err(|e| check_error(&e));
        }
    }
});

fn title_url() -> pay::TitleUrl {
    let (fapiao_apply_id, source) = ("4200".into(), "WEB".into());
    let (appid, openid) = ("wx1".into(), "o1".into());
    pay::TitleUrl { fapiao_apply_id, source, appid, openid, total_amount: 1, ..Default::default() }
}

fn parse(data: &[u8]) -> Option<(&str, Answer)> {
    let split = data.windows(2).position(|pair| pair == b"\n\n")?;
    let (head, body) = data.split_at(split);
    let mut lines = std::str::from_utf8(head).ok()?.split('\n');
    let (call, status) = lines.next()?.split_once(' ')?;
    let mut response = Response::builder().status(status.parse::<u16>().ok()?);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        response = response.header(name, value);
    }
    Some((call, response.body(body.get(2..)?.to_vec()).ok()?))
}

fn on_behalf<O: Operation + MayBeMadeBy<SubMerchant>>(operation: O, response: &Answer) {
    let payload = serde_json::to_string(&operation).unwrap();
    let door = Door::from(&CALLERS.sub_merchant);
    let wire = door.prepare(Request::new(O::CALL.name, &payload), moment()).unwrap();
    let typed = CALLERS.sub_merchant.prepare(operation, moment()).unwrap();
    forged(&typed, response);
    let as_type = read(&typed, response);
    let as_json = read(&wire, response);
    assert_eq!(as_type.as_ref().err(), as_json.as_ref().err());
    if let Ok(answer) = as_json {
        serde_json::from_str::<&serde_json::value::RawValue>(&answer.json).unwrap();
    }
}

/// With a real check, whatever came.
fn forged<A: Reply>(pending: &Pending<A>, response: &Answer) {
    match pending.claim(response, NOW).and_then(|claim| claim.check_with(&CALLERS.ring)) {
        Ok(verified) => drop(verified.leave_encrypted().parse()),
        Err(error) => check_error(&error),
    }
}

/// As if the check had passed.
fn read<A: Reply>(pending: &Pending<A>, response: &Answer) -> Result<A, &'static str> {
    let read = || {
        let verified = pending.claim(response, NOW)?.settle(fapiao::SignatureCheck::Valid)?;
        let _ = verified.to_decrypt();
        verified.leave_encrypted().parse()
    };
    read().map_err(|error| {
        check_error(&error);
        error.code().as_str()
    })
}

fn unsigned<A: Reply>(typed: &Pending<A>, call: &str, payload: &str, response: &Answer) {
    let wire = Door::from(&CALLERS.account).prepare(Request::new(call, payload), moment()).unwrap();
    let as_type = typed.read_unsigned(response).and_then(|verified| verified.parse());
    let as_json = wire.read_unsigned(response).and_then(|verified| verified.parse());
    assert_eq!(as_type.err().map(|e| e.code()), as_json.err().map(|e| e.code()));
}

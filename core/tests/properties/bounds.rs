//! Hostile sizes: what is too large is refused, and what is deep costs neither stack nor more than linear time.

use crate::fixtures::{account, answer, direct, moment, read, sub_merchant};
use fapiao::account::GetPdf;
use fapiao::ffi::{Caller, Request};
use fapiao::pay::{DownloadFile, FapiaoFiles, Query};
use fapiao::{Code, Error};
use http::Response;
use std::time::{Duration, Instant};

const MEBIBYTE: usize = 1024 * 1024;
/// A thread's stack that no recursion by the depth of an answer fits into.
const SMALL_STACK: usize = 512 * 1024;

fn too_large(response: &Response<Vec<u8>>) -> [Error; 2] {
    let signed = direct().prepare(FapiaoFiles::new("1"), moment()).unwrap();
    let unsigned = account().prepare(GetPdf::new("1"), moment()).unwrap();
    [read(&signed, response).map(drop).unwrap_err(), read(&unsigned, response).map(drop).unwrap_err()]
}

#[test]
fn a_body_of_ten_megabytes_is_refused_whatever_it_says() {
    for status in [200, 202, 302, 400, 500] {
        let mut response = answer(&vec![b' '; 10 * MEBIBYTE]);
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        for error in too_large(&response) {
            assert_eq!((error.code(), error.field()), (Code::LimitBody, Some("body")), "{status}");
            assert!(error.remote().is_none(), "nothing of it is kept");
        }
    }
}

#[test]
fn the_largest_body_is_read_and_one_byte_more_is_not() {
    let pad = |bytes: usize| format!("{{}}{}", " ".repeat(bytes - 2)).into_bytes();
    let pending = direct().prepare(FapiaoFiles::new("1"), moment()).unwrap();
    assert!(read(&pending, &answer(&pad(8 * MEBIBYTE))).is_ok());
    assert_eq!(read(&pending, &answer(&pad(8 * MEBIBYTE + 1))).unwrap_err().code(), Code::LimitBody);
}

#[test]
fn a_file_of_more_than_32_megabytes_is_refused() {
    let link = DownloadFile::new("https://pay.wechatpay.cn/f");
    let pending = sub_merchant().prepare(link, moment()).unwrap();
    let response = Response::new(vec![b'%'; 32 * MEBIBYTE + 1]);
    assert_eq!(pending.read_unsigned(&response).unwrap_err().code(), Code::LimitBody);
}

/// Bodies and payloads of many levels, whole and cut short, in a known field and in an unknown one.
fn deep(levels: usize) -> Vec<String> {
    let lists = |after: &str| format!("{}{after}{}", "[".repeat(levels), "]".repeat(levels));
    let objects = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    vec![
        lists(""),
        "[".repeat(levels),
        "{\"a\":".repeat(levels),
        objects.clone(),
        format!("{{\"new\":{}}}", lists("24312000000012345678")),
        format!("{{\"new\":{objects}}}"),
        format!("{{\"fapiao_information\":{}}}", lists("{}")),
        format!("{{\"fapiao_download_info_list\":{objects}}}"),
        format!("{{\"buyer_information\":{objects},\"fapiao_apply_id\":\"1\"}}"),
        format!("{{\"errcode\":{}}}", lists("")),
        format!("{{\"code\":\"X\",\"detail\":{objects}}}"),
    ]
}

/// Lets everything that reads JSON read it; how long that took.
fn read_everywhere(texts: &[String]) -> Duration {
    #[expect(clippy::disallowed_methods, reason = "core has no clock, a test may have one")]
    let start = Instant::now();
    let (merchant, account) = (sub_merchant(), account());
    let files = merchant.prepare(FapiaoFiles::new("1"), moment()).unwrap();
    let query = merchant.prepare(Query::new("1"), moment()).unwrap();
    let pdf = account.prepare(GetPdf::new("1"), moment()).unwrap();
    let (merchant, account) = (Caller::from(&merchant), Caller::from(&account));
    let wire = merchant.prepare(Request::new("fapiao_files", r#"{"fapiao_apply_id":"1"}"#), moment()).unwrap();
    for text in texts {
        let mut response = answer(text.as_bytes());
        let _ = (read(&files, &response), read(&query, &response), read(&wire, &response), read(&pdf, &response));
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        let _ = (read(&files, &response), read(&pdf, &response));
        let _ = (merchant.flow(Request::new("issue", text)), account.flow(Request::new("stable_token", text)));
    }
    start.elapsed()
}

#[test]
fn a_million_levels_cost_no_stack() {
    // Every other one, whole and cut short: a million levels of each would take half a minute in the dev profile.
    let texts: Vec<_> = deep(1_000_000).into_iter().step_by(2).collect();
    let work = move || read_everywhere(&texts);
    std::thread::Builder::new().stack_size(SMALL_STACK).spawn(work).unwrap().join().unwrap();
}

#[test]
fn ten_times_the_levels_cost_ten_times_as_long() {
    let fastest = |levels| (0..5).map(|_| read_everywhere(&deep(levels))).min().unwrap();
    let (short, long) = (fastest(10_000), fastest(100_000));
    // Were it squared, it would be a hundred times.
    assert!(long < short * 30 + Duration::from_millis(50), "{short:?} for 10,000 levels, {long:?} for 100,000");
}

/// Objects and lists with very many members.
fn wide(members: usize) -> Vec<String> {
    let strangers: Vec<_> = (0..members).map(|number| format!("\"f{number}\":{number}")).collect();
    let same = vec!["\"total_count\":1"; members];
    let entries = vec!["{\"fapiao_id\":\"1\"}"; members];
    vec![
        format!("{{{}}}", strangers.join(",")),
        format!("{{{}}}", same.join(",")),
        format!("{{\"fapiao_download_info_list\":[{}]}}", entries.join(",")),
        format!("{{\"fapiao_information\":[{}]}}", entries.join(",")),
    ]
}

#[test]
fn very_many_members_cost_linear_time() {
    let fastest = |members| (0..5).map(|_| read_everywhere(&wide(members))).min().unwrap();
    let (short, long) = (fastest(2_000), fastest(20_000));
    assert!(long < short * 30 + Duration::from_millis(50), "{short:?} for 2,000 members, {long:?} for 20,000");
}

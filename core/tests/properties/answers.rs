//! Answers: the typed reader and the table reader accept and refuse alike, and nothing in an answer is lost.

use crate::fixtures::{answer, moment, read, sub_merchant};
use crate::payloads::{ODD, anything, quoted};
use crate::samples::{Sample, with_json};
use fapiao::catalogue::{self, Visitor};
use fapiao::pay::{self, FapiaoFilesAnswer};
use fapiao::{Operation, Pending, Reply, ffi};
use http::{HeaderName, HeaderValue, Response};
use proptest::prelude::*;
use serde_json::Value;
use serde_json::value::RawValue;

/// Code and field of a refusal.
type Refusal = (&'static str, Option<String>);

fn outcome<A: Reply>(pending: &Pending<A>, response: &Response<Vec<u8>>) -> Result<A, Refusal> {
    read(pending, response).map_err(|error| (error.code().as_str(), error.field().map(str::to_owned)))
}

fn by_type(sample: &Sample, response: &Response<Vec<u8>>) -> Result<(), Refusal> {
    struct Typed<'a>(Pending<ffi::Response>, &'a Response<Vec<u8>>);

    impl Visitor for Typed<'_> {
        type Output = Result<(), Refusal>;

        fn visit<O: Operation>(self) -> Self::Output {
            outcome(&self.0.retype::<O::Answer>(), self.1).map(drop)
        }
    }

    let pending = sample.caller.prepare(sample.request(), moment()).unwrap();
    catalogue::visit(sample.call, Typed(pending, response)).unwrap()
}

fn by_table(sample: &Sample, response: &Response<Vec<u8>>) -> Result<ffi::Response, Refusal> {
    outcome(&sample.caller.prepare(sample.request(), moment()).unwrap(), response)
}

fn files() -> Pending<FapiaoFilesAnswer> {
    sub_merchant().prepare(pay::FapiaoFiles::new("1"), moment()).unwrap()
}

/// One change of a JSON text: the `nth` value becomes another, goes, or gets company.
#[derive(Clone, Debug)]
enum Change {
    Replace(String),
    Remove,
    Twice(String),
    Stranger(String, String),
}

fn change() -> impl Strategy<Value = Change> {
    let odd = prop_oneof![3 => prop::sample::select(&ODD).prop_map(str::to_owned), 1 => anything()].boxed();
    prop_oneof![
        4 => odd.clone().prop_map(Change::Replace),
        1 => Just(Change::Remove),
        2 => odd.clone().prop_map(Change::Twice),
        2 => (any::<String>(), odd).prop_map(|(name, value)| Change::Stranger(name, value)),
    ]
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum::<usize>(),
        Value::Object(members) => members.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Writes a value out with the `left`th one changed.
fn write(value: &Value, left: &mut usize, change: &Change, into: &mut String) {
    let here = *left == 0;
    *left = left.wrapping_sub(1);
    if let (true, Change::Replace(text)) = (here, change) {
        return into.push_str(text);
    }
    match value {
        Value::Array(items) => {
            let mut texts = vec![String::new(); items.len()];
            items.iter().zip(&mut texts).for_each(|(item, text)| write(item, left, change, text));
            *into += &["[", &texts.join(","), "]"].concat();
        }
        Value::Object(members) => {
            let mut texts = Vec::new();
            for (name, value) in members {
                let (is_next, name) = (*left == 0, quoted(name));
                let mut text = String::new();
                write(value, left, change, &mut text);
                match change {
                    Change::Remove if is_next => continue,
                    Change::Twice(other) if is_next => texts.push(format!("{name}:{other}")),
                    _ => {}
                }
                texts.push(format!("{name}:{text}"));
            }
            if let (true, Change::Stranger(name, value)) = (here, change) {
                texts.push(format!("{}:{value}", quoted(name)));
            }
            *into += &["{", &texts.join(","), "}"].concat();
        }
        leaf => into.push_str(&leaf.to_string()),
    }
}

/// The number tokens of a JSON text.
fn numbers(json: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), json);
    while let Some(start) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        rest = &rest[start..];
        let is_text = rest.starts_with('"');
        let end = if is_text { end_of_text(rest) } else { rest.find([',', ']', '}']).unwrap_or(rest.len()) };
        if !is_text {
            found.push(rest[..end].trim());
        }
        rest = &rest[end..];
    }
    found
}

fn end_of_text(json: &str) -> usize {
    let mut escaped = false;
    let closes = |(_, byte): &(usize, u8)| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    };
    json.bytes().enumerate().skip(1).find(closes).map_or(json.len(), |(at, _)| at + 1)
}

/// Sign, digits without zeros at either end, and the power of ten of the first: equal for equal numbers.
fn decimal(number: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
    let exponent = exponent.parse::<i64>().unwrap() + i64::try_from(digits.len() - fraction.len()).unwrap();
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let digits = digits.trim_matches('0').to_owned();
    let exponent = if digits.is_empty() { 0 } else { exponent - i64::try_from(zeros).unwrap() };
    (!digits.is_empty() && number.starts_with('-'), digits, exponent)
}

/// Whether a reader that has only 64-bit floats keeps every number.
fn assert_no_number_is_rounded(json: &str) {
    for number in numbers(json) {
        let float: f64 = number.parse().unwrap();
        assert!(float.is_finite() && decimal(&format!("{float:e}")) == decimal(number), "{number} in {json}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn typed_and_table_reader_agree_on_any_change(
        call: prop::sample::Index,
        body: prop::sample::Index,
        place: prop::sample::Index,
        change in change(),
        bytes in prop::option::weighted(0.1, (any::<prop::sample::Index>(), any::<u8>())),
    ) {
        let samples = with_json();
        let sample = call.get(&samples);
        let body = body.get(&sample.answers);
        let mut text = String::new();
        let mut left = place.index(count(body));
        write(body, &mut left, &change, &mut text);
        let mut text = text.into_bytes();
        if let Some((place, byte)) = bytes {
            let place = place.index(text.len());
            text[place] = byte;
        }
        let response = answer(&text);
        let (typed, table) = (by_type(sample, &response), by_table(sample, &response));
        if let Ok(answer) = &table {
            serde_json::from_str::<&RawValue>(&answer.json).unwrap();
            assert_no_number_is_rounded(&answer.json);
        }
        prop_assert_eq!(typed, table.map(drop), "{}", String::from_utf8_lossy(&text));
    }

    #[test]
    fn what_no_table_knows_survives_to_the_last_digit(
        name: String,
        number in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        depth in 0_usize..20,
    ) {
        prop_assume!(name != "fapiao_download_info_list");
        let (open, close) = ("[{\"a\":".repeat(depth), "}]".repeat(depth));
        let name_json = quoted(&name);
        let body = format!("{{{name_json}:{open}{number}{close}}}");
        let response = answer(body.as_bytes());
        let typed = read(&files(), &response).unwrap();
        let raw = format!("{open}{number}{close}");
        prop_assert_eq!(typed.extra.get(&name), Some(raw.as_str()));
        let json = by_table(with_json().iter().find(|sample| sample.call == "fapiao_files").unwrap(), &response).unwrap().json;
        let as_text = format!("{{{name_json}:{open}\"{number}\"{close}}}");
        prop_assert!(json == body || json == as_text, "{}", json);
        // Deeper than any document, values are copied as they are.
        if depth < 16 {
            assert_no_number_is_rounded(&json);
        }
    }

    #[test]
    fn no_answer_makes_a_reader_panic(
        status in 100_u16..=999,
        pairs in prop::collection::vec((header_name(), prop::collection::vec(any::<u8>(), 0..80)), 0..8),
        body in prop_oneof![prop::collection::vec(any::<u8>(), 0..300), anything().prop_map(String::into_bytes)],
    ) {
        let mut response = answer(&body);
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        for (name, value) in pairs {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
        for sample in with_json() {
            prop_assert_eq!(by_type(sample, &response), by_table(sample, &response).map(drop));
        }
        let link = || pay::DownloadFile::new("https://pay.wechatpay.cn/f");
        let download = sub_merchant().prepare(link(), moment()).unwrap();
        let result = download.read_unsigned(&response).and_then(|verified| verified.parse());
        if let Err(error) = result {
            prop_assert!(!error.message().chars().any(char::is_control), "{:?}", error);
        }
    }
}

fn header_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&[
        "wechatpay-serial",
        "wechatpay-timestamp",
        "wechatpay-nonce",
        "wechatpay-signature",
        "wechatpay-signature-type",
        "request-id",
        "content-type",
        "content-disposition",
        "sm3-digest",
    ])
}

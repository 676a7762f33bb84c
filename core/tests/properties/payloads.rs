//! Payloads made from the catalogue's own tables: mostly right, with anything anywhere.

use crate::fixtures::{MAIL, PHONE};
use crate::mended::mended;
use fapiao::Attachment;
use fapiao::ffi::Request;
use fapiao::schema::{Call, Charset, Field, FilledBy, Generations, Kind, Layout, Location, Table};
use proptest::prelude::*;

/// A payload of a call. Of `wrong` in a thousand values, each may be anything; where none is, what ties them together is right too.
pub(crate) fn payload(call: &'static Call, wrong: u32) -> BoxedStrategy<String> {
    let table = call.request;
    let mend = move |payload: String| if wrong == 0 { mended(table, &payload) } else { payload };
    object(table, wrong).prop_map(mend).boxed()
}

/// The call with its payload, and with a file where it takes one.
pub(crate) fn request_of<'a>(call: &'static Call, payload: &'a str) -> Request<'a> {
    match call.layout {
        Layout::Upload { .. } => Request::with_file(call.name, payload, Attachment::pdf("f.pdf", &b"%PDF-1.7"[..])),
        _ => Request::new(call.name, payload),
    }
}

fn object(table: &'static Table, wrong: u32) -> BoxedStrategy<String> {
    let fields = table.fields.iter().filter(|field| field.filled_by == FilledBy::Payload);
    let members: Vec<_> = fields.map(|field| member(field, wrong)).collect();
    let stranger = (any::<String>(), anything()).prop_map(Some).boxed();
    let stranger = weighted([(1_000 - wrong, Just(None).boxed()), (wrong, stranger), (0, Just(None).boxed())]);
    let twice = (0..10_000_u32).prop_map(move |chance| chance < wrong);
    (members, stranger, twice)
        .prop_map(|(members, stranger, twice)| {
            let mut members: Vec<_> = members.into_iter().flatten().collect();
            members.extend(stranger.map(|(name, value)| format!("{}:{value}", quoted(&name))));
            members.extend(twice.then(|| members.first().cloned()).flatten());
            format!("{{{}}}", members.join(","))
        })
        .boxed()
}

fn member(field: &'static Field, wrong: u32) -> BoxedStrategy<Option<String>> {
    let always = field.required != Generations::NONE || field.conditions(Generations::ALL).next().is_some();
    let right = value(field, field.kind, wrong);
    let left_out = if always { wrong } else { 700 };
    let named = move |value: String| Some(format!("\"{}\":{value}", field.name));
    weighted([
        (1_000 - wrong.max(left_out), right.prop_map(named).boxed()),
        (wrong, anything().prop_map(named).boxed()),
        (left_out, Just(None).boxed()),
    ])
}

/// One of these by weight; those of weight 0 never.
fn weighted<T: std::fmt::Debug + 'static>(of: [(u32, BoxedStrategy<T>); 3]) -> BoxedStrategy<T> {
    prop::strategy::Union::new_weighted(of.into_iter().filter(|(weight, _)| *weight > 0).collect()).boxed()
}

fn value(field: &'static Field, kind: Kind, wrong: u32) -> BoxedStrategy<String> {
    match kind {
        Kind::Text if field.location == Location::Url => link(),
        Kind::Text if field.encrypted => prop::sample::select(&[PHONE, MAIL, "张三"]).prop_map(quoted).boxed(),
        Kind::Text => text(field).prop_map(|text| quoted(&text)).boxed(),
        Kind::Digits => "[0-9]{1,24}".prop_map(|digits| quoted(&digits)).boxed(),
        Kind::Decimal => "(0|[1-9][0-9]{0,20})(\\.[0-9]{1,9})?".boxed(),
        Kind::Integer if field.max != 0 => (0..=field.max).prop_map(|number| number.to_string()).boxed(),
        Kind::Integer => (0..=9_007_199_254_740_991_i64).prop_map(|number| number.to_string()).boxed(),
        Kind::Boolean => any::<bool>().prop_map(|yes| yes.to_string()).boxed(),
        // Without the documentation no choice is listed.
        Kind::Choice([]) => "[A-Z_]{1,20}".prop_map(|text| quoted(&text)).boxed(),
        Kind::Choice(texts) => {
            let known = prop::sample::select(texts).prop_map(quoted);
            prop_oneof![4 => known, 1 => "[A-Z_]{1,20}".prop_map(|text| quoted(&text))].boxed()
        }
        Kind::Object(table) => object(table, wrong),
        Kind::List(element) => prop::collection::vec(value(field, *element, wrong), 1..4)
            .prop_map(|items| format!("[{}]", items.join(",")))
            .boxed(),
        _ => anything(),
    }
}

fn text(field: &'static Field) -> BoxedStrategy<String> {
    let most = if field.max == 0 { 40 } else { field.max.min(40) };
    match field.charset {
        Charset::Id => "[0-9A-Za-z_|*-]{1,32}".boxed(),
        Charset::Time => Just("2026-11-22T10:00:00+08:00".to_owned()).boxed(),
        _ => prop::collection::vec("[\u{1}-\u{d7ff}\u{e000}-\u{ffff}]", field.min.max(1)..=most)
            .prop_map(|parts| parts.concat())
            .boxed(),
    }
}

fn link() -> BoxedStrategy<String> {
    "https://(pay\\.wechatpay\\.cn|mp\\.weixin\\.qq\\.com)(/[a-zA-Z0-9%._~!$&'()*+,;=:@{}|\"-]{0,20}){0,3}(\\?[a-z0-9=&%/?+-]{0,40})?"
        .prop_map(|link| quoted(&link))
        .boxed()
}

/// Any JSON at all, and texts that are nearly JSON.
pub(crate) fn anything() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        any::<String>().prop_map(|text| quoted(&text)),
        prop::sample::select(&ODD).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| if number.is_finite() { number.to_string() } else { "null".to_owned() }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((any::<String>(), inner), 0..4).prop_map(|members| {
                let members: Vec<_> =
                    members.into_iter().map(|(name, value)| format!("{}:{value}", quoted(&name))).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
    .boxed()
}

/// Values that readers of JSON disagree about.
pub(crate) const ODD: [&str; 30] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e2",
    "1E400",
    "1e-400",
    "0.0",
    "-0.0",
    "24312000000012345678",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "9007199254740993",
    "\"\"",
    "\"12\"",
    "\"+5\"",
    "\" 5\"",
    "\"\\u0031\"",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[{}]",
    "{\"\\ud800\":1}",
    "{\"a\":24312000000012345678}",
];

pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

//! Whether reading is linear in its input: time a byte of small and large bodies, of the usual shape and of hostile ones.

use super::fixture::{ORDER, Shop, answer, moment};
use super::measure::{Figures, alone, each};
use super::report::{Budget, Row};
use anyhow::Result;
use fapiao::Verified;
use fapiao::ffi::{Caller, Request};
use fapiao::pay::FapiaoFiles;
use std::fmt::Write as _;

const SMALL: usize = 10_000;
const LARGE: usize = 1_000_000;
const LARGEST: usize = 8_000_000;
/// Most a byte of a large body may cost of what a byte of a small one costs: large ones leave the caches.
const LINEAR: f64 = 3.0;

/// A body of about so many bytes.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: [Shape; 5] = [
    ("entries", entries),
    ("unknown keys", unknown_keys),
    ("one long text", long_text),
    ("escapes", escapes),
    ("nested lists", nested),
];

pub(super) fn rows(rounds: u32) -> Result<Vec<Row>> {
    let shop = Shop::open("1900000100")?;
    let payload = format!("{{\"fapiao_apply_id\":\"{ORDER}\"}}");
    let door = Caller::from(&shop.caller);
    let pending = shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?;
    let wire = door.prepare(Request::new("fapiao_files", &payload), moment(0)?)?;
    let now = moment(0)?.now();

    let mut rows = Vec::new();
    for (shape, make) in SHAPES {
        let mut seen = Vec::new();
        for bytes in [SMALL, LARGE, LARGEST] {
            let response = answer(make(bytes).into_bytes())?;
            let typed: Verified<_> = pending.claim(&response, now)?.check_with(&shop.ring)?;
            let wire: Verified<_> = wire.claim(&response, now)?.check_with(&shop.ring)?;
            let calls = u32::try_from((LARGE / bytes).max(1))?;
            let kilobytes = f64::from(u32::try_from(response.body().len())?) / 1_000.0;
            let per_kilobyte = |figures: Figures| Ok(figures.scaled(1.0 / kilobytes));
            // A shape that the table refuses must be refused as quickly.
            seen.push((
                alone(rounds, calls, each(|| Ok(typed.parse().is_ok()))).and_then(per_kilobyte)?,
                alone(rounds, calls, each(|| Ok(wire.parse().is_ok()))).and_then(per_kilobyte)?,
            ));
        }
        let [small, large, largest] = seen.as_slice() else { continue };
        let mut row = |door: &str, size: &str, ours: Figures, against: Figures| {
            let what = format!("{door}, {size} of {shape}, per KB");
            rows.push(Row::new(what, "µs", ours).against("10 KB", against).budget(Budget::Ratio(LINEAR)));
        };
        row("parse", "1 MB", large.0, small.0);
        row("parse", "8 MB", largest.0, small.0);
        row("parse by Door", "1 MB", large.1, small.1);
        row("parse by Door", "8 MB", largest.1, small.1);
    }
    Ok(rows)
}

fn entries(bytes: usize) -> String {
    let link = "https://pay.wechatpay.cn/invoicing/fapiao/fapiao-file?token=6F2A9C6F2A9C6F2A9C6F2A9C6F2A9C6F2A9C";
    let entry = format!("{{\"fapiao_id\":\"20200701123456\",\"download_url\":\"{link}\",\"status\":\"ISSUED\"}}");
    let count = bytes / entry.len().saturating_add(1);
    format!("{{\"fapiao_download_info_list\":[{}]}}", vec![entry; count].join(","))
}

/// No two alike.
fn unknown_keys(bytes: usize) -> String {
    let mut body = String::from("{\"fapiao_download_info_list\":[]");
    let mut number = 0_u32;
    while body.len() < bytes {
        // Writing to a string cannot fail.
        let _ = write!(body, ",\"k{number}\":{number}");
        number = number.saturating_add(1);
    }
    body.push('}');
    body
}

fn long_text(bytes: usize) -> String {
    entry_with(&"x".repeat(bytes))
}

fn escapes(bytes: usize) -> String {
    entry_with(&"\\u4e2d".repeat(bytes / 6))
}

fn entry_with(url: &str) -> String {
    format!("{{\"fapiao_download_info_list\":[{{\"download_url\":\"{url}\"}}]}}")
}

fn nested(bytes: usize) -> String {
    let (open, close) = ("[".repeat(bytes / 2), "]".repeat(bytes / 2));
    format!("{{\"fapiao_download_info_list\":[],\"unknown\":{open}{close}}}")
}

//! The faults a run orders, what a client may make of each, and which calls each can strike.

use serde_json::{Map, Value, json};

/// What a call is to the faults: its side, and what protects its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// WeChat Pay, signed both ways.
    Pay,
    /// A file with its SM3 digest.
    File,
    /// A file without a digest.
    PlainFile,
    /// The account side, under a token.
    Token,
    /// The account side, without a token.
    Account,
}

/// What a struck answer may be to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Good all the same.
    Nothing,
    /// Nothing took effect, and the client can know it.
    Refused,
    /// Not to be accepted; whether the call took effect does not show.
    Hidden,
}

/// One fault with its parameters.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) label: &'static str,
    /// What the sandbox calls it.
    pub(super) fault: &'static str,
    /// Parameters of the order, as JSON.
    parameters: &'static str,
    pub(super) means: Means,
    /// The codes such an answer may end with.
    pub(super) codes: &'static [&'static str],
    strikes: &'static [Kind],
}

use Kind::{Account, File, Pay, PlainFile, Token};
use Means::{Hidden, Nothing, Refused};

const SIGNED: &[Kind] = &[Pay];
const EVERY: &[Kind] = &[Pay, File, PlainFile, Token, Account];
/// Nothing in the protocol but TLS guards the answers of the account side: a changed one cannot be told.
const GUARDED: &[Kind] = &[Pay, File];
const FILES: &[Kind] = &[File, PlainFile];
const LOST: &[&str] = &["send.lost"];
const API: &[&str] = &["remote.api"];
const NOT_JSON: &[&str] = &["remote.not_json"];
const ERRCODE: &[&str] = &["remote.errcode"];
const SIGNATURE: &[&str] = &["verify.signature"];
const NOT_A_FILE: &[&str] = &["download.not_a_file"];

pub(super) const MAIN_DOWN: &str = "main_down";

/// Every fault of the sandbox, with each of its parameters that matters.
pub(super) const VARIANTS: &[Variant] = &[
    plain("probe", Hidden, &["verify.probe"], SIGNED),
    plain("wrong_signature", Hidden, SIGNATURE, SIGNED),
    plain("wrong_key", Hidden, SIGNATURE, SIGNED),
    plain("unknown_serial", Hidden, &["verify.unknown_serial"], SIGNED),
    plain("unsigned", Hidden, &["verify.header_missing"], SIGNED),
    plain("header_twice", Hidden, &["verify.header_twice"], SIGNED),
    with("rotate_certificate platform-1", "rotate_certificate", r#"{"key":"platform-1"}"#, Nothing, &[], SIGNED),
    with("rotate_certificate platform-2", "rotate_certificate", r#"{"key":"platform-2"}"#, Nothing, &[], SIGNED),
    with("rotate_certificate public-key", "rotate_certificate", r#"{"key":"public-key"}"#, Nothing, &[], SIGNED),
    with("skew 250 s", "skew", r#"{"seconds":250}"#, Nothing, &[], SIGNED),
    with("skew 600 s", "skew", r#"{"seconds":600}"#, Hidden, &["verify.clock"], SIGNED),
    with("skew -600 s", "skew", r#"{"seconds":-600}"#, Hidden, &["verify.clock"], SIGNED),
    plain("rate_limit", Refused, API, SIGNED),
    with("error_json 500 before", "error_json", r#"{"status":500}"#, Hidden, API, SIGNED),
    with("error_json 502 before", "error_json", r#"{"status":502}"#, Hidden, API, SIGNED),
    with("error_json 503 before", "error_json", r#"{"status":503}"#, Hidden, API, SIGNED),
    with("error_json 500 after", "error_json", r#"{"status":500,"when":"after"}"#, Hidden, API, SIGNED),
    with("error_json 502 after", "error_json", r#"{"status":502,"when":"after"}"#, Hidden, API, SIGNED),
    with("error_json 503 after", "error_json", r#"{"status":503,"when":"after"}"#, Hidden, API, SIGNED),
    with("error_html before", "error_html", "{}", Hidden, NOT_JSON, EVERY),
    with("error_html after", "error_html", r#"{"when":"after"}"#, Hidden, NOT_JSON, EVERY),
    plain("cut_before", Hidden, LOST, EVERY),
    plain("cut_after", Hidden, LOST, EVERY),
    plain("redirect", Hidden, &["remote.redirect"], EVERY),
    with("slow", "slow", r#"{"millis":15}"#, Nothing, &[], EVERY),
    plain("tamper", Hidden, &["verify.signature", "download.digest"], GUARDED),
    plain("truncate", Hidden, LOST, EVERY),
    plain("gzip", Nothing, &[], EVERY),
    plain("chunked", Nothing, &[], EVERY),
    plain("wrong_digest", Hidden, &["download.digest"], &[File]),
    plain("error_as_file", Refused, NOT_A_FILE, FILES),
    plain("html_as_file", Refused, NOT_A_FILE, FILES),
    plain("link_expired", Refused, API, FILES),
    plain("token_expired", Refused, ERRCODE, &[Token]),
    plain("token_invalid", Refused, ERRCODE, &[Token]),
    // System busy: the official table does not say whether such a call was taken.
    plain("errcode", Hidden, ERRCODE, &[Token, Account]),
    plain(MAIN_DOWN, Refused, &["send.not_sent"], &[Pay, Token, Account]),
];

impl Variant {
    /// The order for the control door.
    pub(super) fn order(&self, count: u32) -> Value {
        let mut order: Map<String, Value> = serde_json::from_str(self.parameters).unwrap_or_default();
        order.insert("fault".into(), self.fault.into());
        // A listener is down until it is put up.
        order.insert("count".into(), if self.fault == MAIN_DOWN { Value::Null } else { json!(count) });
        Value::Object(order)
    }

    /// Whether it can strike such a call.
    pub(super) fn strikes(&self, kind: Kind) -> bool {
        self.strikes.contains(&kind)
    }
}

/// A fault without parameters.
const fn plain(label: &'static str, means: Means, codes: &'static [&'static str], strikes: &'static [Kind]) -> Variant {
    Variant { label, fault: label, parameters: "{}", means, codes, strikes }
}

const fn with(
    label: &'static str,
    fault: &'static str,
    parameters: &'static str,
    means: Means,
    codes: &'static [&'static str],
    strikes: &'static [Kind],
) -> Variant {
    Variant { label, fault, parameters, means, codes, strikes }
}

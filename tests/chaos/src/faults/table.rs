//! Every fault of the sandbox, with each of its parameters that matters.

use super::Kind::{self, Account, Effect, File, Pay, PlainFile, Token};
use super::Means::{self, Hidden, Nothing, Refused, RefusedIfSentOnce};
use super::Variant;
use crate::world::World;

const SIGNED: &[Kind] = &[Pay, Effect];
const EVERY: &[Kind] = &[Pay, Effect, File, PlainFile, Token, Account];
/// Nothing in the protocol but TLS guards the answers of the account side: a changed one cannot be told.
const GUARDED: &[Kind] = &[Pay, Effect, File];
const FILES: &[Kind] = &[File, PlainFile];
const LOST: &[&str] = &["send.lost"];
const API: &[&str] = &["remote.api"];
const NOT_JSON: &[&str] = &["remote.not_json"];
const ERRCODE: &[&str] = &["remote.errcode"];
const SIGNATURE: &[&str] = &["verify.signature"];
const NOT_SIGNED: &[&str] = &["verify.header_missing"];
const NOT_A_FILE: &[&str] = &["download.not_a_file"];

pub(crate) const MAIN_DOWN: &str = "main_down";

pub(crate) const VARIANTS: &[Variant] = &[
    plain("probe", Hidden, &["verify.probe"], SIGNED),
    plain("wrong_signature", Hidden, SIGNATURE, SIGNED),
    plain("wrong_key", Hidden, SIGNATURE, SIGNED),
    plain("unknown_serial", Hidden, &["verify.unknown_serial"], SIGNED),
    plain("unsigned", Hidden, NOT_SIGNED, SIGNED),
    plain("header_twice", Hidden, &["verify.header_twice"], SIGNED),
    with("rotate_certificate platform-1", "rotate_certificate", r#"{"key":"platform-1"}"#, Nothing, &[], SIGNED),
    with("rotate_certificate platform-2", "rotate_certificate", r#"{"key":"platform-2"}"#, Nothing, &[], SIGNED),
    with("rotate_certificate public-key", "rotate_certificate", r#"{"key":"public-key"}"#, Nothing, &[], SIGNED),
    with("skew 250 s", "skew", r#"{"seconds":250}"#, Nothing, &[], SIGNED),
    with("skew 600 s", "skew", r#"{"seconds":600}"#, Hidden, &["verify.clock"], SIGNED),
    with("skew -600 s", "skew", r#"{"seconds":-600}"#, Hidden, &["verify.clock"], SIGNED),
    plain("rate_limit", RefusedIfSentOnce, API, SIGNED),
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
    plain(MAIN_DOWN, RefusedIfSentOnce, &["send.not_sent"], &[Pay, Effect, Token, Account]),
    // The gateway refuses requests whose timestamp is more than 300 s old.
    late("late 2 s", r#"{"seconds":2,"method":"POST"}"#),
    late("late 45 s", r#"{"seconds":45,"method":"POST"}"#),
    late("late 298 s", r#"{"seconds":298,"method":"POST"}"#),
    late("late 400 s", r#"{"seconds":400,"method":"POST"}"#),
    proxy("proxy 400 page after", r#"{"status":400,"when":"after"}"#, NOT_JSON),
    proxy("proxy 403 page before", r#"{"status":403,"request_id":true}"#, NOT_JSON),
    proxy("proxy 404 page after", r#"{"status":404,"when":"after"}"#, NOT_JSON),
    proxy("proxy 429 page after", r#"{"status":429,"when":"after"}"#, NOT_JSON),
    proxy("proxy 499 empty after", r#"{"status":499,"body":"empty","when":"after"}"#, NOT_JSON),
    proxy("proxy 504 page after", r#"{"status":504,"when":"after"}"#, NOT_JSON),
    proxy("proxy 504 page before", r#"{"status":504}"#, NOT_JSON),
    proxy("proxy 409 json after", r#"{"status":409,"body":"json","code":"CONFLICT","when":"after"}"#, API),
    proxy("proxy 401 json after", r#"{"status":401,"body":"json","request_id":true,"when":"after"}"#, API),
    proxy(
        "proxy 400 PARAM_ERROR without Request-ID after",
        r#"{"status":400,"body":"gateway","code":"PARAM_ERROR","when":"after"}"#,
        API,
    ),
    proxy(
        "proxy 404 RESOURCE_NOT_EXISTS without Request-ID after",
        r#"{"status":404,"body":"gateway","code":"RESOURCE_NOT_EXISTS","when":"after"}"#,
        API,
    ),
    proxy("proxy 400 SYSTEM_ERROR after", r#"{"status":400,"body":"gateway","request_id":true,"when":"after"}"#, API),
    proxy("proxy 200 page before", r#"{"status":200}"#, NOT_SIGNED),
    proxy("proxy 202 empty before", r#"{"status":202,"body":"empty","request_id":true}"#, NOT_SIGNED),
    refuse("refuse 400 PARAM_ERROR", r#"{"status":400,"code":"PARAM_ERROR","method":"POST"}"#, Refused),
    refuse("refuse 403 NO_AUTH", r#"{"status":403,"code":"NO_AUTH","method":"POST"}"#, Refused),
    refuse(
        "refuse 400 INVALID_REQUEST",
        r#"{"status":400,"code":"INVALID_REQUEST","method":"POST"}"#,
        RefusedIfSentOnce,
    ),
    refuse("refuse 401 SIGN_ERROR", r#"{"status":401,"code":"SIGN_ERROR","method":"POST"}"#, RefusedIfSentOnce),
    refuse(
        "refuse 404 RESOURCE_NOT_EXISTS",
        r#"{"status":404,"code":"RESOURCE_NOT_EXISTS","method":"POST"}"#,
        RefusedIfSentOnce,
    ),
    refuse("refuse 404 NOT_FOUND", r#"{"status":404,"code":"NOT_FOUND","method":"POST"}"#, RefusedIfSentOnce),
    refuse(
        "refuse 429 RATELIMIT_EXCEEDED",
        r#"{"status":429,"code":"RATELIMIT_EXCEEDED","method":"POST"}"#,
        RefusedIfSentOnce,
    ),
    // What no official table has, or what speaks of an earlier attempt.
    refuse("refuse 409 CONFLICT", r#"{"status":409,"code":"CONFLICT","method":"POST"}"#, Hidden),
    refuse("refuse 500 PARAM_ERROR", r#"{"status":500,"code":"PARAM_ERROR","method":"POST"}"#, Hidden),
    refuse(
        "refuse 400 PARAM_ERROR without Request-ID",
        r#"{"status":400,"code":"PARAM_ERROR","request_id":false,"method":"POST"}"#,
        Hidden,
    ),
    refuse(
        "refuse 400 RESOURCE_ALREADY_EXISTS",
        r#"{"status":400,"code":"RESOURCE_ALREADY_EXISTS","method":"POST"}"#,
        Hidden,
    ),
];

/// A fault without parameters.
const fn plain(label: &'static str, means: Means, codes: &'static [&'static str], strikes: &'static [Kind]) -> Variant {
    Variant { label, fault: label, parameters: "{}", means, codes, strikes, world: None }
}

const fn with(
    label: &'static str,
    fault: &'static str,
    parameters: &'static str,
    means: Means,
    codes: &'static [&'static str],
    strikes: &'static [Kind],
) -> Variant {
    Variant { label, fault, parameters, means, codes, strikes, world: None }
}

const fn late(label: &'static str, parameters: &'static str) -> Variant {
    let of_world = Some(World::Late);
    Variant { label, fault: "late", parameters, means: Hidden, codes: LOST, strikes: &[Effect], world: of_world }
}

const fn proxy(label: &'static str, parameters: &'static str, codes: &'static [&'static str]) -> Variant {
    let of_world = Some(World::Proxy);
    Variant { label, fault: "proxy", parameters, means: Hidden, codes, strikes: &[Effect], world: of_world }
}

const fn refuse(label: &'static str, parameters: &'static str, means: Means) -> Variant {
    let of_world = Some(World::Refusal);
    Variant { label, fault: "refuse", parameters, means, codes: API, strikes: &[Effect], world: of_world }
}

//! The table of faults: name, where it can strike, when, and one sentence.

use serde_json::{Value, json};

use super::messages::OF_MESSAGES;

/// One kind of fault.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) scope: Scope,
    pub(crate) stage: Stage,
    /// Parameters of an order it reads, besides count, every, path, method and listener.
    pub(crate) parameters: &'static [&'static str],
    pub(crate) sentence: &'static str,
}

/// The requests a fault can strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Any,
    Pay,
    /// Calls of the Official Account side that carry an access token.
    Token,
    Account,
    File,
    /// Notifications to a merchant.
    Callback,
    /// Pushes to an account or a platform.
    Push,
    /// No request at all: a listener.
    Listener,
}

impl Scope {
    /// The whole name of a fault of messages the gateway sends, which may come without what all of them start with.
    pub(crate) fn whole_name(self, name: &str) -> String {
        let prefix = match self {
            Self::Callback => "callback_",
            Self::Push => "push_",
            _ => "",
        };
        if name.starts_with(prefix) { name.to_owned() } else { format!("{prefix}{name}") }
    }
}

/// When a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// In place of the call: nothing takes effect.
    Before,
    /// On a successful answer: everything took effect.
    After,
    /// On a successful answer, together with other faults.
    Along,
}

use Scope::{Account, Any, File, Listener, Pay, Token};
use Stage::{After, Along, Before};

/// Every fault of requests and their answers.
const OF_REQUESTS: &[Fault] = &[
    fault("probe", Pay, After, &[], "The signature of the answer starts with WECHATPAY/SIGNTEST/ and is none."),
    fault("wrong_signature", Pay, After, &[], "The signature is valid Base64 by the right key, over another message."),
    fault("wrong_key", Pay, After, &[], "The answer is signed by a stranger under the serial of the known key."),
    fault("unknown_serial", Pay, After, &[], "The answer is signed properly but names a serial nobody knows."),
    fault("unsigned", Pay, After, &[], "The answer carries no signature headers."),
    fault("header_twice", Pay, After, &[], "The answer carries Wechatpay-Signature twice."),
    fault(
        "rotate_certificate",
        Pay,
        Along,
        &["key"],
        "Answers are signed by `key` (platform-1, the default, platform-2 or public-key), whatever the request asks for.",
    ),
    fault("skew", Pay, Along, &["seconds"], "The signed timestamp of the answer is `seconds` (600) off."),
    fault("rate_limit", Pay, Before, &[], "429 FREQUENCY_LIMITED; the call is not taken."),
    fault(
        "error_json",
        Pay,
        Before,
        &["status", "when"],
        "`status` (500, 502 or 503) with a JSON error, `when` before (the default) or after the call took effect.",
    ),
    fault(
        "error_html",
        Any,
        Before,
        &["status", "when"],
        "`status` (502) with the HTML page of a proxy, `when` before (the default) or after the call took effect.",
    ),
    fault(
        "proxy",
        Any,
        Before,
        &["status", "body", "code", "request_id", "when"],
        "`status` (502; 200 to 599) of an intermediary, `when` before (the default) or after the call took effect; \
         `body` html (the default), json (with a `code` no table has), empty or gateway (the gateway's form and `code`); \
         with the gateway's Request-ID if `request_id` is true.",
    ),
    fault(
        "refuse",
        Pay,
        Before,
        &["status", "code", "request_id"],
        "`status` and `code` in the gateway's form, without a Request-ID if `request_id` is false; the call is not taken.",
    ),
    fault("cut_before", Any, Before, &[], "The connection closes without an answer; the call is not taken."),
    fault("cut_after", Any, After, &[], "The connection closes without an answer; the call took effect."),
    fault(
        "late",
        Any,
        Before,
        &["seconds", "millis"],
        "The connection closes without an answer; the request is carried out `seconds` and `millis` (1000) of the \
         virtual clock later, if the gateway then still takes it.",
    ),
    fault("redirect", Any, Before, &[], "302 to another address; the call is not taken."),
    fault("slow", Any, Along, &["millis"], "The answer comes `millis` (1000) late."),
    fault(
        "tamper",
        Any,
        After,
        &[],
        "One letter or digit of the body is changed after signing; an empty body gets one byte.",
    ),
    fault(
        "truncate",
        Any,
        After,
        &[],
        "Content-Length announces the whole body, half of it is sent, the connection closes.",
    ),
    fault("gzip", Any, Along, &[], "The body is compressed after signing (Content-Encoding: gzip)."),
    fault("chunked", Any, Along, &[], "The body comes in chunks, without Content-Length."),
    fault("wrong_digest", File, After, &[], "The SM3-Digest of the file is another file's."),
    fault("error_as_file", File, Before, &[], "200 with a JSON error where the file should be."),
    fault("html_as_file", File, Before, &[], "200 with an HTML page where the file should be."),
    fault("link_expired", File, Before, &[], "The link is answered as if its time were over."),
    fault("token_expired", Token, Before, &[], "The access token is answered with 42001."),
    fault("token_invalid", Token, Before, &[], "The access token is answered with 40001."),
    fault("errcode", Account, Before, &["errcode"], "HTTP 200 with `errcode` (-1); the call is not taken."),
    fault("main_down", Listener, Before, &[], "The main listener refuses connections until the fault is cleared."),
];

/// Every fault.
pub(crate) fn all() -> impl Iterator<Item = &'static Fault> {
    OF_REQUESTS.iter().chain(OF_MESSAGES)
}

/// The fault of that name.
pub(crate) fn find(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}

/// The table as JSON.
pub(crate) fn summary_value() -> Value {
    let entry = |fault: &Fault| json!({"fault": fault.name, "parameters": fault.parameters, "does": fault.sentence});
    all().map(entry).collect()
}

pub(super) const fn fault(
    name: &'static str,
    scope: Scope,
    stage: Stage,
    parameters: &'static [&'static str],
    sentence: &'static str,
) -> Fault {
    Fault { name, scope, stage, parameters, sentence }
}

//! `GET /_sandbox`: what there is.

use axum::{Json, http::StatusCode};
use serde_json::{Value, json};

use super::Refused;
use crate::{faults::summary_value, route, settings::SETTINGS};

/// Each control call with one sentence.
const CALLS: &[(&str, &str)] = &[
    ("GET /", "This page."),
    (
        "POST /title",
        "The payer fills in a title, under its link or, with `mchid` and a provider's `sub_mchid`, at the bill of the order: \
         {fapiao_apply_id, buyer?, mchid?, sub_mchid?}. Without buyer, an invented person does.",
    ),
    (
        "POST /payment",
        "An order is paid: {mchid, sub_mchid?, transaction_id, amount}. Orders nobody told of are everybody's, of any amount.",
    ),
    ("POST /discard", "A card leaves its wallet: {mchid, sub_mchid?, fapiao_apply_id, fapiao_id}."),
    (
        "POST /sub-merchants/{sub_mchid}",
        "What a sub-merchant has accepted and opened: {relation? accepted|none, third_mode?, digital_tax_mode?, \
         abilities? {ABILITY: status}, billing_person_id?, billing_person_name?}. One that was unknown has opened everything.",
    ),
    (
        "POST /invitations/{invite_code}",
        "An invitation is taken up, or fails: {sub_mchid?, failed_code?, ep_name?, tax_id?}.",
    ),
    (
        "POST /authorisation",
        "A user authorises the invoice of an Official Account's order under its `getauthurl` link: {order_id, openid?, user_field?, biz_field?}. Without either title, an invented person fills one in where the link asks for it.",
    ),
    (
        "GET /invoice-cards",
        "The cards that `insert` made, with the `encrypt_code` that `chooseInvoice` would give: {cards}.",
    ),
    (
        "POST /title-code",
        "A user shows the QR code of a title: {title, title_type? (0), phone?, tax_no?, addr?, bank_type?, bank_no?}; gives {scan_text}, good for 300 s.",
    ),
    (
        "POST /title-submission",
        "A user hands in a title under the link of `getselecttitleurl`: {title, openid?, title_type? (InvoiceUserTitleBusinessType), phone?, tax_no?, addr?, bank_type?, bank_no?, attach?}.",
    ),
    (
        "POST /component-authorisation",
        "The account lets the third-party platform act for it: {}; gives {authorization_code, expires_in}, good once.",
    ),
    (
        "POST /callback-url",
        "Where a merchant is told of events: {mchid, sub_mchid?, callback_url}; `PATCH development-config` sets the same.",
    ),
    ("GET /callbacks", "Every notification with its attempts, once those that are due have been sent: {callbacks}."),
    (
        "POST /callbacks",
        "An event at once: {event_type, mchid, sub_mchid?, fapiao_apply_id, fapiao_information?}; without the last, of the \
         invoices there are. The notification comes back with its first attempt.",
    ),
    ("POST /callbacks/{id}", "A notification is sent once more, whatever its schedule says."),
    (
        "POST /push-url",
        "Where pushes go: {receiver? (account) account|component, url, token?, encoding_aes_key?, previous_encoding_aes_key?, mode? (safe) plain|compatible|safe, format? (json) xml|json}; the component's are XML and safe, and its first ticket comes at once. With a previous key, every second push is still encrypted with it.",
    ),
    (
        "POST /push-url-check",
        "The console asks the address for its `echostr`: {receiver? (account)}; gives {status, answer, passed}.",
    ),
    ("GET /pushes", "Every push with its attempts, once those that are due have been sent: {pushes}."),
    (
        "POST /pushes",
        "An event at once: {event, fault?, …}; what else is named stands in the message in place of what is invented. The push comes back with its first attempt.",
    ),
    ("POST /pushes/{id}", "A push is sent once more, whatever its schedule says."),
    (
        "POST /signed-callback",
        "A callback that is not sent: {event_type, mchid? (the direct merchant's), sub_mchid?, fapiao_apply_id?, fapiao_information?, fault?}; gives {headers [[name, value]], body_base64, url?}.",
    ),
    (
        "POST /signed-push",
        "A push that is not sent: {event, fault?, …}; gives {query, headers [[name, value]], body_base64}, for the address that was set or the announced keys.",
    ),
    (
        "POST /faults",
        "Orders a fault: {fault, count? (1; null until cleared), every?, path?, method?, listener?, parameters}.",
    ),
    ("GET /faults", "Every order with the requests it matched and how often it struck."),
    ("DELETE /faults", "Forgets all orders; listeners come up again."),
    (
        "POST /clock",
        "Moves the virtual clock: {advance: seconds}; what is due until then has happened when this returns.",
    ),
    ("GET /clock", "The virtual clock: {now, advanced}."),
    ("POST /settings", "Changes the settings that are named."),
    ("GET /settings", "The settings."),
    ("POST /listener", "Takes a listener down or puts it up: {main?: up|down, backup?: up|down}."),
    ("GET /ledger", "Arrivals later than ?since=SEQ, at most ?limit=N: {arrivals, last}."),
    ("GET /ledger/effects", "What took effect, each with its count: {effects, doubled}."),
    ("DELETE /ledger", "Forgets arrivals and effects."),
    ("GET /not-known", "What the official documents leave open, as Markdown: ?lang=en|zh."),
    ("POST /reset", "Forgets everything but addresses and keys, and puts listeners up."),
];

/// Lists control calls, settings, faults and the calls the gateway plays.
pub(super) async fn show() -> Json<Value> {
    let control: Vec<_> = CALLS.iter().map(|(call, does)| json!({"call": call, "does": does})).collect();
    let gateway: Vec<_> = route::all().map(|route| format!("{} {}", route.method, route.path)).collect();
    let setting = |(name, start, does): &(_, _, _)| json!({"setting": name, "start": start, "does": does});
    let settings: Vec<_> = SETTINGS.iter().map(setting).collect();
    Json(json!({"control": control, "settings": settings, "faults": summary_value(), "gateway": gateway}))
}

/// Points lost callers to the list.
pub(super) async fn nowhere() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "no such call: GET /_sandbox lists what there is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_the_same_tables() {
        let readme = include_str!("../../README.md");
        let summary = summary_value();
        let text = |key: &'static str| move |entry: &Value| entry[key].as_str().unwrap().to_owned();
        let (name, does) = (text("fault"), text("does"));
        let faults = summary.as_array().unwrap().iter().map(|fault| (name(fault), does(fault)));
        let calls = CALLS.iter().map(|(call, does)| ((*call).to_owned(), (*does).to_owned()));
        for (name, sentence) in calls.chain(faults) {
            let row = format!("| `{name}` | {} |\n", sentence.replace('|', "\\|"));
            assert!(readme.contains(&row), "missing or stale in README.md: {row}");
        }
        for (name, start, sentence) in SETTINGS {
            let row = format!("| `{name}` | {start} | {sentence} |\n");
            assert!(readme.contains(&row), "missing or stale in README.md: {row}");
        }
    }
}

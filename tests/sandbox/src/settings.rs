//! What can be changed while the sandbox runs.

use serde::{Deserialize, Serialize};

use crate::options::Options;

/// Each setting with what it starts as and what it does.
pub(crate) const SETTINGS: &[(&str, &str, &str)] = &[
    ("issue_seconds", "2", "Virtual seconds from the acceptance of an issue to its end."),
    ("reverse_seconds", "2", "Virtual seconds from the acceptance of a reversal to its end."),
    (
        "card_seconds",
        "1",
        "Virtual seconds from an issue's or reversal's end, or the acceptance of an insert, to the card's.",
    ),
    (
        "issue_result",
        "success",
        "How digital invoices end that are accepted from now on: `success` or `failure` (ISSUE_FAILED).",
    ),
    ("reverse_result", "success", "How reversals of digital invoices end: `success` or `failure` (REVERSE_FAILED)."),
    (
        "card_result",
        "inserted",
        "What becomes of cards: `inserted`; `stuck`, accepted for ever without an event; `lost`, the event comes and the card never does; `none`, no card at all.",
    ),
    ("card_template", "made", "Whether merchants have a card template before they make one: `made` or `missing`."),
    (
        "query_lag_millis",
        "0",
        "Queries show the state of so many virtual milliseconds ago: 404 or the old status until then.",
    ),
    (
        "duplicates",
        "refuse",
        "The answer to a repeated issue or reversal, which takes effect once either way: `refuse` or `accept`.",
    ),
    ("nonce_reuse", "refuse", "A nonce used again by the same merchant: `refuse` or `accept`."),
    ("signature_clock", "virtual", "The clock timestamps are made and judged by: `virtual` or `wall`."),
    ("download_links", "many", "How often a download link works inside its 30 seconds: `many` or `once`."),
];

/// The gateway's ways where the official text leaves them open, or where tests want another pace.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Settings {
    pub(crate) issue_seconds: i64,
    pub(crate) reverse_seconds: i64,
    pub(crate) card_seconds: i64,
    pub(crate) issue_result: Ending,
    pub(crate) reverse_result: Ending,
    pub(crate) card_result: CardResult,
    pub(crate) card_template: Template,
    pub(crate) query_lag_millis: i64,
    pub(crate) duplicates: Policy,
    pub(crate) nonce_reuse: Policy,
    pub(crate) signature_clock: SignatureClock,
    pub(crate) download_links: Links,
}

/// How something that was accepted ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ending {
    Success,
    Failure,
}

/// What becomes of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CardResult {
    Inserted,
    Stuck,
    Lost,
    None,
}

/// The card template of a merchant that has made none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Template {
    Made,
    Missing,
}

/// Whether something is taken or turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Policy {
    Accept,
    Refuse,
}

/// The clock behind signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SignatureClock {
    /// The one the control API moves.
    Virtual,
    /// The machine's, for clients that cannot follow the virtual one.
    Wall,
}

/// The life of a download link inside its 30 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Links {
    /// Any number of downloads: the official text names no limit.
    Many,
    /// One download.
    Once,
}

/// A change of some settings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    issue_seconds: Option<u32>,
    reverse_seconds: Option<u32>,
    card_seconds: Option<u32>,
    issue_result: Option<Ending>,
    reverse_result: Option<Ending>,
    card_result: Option<CardResult>,
    card_template: Option<Template>,
    query_lag_millis: Option<u32>,
    duplicates: Option<Policy>,
    nonce_reuse: Option<Policy>,
    signature_clock: Option<SignatureClock>,
    download_links: Option<Links>,
}

impl Settings {
    /// The settings a sandbox starts with.
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            issue_seconds: options.issue_seconds.into(),
            reverse_seconds: options.reverse_seconds.into(),
            card_seconds: 1,
            issue_result: Ending::Success,
            reverse_result: Ending::Success,
            card_result: CardResult::Inserted,
            card_template: Template::Made,
            query_lag_millis: 0,
            duplicates: Policy::Refuse,
            nonce_reuse: Policy::Refuse,
            signature_clock: SignatureClock::Virtual,
            download_links: Links::Many,
        }
    }

    /// Takes over what a change names.
    pub(crate) fn apply(&mut self, change: &Change) {
        self.issue_seconds = change.issue_seconds.map_or(self.issue_seconds, i64::from);
        self.reverse_seconds = change.reverse_seconds.map_or(self.reverse_seconds, i64::from);
        self.card_seconds = change.card_seconds.map_or(self.card_seconds, i64::from);
        self.issue_result = change.issue_result.unwrap_or(self.issue_result);
        self.reverse_result = change.reverse_result.unwrap_or(self.reverse_result);
        self.card_result = change.card_result.unwrap_or(self.card_result);
        self.card_template = change.card_template.unwrap_or(self.card_template);
        self.query_lag_millis = change.query_lag_millis.map_or(self.query_lag_millis, i64::from);
        self.duplicates = change.duplicates.unwrap_or(self.duplicates);
        self.nonce_reuse = change.nonce_reuse.unwrap_or(self.nonce_reuse);
        self.signature_clock = change.signature_clock.unwrap_or(self.signature_clock);
        self.download_links = change.download_links.unwrap_or(self.download_links);
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_table_lists_every_setting_with_what_it_starts_as() {
        let Value::Object(first) = serde_json::to_value(Settings::new(&Options::parse_from(["x"]))).unwrap() else {
            panic!("settings are an object");
        };
        assert_eq!(first.len(), SETTINGS.len());
        for (name, start, _) in SETTINGS {
            let value = &first[*name];
            assert_eq!(value.as_str().map_or_else(|| value.to_string(), str::to_owned), *start, "{name}");
        }
    }
}

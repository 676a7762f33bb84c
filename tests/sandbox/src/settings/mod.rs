//! What can be changed while the sandbox runs.

mod choices;
mod table;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use self::{
    choices::{CardResult, Certificates, Ending, Envelope, Links, Policy, RefreshTokens, SignatureClock, Template},
    table::SETTINGS,
};
use crate::{keys::Signer, options::Options};

/// The gateway's ways where the official text leaves them open, or where tests want another pace.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) issue_seconds: u32,
    pub(crate) reverse_seconds: u32,
    pub(crate) card_seconds: u32,
    pub(crate) issue_result: Ending,
    pub(crate) reverse_result: Ending,
    pub(crate) card_result: CardResult,
    pub(crate) card_template: Template,
    pub(crate) createcard_seconds: u32,
    pub(crate) digital_insert_errcode: i32,
    pub(crate) query_lag_millis: u32,
    pub(crate) duplicates: Policy,
    pub(crate) callback_signer: Signer,
    pub(crate) callback_envelope: Envelope,
    pub(crate) callback_patience_millis: u32,
    pub(crate) ticket_seconds: u32,
    pub(crate) refresh_tokens: RefreshTokens,
    pub(crate) certificates: Certificates,
    pub(crate) nonce_reuse: Policy,
    pub(crate) signature_clock: SignatureClock,
    pub(crate) download_links: Links,
}

impl Settings {
    /// The settings a sandbox starts with.
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            issue_seconds: options.issue_seconds,
            reverse_seconds: options.reverse_seconds,
            card_seconds: 1,
            issue_result: Ending::Success,
            reverse_result: Ending::Success,
            card_result: CardResult::Inserted,
            card_template: Template::Made,
            createcard_seconds: 0,
            digital_insert_errcode: 0,
            query_lag_millis: 0,
            duplicates: Policy::Refuse,
            callback_signer: Signer::PublicKey,
            callback_envelope: Envelope::Bare,
            callback_patience_millis: 5000,
            ticket_seconds: 600,
            refresh_tokens: RefreshTokens::Rotate,
            certificates: Certificates::Both,
            nonce_reuse: Policy::Refuse,
            signature_clock: SignatureClock::Virtual,
            download_links: Links::Many,
        }
    }

    /// How long the gateway waits for an answer to what it sends.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_millis(self.callback_patience_millis.into())
    }

    /// Takes over what a change names, or says what is wrong with it and stays.
    pub(crate) fn apply(&mut self, change: Map<String, Value>) -> Result<(), serde_json::Error> {
        let mut all = serde_json::to_value(*self)?;
        if let Some(object) = all.as_object_mut() {
            object.extend(change);
        }
        *self = serde_json::from_value(all)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_table_lists_every_setting_with_what_it_starts_as() {
        let Value::Object(first) = serde_json::to_value(start()).unwrap() else {
            panic!("settings are an object");
        };
        assert_eq!(first.len(), SETTINGS.len());
        for (name, start, _) in SETTINGS {
            let value = &first[*name];
            assert_eq!(value.as_str().map_or_else(|| value.to_string(), str::to_owned), *start, "{name}");
        }
    }

    #[test]
    fn a_change_with_an_unknown_name_or_word_changes_nothing() {
        let mut settings = start();
        for change in
            [json!({"issue_secs": 9}), json!({"card_seconds": 7, "duplicates": "perhaps"}), json!({"card_seconds": -1})]
        {
            let Value::Object(change) = change else { panic!("a change is an object") };
            settings.apply(change).unwrap_err();
        }
        let Value::Object(change) = json!({"card_seconds": 7}) else { panic!("a change is an object") };
        assert_eq!(settings.card_seconds, 1);
        settings.apply(change).unwrap();
        assert_eq!(settings.card_seconds, 7);
    }

    fn start() -> Settings {
        Settings::new(&Options::parse_from(["x"]))
    }
}

//! QR codes of titles that users show.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::super::AccountError;
use crate::random;

/// How long such a text works; the official number is not known.
const LIFE: i64 = 300;

/// Titles by the text of their code.
#[derive(Debug, Default)]
pub(crate) struct TitleCodes(HashMap<String, (ScannedTitle, i64)>);

/// A title as `scantitle` answers it; an organisation's unless `title_type` is 1.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScannedTitle {
    #[serde(default)]
    title_type: u8,
    title: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    tax_no: String,
    #[serde(default)]
    addr: String,
    #[serde(default)]
    bank_type: String,
    #[serde(default)]
    bank_no: String,
}

impl TitleCodes {
    /// A user shows a code; gives its text.
    pub(crate) fn show(&mut self, title: ScannedTitle, now: i64) -> String {
        let text = format!("https://w.url.cn/s/{}", random::alphanumeric(7));
        self.0.insert(text.clone(), (title, now + LIFE));
        text
    }

    /// The title behind a text; which code answers a text that never was one is not documented.
    pub(super) fn scan(&self, text: &str, now: i64) -> Result<&ScannedTitle, AccountError> {
        let (title, until) = self.0.get(text).ok_or(AccountError::PARAMETERS)?;
        if now < *until { Ok(title) } else { Err(AccountError::SCAN_TEXT) }
    }
}

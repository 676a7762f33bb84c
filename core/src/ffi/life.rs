//! The life of an invoice, for languages that take texts.

use crate::error::Result;
use crate::json::{Members, list};
use crate::life::{Deadline, Forbidden, InvoiceLife, LifeConfig, LifeStep};

/// The invoices of one application: JSON in, JSON out. Times in Unix seconds, money in fen.
#[derive(Clone, Debug)]
pub struct Life(InvoiceLife);

impl Life {
    /// Begins a life; the configuration as in [`LifeConfig::parse`].
    ///
    /// # Errors
    /// `input.config` naming the entry at fault.
    pub fn open(config: &str) -> Result<Self> {
        LifeConfig::parse(config).map(InvoiceLife::open).map(Self)
    }

    /// Reads a text that was kept; with a configuration, only where it is of this application.
    ///
    /// # Errors
    /// `life.version`, `life.text`; `life.merchant`, `life.application`, `input.config`.
    pub fn parse(text: &str, config: Option<&str>) -> Result<Self> {
        match config {
            Some(config) => InvoiceLife::parse_for(&LifeConfig::parse(config)?, text).map(Self),
            None => InvoiceLife::parse(text).map(Self),
        }
    }

    /// Takes in what became known; the inputs as in [`InvoiceLife::take`]. Says whether it was new.
    ///
    /// # Errors
    /// `life.input`, `life.amount`, `life.time`, `life.merchant`, `life.application`: nothing is taken in then.
    pub fn take(&mut self, input: &str, now: i64) -> Result<bool> {
        self.0.take(input, now)
    }

    /// Everything at once, as [`InvoiceLife::state`] has it.
    ///
    /// # Errors
    /// `life.time`.
    pub fn state(&self, now: i64) -> Result<String> {
        self.0.state(now)
    }

    /// What may be done next, as `{"next": […], "forbidden": […], "deadlines": […]}`.
    ///
    /// # Errors
    /// `life.time`.
    pub fn next(&self, now: i64) -> Result<String> {
        let next = list(self.0.next(now)?.iter().map(LifeStep::to_json));
        let forbidden = list(self.0.forbidden(now)?.iter().map(Forbidden::to_json));
        let deadlines = list(self.0.deadlines(now)?.iter().map(Deadline::to_json));
        Ok(Members::new().json("next", &next).json("forbidden", &forbidden).json("deadlines", &deadlines).end())
    }

    /// Whether this amount (fen) may go back now: `{"answer": "yes" | "not_now" | "no", "at_most": fen, "because": text}`.
    ///
    /// # Errors
    /// `life.amount`, `life.time`.
    pub fn may_refund(&self, amount: i64, now: i64) -> Result<String> {
        self.0.may_refund(amount, now).map(|answer| answer.to_json())
    }

    /// The text to keep.
    pub fn text(&self) -> String {
        self.0.to_text()
    }
}

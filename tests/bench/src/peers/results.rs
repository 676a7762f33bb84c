//! What was measured of whom.

use crate::measure::Figures;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Something that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    Sign,
    Verify,
    SignAlone,
    SignTogether,
    VerifyAlone,
    VerifyTogether,
    SignHold,
    VerifyHold,
    Cold,
    Ready,
    Load,
    Caller,
    Engine,
}

impl Measure {
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Cold | Self::Ready | Self::Load => "ms",
            Self::Caller | Self::Engine => "KB",
            _ => "µs",
        }
    }
}

/// Every figure.
#[derive(Debug, Default)]
pub(super) struct Results(BTreeMap<(Measure, &'static str), Figures>);

impl Results {
    pub(super) fn put(&mut self, measure: Measure, name: &'static str, figures: Figures) {
        self.0.insert((measure, name), figures);
    }

    pub(super) fn get(&self, measure: Measure, name: &str) -> Option<Figures> {
        self.of(measure).find(|(found, _)| *found == name).map(|(_, figures)| figures)
    }

    /// All of one measure.
    pub(super) fn of(&self, measure: Measure) -> impl Iterator<Item = (&'static str, Figures)> {
        self.0.iter().filter(move |((found, _), _)| *found == measure).map(|((_, name), figures)| (*name, *figures))
    }

    /// How much more is done in the same time by two at once: of the minima, and of the medians.
    pub(super) fn factor(&self, alone: Measure, together: Measure, name: &str) -> Option<Figures> {
        Some(self.get(alone, name)?.over(self.get(together, name)?))
    }

    pub(super) fn json(&self) -> Value {
        let row = |((measure, name), figures): (&(Measure, &str), &Figures)| {
            json!({
                "measure": format!("{measure:?}"),
                "contestant": name,
                "unit": measure.unit(),
                "minimum": figures.minimum,
                "median": figures.median,
            })
        };
        self.0.iter().map(row).collect()
    }
}

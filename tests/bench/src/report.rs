//! What was measured, as a table and as JSON, with a verdict a budget.

use super::measure::Figures;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::{Value, json};

/// What a row may cost.
#[derive(Clone, Copy, Debug)]
pub(super) enum Budget {
    /// It is only told.
    None,
    /// Most of the ratio of the two minima.
    Ratio(f64),
    /// Most of the minimum.
    Most(f64),
    /// Most of the median.
    UsuallyMost(f64),
}

/// One thing measured.
#[derive(Debug)]
pub(super) struct Row {
    what: String,
    unit: &'static str,
    ours: Figures,
    against: Option<(&'static str, Figures)>,
    budget: Budget,
}

impl Row {
    pub(super) fn new(what: impl Into<String>, unit: &'static str, ours: Figures) -> Self {
        Self { what: what.into(), unit, ours, against: None, budget: Budget::None }
    }

    pub(super) fn against(mut self, name: &'static str, figures: Figures) -> Self {
        self.against = Some((name, figures));
        self
    }

    pub(super) fn budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    pub(super) fn what(&self) -> &str {
        &self.what
    }

    /// Ours over the other side: of the minima, and of the medians.
    fn ratios(&self) -> Option<Figures> {
        self.against.map(|(_, other)| self.ours.over(other))
    }

    /// Whether the budget is kept; `None` where there is none.
    pub(super) fn kept(&self) -> Option<bool> {
        match self.budget {
            Budget::None => None,
            Budget::Ratio(most) => Some(self.ratios()?.minimum <= most),
            Budget::Most(most) => Some(self.ours.minimum <= most),
            Budget::UsuallyMost(most) => Some(self.ours.median <= most),
        }
    }

    fn verdict(&self) -> &'static str {
        match self.kept() {
            None => "",
            Some(true) => "ok",
            Some(false) => "OVER",
        }
    }

    fn shown_budget(&self) -> String {
        match self.budget {
            Budget::None => String::new(),
            Budget::Ratio(most) => format!("≤ {most} ×"),
            Budget::Most(most) => format!("≤ {most} {}", self.unit),
            Budget::UsuallyMost(most) => format!("median ≤ {most} {}", self.unit),
        }
    }

    pub(super) fn json(&self) -> Value {
        let pair = |figures: Figures| json!({ "minimum": figures.minimum, "median": figures.median });
        let (kind, most) = match self.budget {
            Budget::None => (None, None),
            Budget::Ratio(most) => (Some("ratio_of_minima"), Some(most)),
            Budget::Most(most) => (Some("minimum"), Some(most)),
            Budget::UsuallyMost(most) => (Some("median"), Some(most)),
        };
        json!({
            "what": self.what,
            "unit": self.unit,
            "ours": pair(self.ours),
            "against": self.against.map(|(name, figures)| json!({ "name": name, "figures": pair(figures) })),
            "ratio": self.ratios().map(pair),
            "budget": most.map(|most| json!({ "of": kind, "most": most })),
            "kept": self.kept(),
        })
    }
}

/// The table for people.
pub(super) fn table(rows: &[Row]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["", "min", "median", "unit", "against", "min", "median", "ratio min", "median", "budget", ""]);
    for row in rows {
        let (name, other) = row.against.map_or(("", None), |(name, figures)| (name, Some(figures)));
        let ratios = row.ratios();
        let number = |value: Option<f64>| value.map(short).unwrap_or_default();
        table.add_row([
            row.what.clone(),
            short(row.ours.minimum),
            short(row.ours.median),
            row.unit.to_owned(),
            name.to_owned(),
            number(other.map(|other| other.minimum)),
            number(other.map(|other| other.median)),
            ratios.map(|ratios| format!("{:.3}", ratios.minimum)).unwrap_or_default(),
            ratios.map(|ratios| format!("{:.3}", ratios.median)).unwrap_or_default(),
            row.shown_budget(),
            row.verdict().to_owned(),
        ]);
    }
    for column in [1, 2, 5, 6, 7, 8] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Three significant digits where that says something.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

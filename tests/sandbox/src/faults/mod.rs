//! Faults on order: what the gateway can do wrong on purpose.

mod after;
mod before;
mod between;
mod catalogue;
mod messages;
mod order;
mod rules;

pub(crate) use self::{
    after::{distort, dress},
    before::refuse,
    catalogue::{Scope, Stage, summary_value},
    order::Order,
    rules::{Facts, Faults, Planned},
};

/// The table of faults as text, for `--help`.
pub fn summary() -> String {
    let lines: Vec<_> = catalogue::all().map(|fault| format!("  {:18} {}", fault.name, fault.sentence)).collect();
    lines.join("\n")
}

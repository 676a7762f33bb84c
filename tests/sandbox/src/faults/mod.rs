//! Faults on order: what the gateway can do wrong on purpose.

mod after;
mod before;
mod between;
mod catalogue;
mod order;
mod rules;

pub(crate) use self::{
    after::{distort, dress},
    before::refuse,
    catalogue::{FAULTS, Scope, Stage, summary_value},
    order::Order,
    rules::{Facts, Faults, Planned},
};

/// The table of faults as text, for `--help`.
pub fn summary() -> String {
    let lines: Vec<_> = FAULTS.iter().map(|fault| format!("  {:18} {}", fault.name, fault.sentence)).collect();
    lines.join("\n")
}

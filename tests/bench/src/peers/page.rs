//! What was found, as tables that are both text and Markdown.

use super::budgets::Budget;
use super::contestants::{BARE_AWS_LC, CONTESTANTS, Side, names};
use super::results::{Measure, Results};
use comfy_table::{Table, presets};

/// A table's title, what it shows, and a note.
type Shown = (&'static str, Measure, &'static str);

const TABLES: [Shown; 7] = [
    (
        "Build and sign a request",
        Measure::Sign,
        "One GET with a query, as `fapiao_files` of a sub-merchant. The key of wechatpay-node-v3 is also given parsed, \
         to tell what its parsing at every call costs.",
    ),
    ("Verify and parse a 700-byte answer", Measure::Verify, "The same bytes for all, signed when the group begins."),
    ("Event loop held by signing", Measure::SignHold, "Time in which the event loop of Node could do nothing else."),
    ("Event loop held by verifying", Measure::VerifyHold, "The same."),
    (
        "Cold process to first signed request",
        Measure::Cold,
        "From just before the process is started. Python and Node alone are their interpreters' own start. Nothing is warm.",
    ),
    ("A caller made, its keys loaded", Measure::Load, "Mean of many callers, each with keys of its own."),
    (
        "Kept by a caller after use",
        Measure::Caller,
        "Growth of the anonymous resident set, by the kernel, after the collector has run; in Java also heap that it keeps. V8's young generation is held at its size.",
    ),
];

/// All tables, then the budgets.
pub(super) fn tables(results: &Results, budgets: &[Budget]) -> String {
    let chapter = |title: &str, note: &str, table: &Table| format!("## {title}\n\n{note}\n\n{table}\n\n");
    let mut page: String =
        TABLES.iter().map(|(title, measure, note)| chapter(title, note, &one(results, *measure))).collect();
    page.push_str(&chapter("Two in flight", TOGETHER, &together(results)));
    page.push_str(&chapter("Budgets", BUDGETS, &judged(budgets)));
    page
}

const TOGETHER: &str = "How much more is done in the same time by two threads, goroutines or promises than by one. hashlib hashes as \
                        many bytes as take as long as our call: what Python's lock leaves to calls of that length that do nothing \
                        else.";

const BUDGETS: &str = "Ratios are of the least times. The library's own budgets (flat times and memory over a million calls, linear \
                       parsing, bounded input) are in `cargo xtask bench`.";

/// Everybody in one measure, the quickest first, with ratios to the bare operation and to every other SDK.
fn one(results: &Results, measure: Measure) -> Table {
    let mut rows: Vec<_> = results.of(measure).collect();
    rows.sort_by(|(_, left), (_, right)| left.minimum.total_cmp(&right.minimum));
    let others = [BARE_AWS_LC].into_iter().chain(names(Side::Peer));
    let others: Vec<_> = others.filter_map(|name| Some((name, results.get(measure, name)?))).collect();
    let unit = measure.unit();
    let mut header = vec![String::new(), format!("min {unit}"), format!("median {unit}")];
    header.extend(others.iter().map(|(name, _)| format!("÷ {name}")));
    let mut table = started(header);
    for (name, figures) in rows {
        let mut cells = vec![shown(name), short(figures.minimum), short(figures.median)];
        cells.extend(others.iter().map(|(_, other)| format!("{:.2}", figures.over(*other).minimum)));
        table.add_row(cells);
    }
    table
}

fn together(results: &Results) -> Table {
    let mut table = started(["", "signing", "verifying"].map(str::to_owned).into());
    for contestant in CONTESTANTS.iter().filter(|contestant| contestant.side != Side::Helped) {
        let factor = |alone, both| results.factor(alone, both, contestant.name);
        let told = |factor: Option<crate::measure::Figures>| {
            factor.map(|figures| format!("{:.2}", figures.minimum)).unwrap_or_default()
        };
        table.add_row([
            shown(contestant.name),
            told(factor(Measure::SignAlone, Measure::SignTogether)),
            told(factor(Measure::VerifyAlone, Measure::VerifyTogether)),
        ]);
    }
    table
}

fn judged(budgets: &[Budget]) -> Table {
    let mut table = started(["", "budget", "found", ""].map(str::to_owned).into());
    for budget in budgets {
        let verdict = if budget.met() { "met" } else { "NOT met" };
        table.add_row([budget.what.clone(), budget.shown_limit(), budget.shown_found(), verdict.to_owned()]);
    }
    table
}

fn started(header: Vec<String>) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN).set_header(header);
    table
}

/// This project stands out.
fn shown(name: &str) -> String {
    if names(Side::Ours).any(|ours| ours == name) { format!("**{name}**") } else { name.to_owned() }
}

fn short(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

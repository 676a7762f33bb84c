//! The budgets of the doors beside other SDKs. Those of the library itself are in `cargo xtask bench`.

use super::contestants::{BARE_AWS_LC, BARE_WEBCRYPTO};
use super::programs::{AXIOS, BARE_NODE, BARE_PYTHON, EDGE, NODE, NODE_V3, PYTHON, RUST, WECHATPAYV3};
use super::results::{Measure, Results};
use crate::limits;
use serde_json::{Value, json};

/// What must hold.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Most(f64),
    Least(f64),
    Below(f64),
}

/// One budget, and what was found.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) what: String,
    limit: Limit,
    unit: &'static str,
    /// Nothing where it was not measured.
    found: Option<f64>,
}

impl Budget {
    /// A budget that was not measured is not met.
    pub(super) fn met(&self) -> bool {
        match (self.limit, self.found) {
            (_, None) => false,
            (Limit::Most(most), Some(found)) => found <= most,
            (Limit::Least(least), Some(found)) => found >= least,
            (Limit::Below(bound), Some(found)) => found < bound,
        }
    }

    pub(super) fn shown_limit(&self) -> String {
        let (sign, bound) = match self.limit {
            Limit::Most(bound) => ("≤", bound),
            Limit::Least(bound) => ("≥", bound),
            Limit::Below(bound) => ("<", bound),
        };
        format!("{sign} {bound} {}", self.unit)
    }

    pub(super) fn shown_found(&self) -> String {
        self.found.map_or_else(|| "not measured".to_owned(), |found| format!("{found:.3} {}", self.unit))
    }

    pub(super) fn json(&self) -> Value {
        json!({ "what": self.what, "limit": self.shown_limit(), "found": self.found, "met": self.met() })
    }
}

/// Every budget, judged by the minima unless it says median.
pub(super) fn judge(results: &Results) -> Vec<Budget> {
    let mut budgets = Vec::new();
    budgets.extend(rust(results));
    budgets.extend(python(results));
    budgets.extend(native_node(results));
    budgets.extend(edge(results));
    budgets.extend(callers(results));
    budgets
}

fn rust(results: &Results) -> Vec<Budget> {
    let name = RUST.name;
    vec![
        ratio(results, Measure::Sign, (name, BARE_AWS_LC), Limit::Most(limits::SIGN)),
        ratio(results, Measure::Verify, (name, BARE_AWS_LC), Limit::Most(limits::VERIFY)),
        budget(
            format!("{name}: cold process to first signed request, median"),
            Limit::Most(limits::COLD_MILLISECONDS),
            "ms",
            results.get(Measure::Cold, name).map(|figures| figures.median),
        ),
    ]
}

fn python(results: &Results) -> Vec<Budget> {
    let name = PYTHON.name;
    vec![
        ratio(results, Measure::Sign, (name, BARE_AWS_LC), Limit::Most(1.06)),
        ratio(results, Measure::Verify, (name, BARE_AWS_LC), Limit::Most(1.6)),
        ratio(results, Measure::Sign, (name, WECHATPAYV3.name), Limit::Most(1.0)),
        ratio(results, Measure::Verify, (name, WECHATPAYV3.name), Limit::Below(1.0)),
        together(results, (Measure::SignAlone, Measure::SignTogether), name, 0.95),
        together(results, (Measure::VerifyAlone, Measure::VerifyTogether), name, 0.95),
        cold(results, name, BARE_PYTHON.name),
    ]
}

fn native_node(results: &Results) -> Vec<Budget> {
    let name = NODE.name;
    let mut budgets = Vec::new();
    for measure in [Measure::Sign, Measure::Verify] {
        for peer in [NODE_V3.name, AXIOS.name] {
            budgets.push(ratio(results, measure, (name, peer), Limit::Below(1.0)));
        }
    }
    budgets.push(ratio(results, Measure::Sign, (name, NODE_V3.name), Limit::Most(0.5)));
    budgets.push(together(results, (Measure::SignAlone, Measure::SignTogether), name, 0.9));
    for (measure, what) in [(Measure::SignHold, "signing"), (Measure::VerifyHold, "verifying")] {
        let held = results.get(measure, name).map(|figures| figures.minimum / 1_000.0);
        budgets.push(budget(format!("{name}: event loop held by a call, {what}"), Limit::Below(0.1), "ms", held));
    }
    budgets.push(cold(results, name, BARE_NODE.name));
    budgets
}

fn edge(results: &Results) -> Vec<Budget> {
    let name = EDGE.name;
    vec![
        ratio(results, Measure::Sign, (name, BARE_WEBCRYPTO), Limit::Most(1.2)),
        budget(format!("{name}: ready, median"), Limit::Most(15.0), "ms", {
            results.get(Measure::Ready, name).map(|figures| figures.median)
        }),
        budget(format!("{name}: engine after gzip"), Limit::Most(60.0), "KB", {
            results.get(Measure::Engine, name).map(|figures| figures.minimum)
        }),
    ]
}

/// Of every door.
fn callers(results: &Results) -> Vec<Budget> {
    let doors = [RUST.name, PYTHON.name, NODE.name, EDGE.name];
    let found = |measure, name| results.get(measure, name).map(|figures| figures.minimum);
    let each = |name| {
        [
            budget(
                format!("{name}: a caller made, its keys loaded"),
                Limit::Most(limits::KEY_MILLISECONDS),
                "ms",
                found(Measure::Load, name),
            ),
            budget(
                format!("{name}: kept by a caller after use"),
                Limit::Most(limits::CALLER_KB),
                "KB",
                found(Measure::Caller, name),
            ),
        ]
    };
    doors.into_iter().flat_map(each).collect()
}

fn budget(what: String, limit: Limit, unit: &'static str, found: Option<f64>) -> Budget {
    Budget { what, limit, unit, found }
}

/// Of one beside another.
fn ratio(results: &Results, measure: Measure, (name, other): (&str, &str), limit: Limit) -> Budget {
    let what = if measure == Measure::Sign { "build + sign" } else { "verify + parse" };
    let found = || Some(results.get(measure, name)?.over(results.get(measure, other)?).minimum);
    budget(format!("{name}: {what}, beside {other}"), limit, "×", found())
}

/// How two at once compare with two bare operations at once.
fn together(results: &Results, (alone, both): (Measure, Measure), name: &str, least: f64) -> Budget {
    let what = if alone == Measure::SignAlone { "signing" } else { "verifying" };
    let found = || Some(results.factor(alone, both, name)?.over(results.factor(alone, both, BARE_AWS_LC)?).minimum);
    budget(format!("{name}: two at once {what}, of the bare factor"), Limit::Least(least), "×", found())
}

/// What is added to the start of an interpreter.
fn cold(results: &Results, name: &str, alone: &str) -> Budget {
    let found = || Some(results.get(Measure::Cold, name)?.median - results.get(Measure::Cold, alone)?.median);
    let what = format!("{name}: first signed request after the start of {alone}, medians");
    budget(what, Limit::Most(30.0), "ms", found())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Figures;

    fn results(figures: &[(Measure, &'static str, f64)]) -> Results {
        let mut results = Results::default();
        for (measure, name, value) in figures {
            results.put(*measure, name, Figures::once(*value));
        }
        results
    }

    #[test]
    fn what_was_not_measured_is_not_met() {
        let judged = judge(&Results::default());
        assert!(!judged.is_empty() && judged.iter().all(|budget| !budget.met()));
    }

    #[test]
    fn a_ratio_is_held_against_its_limit() {
        for (ours, met) in [(102.0, true), (104.0, false)] {
            let results = results(&[(Measure::Sign, RUST.name, ours), (Measure::Sign, BARE_AWS_LC, 100.0)]);
            let first = judge(&results).into_iter().next().map(|budget| budget.met());
            assert_eq!(first, Some(met));
        }
    }

    #[test]
    fn two_at_once_are_compared_with_two_bare_ones() {
        let (alone, both) = (Measure::SignAlone, Measure::SignTogether);
        for (ours, met) in [(52.0, true), (60.0, false)] {
            let name = PYTHON.name;
            let results = results(&[
                (alone, name, 100.0),
                (both, name, ours),
                (alone, BARE_AWS_LC, 100.0),
                (both, BARE_AWS_LC, 50.0),
            ]);
            assert_eq!(together(&results, (alone, both), name, 0.95).met(), met);
        }
    }
}

//! What becomes of an invoice at the tax office, by the virtual clock (milliseconds).

use super::paper::{Kind, Paper};
use crate::{sandbox::Sandbox, settings::Ending};

/// A request of the merchant and how it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) accepted_at: i64,
    pub(crate) done_at: i64,
    pub(crate) ending: Ending,
}

/// One attempt to take an invoice back.
#[derive(Debug, Clone)]
pub(crate) struct Reversal {
    pub(crate) step: Step,
    pub(crate) reason: String,
    pub(crate) red: Paper,
}

/// The issue and everything after it.
#[derive(Debug, Clone)]
pub(crate) struct Course {
    issue: Step,
    reversals: Vec<Reversal>,
}

/// `status` of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    IssueAccepted,
    IssueFailed,
    Issued,
    ReverseAccepted,
    ReverseFailed,
    Reversed,
}

impl Step {
    /// An issue accepted now.
    pub(crate) fn issue(sandbox: &Sandbox) -> Self {
        let settings = *sandbox.settings();
        Self::new(sandbox.clock.now_millis(), settings.issue_seconds.into(), settings.issue_result)
    }

    /// A reversal accepted now.
    pub(crate) fn reverse(sandbox: &Sandbox) -> Self {
        let settings = *sandbox.settings();
        Self::new(sandbox.clock.now_millis(), settings.reverse_seconds.into(), settings.reverse_result)
    }

    /// The same step for a family of invoices: only digital ones know failures.
    pub(crate) fn of(self, kind: Kind) -> Self {
        let ending = if kind == Kind::Classic { Ending::Success } else { self.ending };
        Self { ending, ..self }
    }

    /// A step that was done when it was accepted.
    pub(crate) fn at_once(at: i64) -> Self {
        Self::new(at, 0, Ending::Success)
    }

    fn new(accepted_at: i64, seconds: i64, ending: Ending) -> Self {
        Self { accepted_at, done_at: accepted_at + seconds * 1000, ending }
    }
}

impl Course {
    /// Starts with the acceptance of the issue.
    pub(crate) fn new(issue: Step) -> Self {
        Self { issue, reversals: Vec::new() }
    }

    /// The status at a time; none before the issue was accepted.
    pub(crate) fn status(&self, at: i64) -> Option<Status> {
        let reversal = self.attempt(at).map(|reversal| match phase(reversal.step, at) {
            None => Status::ReverseAccepted,
            Some(Ending::Success) => Status::Reversed,
            Some(Ending::Failure) => Status::ReverseFailed,
        });
        let issue = match phase(self.issue, at) {
            None => Status::IssueAccepted,
            Some(Ending::Success) => Status::Issued,
            Some(Ending::Failure) => Status::IssueFailed,
        };
        (at >= self.issue.accepted_at).then(|| reversal.unwrap_or(issue))
    }

    /// When the issue ends.
    pub(crate) fn issued_at(&self) -> i64 {
        self.issue.done_at
    }

    /// How the issue ends.
    pub(crate) fn issue_ending(&self) -> Ending {
        self.issue.ending
    }

    /// The latest attempt to reverse it.
    pub(crate) fn attempt(&self, at: i64) -> Option<&Reversal> {
        self.reversals.iter().rev().find(|reversal| at >= reversal.step.accepted_at)
    }

    /// Adds an attempt to reverse it; gives its number, from 1.
    pub(crate) fn reverse(&mut self, reversal: Reversal) -> usize {
        self.reversals.push(reversal);
        self.reversals.len()
    }
}

impl Status {
    /// The official word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::IssueAccepted => "ISSUE_ACCEPTED",
            Self::IssueFailed => "ISSUE_FAILED",
            Self::Issued => "ISSUED",
            Self::ReverseAccepted => "REVERSE_ACCEPTED",
            Self::ReverseFailed => "REVERSE_FAILED",
            Self::Reversed => "REVERSED",
        }
    }
}

/// How a step has ended, if it has.
fn phase(step: Step, at: i64) -> Option<Ending> {
    (at >= step.done_at).then_some(step.ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_is_issued_fails_to_be_reversed_and_is_reversed_in_the_end() {
        let mut course = Course::new(step(10, 20, Ending::Success));
        course.reverse(reversal(step(30, 40, Ending::Failure)));
        assert_eq!(course.reverse(reversal(step(50, 60, Ending::Success))), 2);
        let seen: Vec<_> =
            [9, 10, 20, 30, 40, 50, 60].map(|at| course.status(at).map(Status::as_str)).into_iter().collect();
        let words = ["ISSUE_ACCEPTED", "ISSUED", "REVERSE_ACCEPTED", "REVERSE_FAILED", "REVERSE_ACCEPTED", "REVERSED"];
        assert_eq!((seen[0], &seen[1..]), (None, words.map(Some).as_slice()));
    }

    #[test]
    fn the_older_invoices_never_fail() {
        let failing = step(0, 0, Ending::Failure);
        assert_eq!(Course::new(failing.of(Kind::Classic)).status(0), Some(Status::Issued));
        assert_eq!(Course::new(failing.of(Kind::Digital)).status(0), Some(Status::IssueFailed));
    }

    fn step(accepted_at: i64, done_at: i64, ending: Ending) -> Step {
        Step { accepted_at, done_at, ending }
    }

    fn reversal(step: Step) -> Reversal {
        Reversal { step, reason: String::new(), red: Paper::invented(Kind::Digital, step.done_at) }
    }
}

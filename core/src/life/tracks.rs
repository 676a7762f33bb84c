//! The tax track and the card track of one invoice, worked out from everything that was seen of it.
//!
//! Order of trust: a verified query, a verified event, what was assumed from a 202. Whatever is higher stays, unless a query that
//! came well after it shows less.

use super::calls::{SETTLES_AFTER, Standing};
use super::facts::Span;

/// How far the tax side of an invoice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tax {
    /// Nothing was sent.
    None,
    /// The gateway refused it, or a query long enough after the last send does not know it: it never happened.
    Refused,
    /// It was sent, and nobody knows whether it arrived.
    Unclear,
    /// The same, and a query did not find it, too early to be believed.
    Reconciling,
    IssueAccepted,
    IssueFailed,
    Issued,
    ReverseAccepted,
    ReverseFailed,
    Reversed,
}

impl Tax {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Tax::None => "NONE",
            Tax::Refused => "REFUSED",
            Tax::Unclear => "UNCLEAR",
            Tax::Reconciling => "RECONCILING",
            Tax::IssueAccepted => "ISSUE_ACCEPTED",
            Tax::IssueFailed => "ISSUE_FAILED",
            Tax::Issued => "ISSUED",
            Tax::ReverseAccepted => "REVERSE_ACCEPTED",
            Tax::ReverseFailed => "REVERSE_FAILED",
            Tax::Reversed => "REVERSED",
        }
    }

    pub(super) fn of_status(status: &str) -> Option<Self> {
        use Tax::{IssueAccepted, IssueFailed, Issued, ReverseAccepted, ReverseFailed, Reversed};
        let all = [IssueAccepted, IssueFailed, Issued, ReverseAccepted, ReverseFailed, Reversed];
        all.into_iter().find(|tax| tax.as_str() == status)
    }

    /// The ranks of the documents. A reversal that failed and one that is tried again stand beside each other: the later counts.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Tax::None => 0,
            Tax::Refused | Tax::Unclear | Tax::Reconciling => 1,
            Tax::IssueAccepted => 2,
            Tax::IssueFailed => 3,
            Tax::Issued => 4,
            Tax::ReverseAccepted | Tax::ReverseFailed => 5,
            Tax::Reversed => 6,
        }
    }

    /// Whether the invoice counts in law, so that the money behind it must not go back.
    pub(super) const fn is_live(self) -> bool {
        matches!(self, Tax::Issued | Tax::ReverseAccepted | Tax::ReverseFailed)
    }

    /// Whether it is certain that it does not count, and will not.
    pub(super) const fn is_dead(self) -> bool {
        matches!(self, Tax::None | Tax::Refused | Tax::IssueFailed | Tax::Reversed)
    }
}

/// How far a card is, by its status.
pub(super) fn card_rank(status: &str) -> u8 {
    match status {
        "INSERT_ACCEPTED" => 1,
        "INSERTED" => 2,
        "DISCARD_ACCEPTED" => 3,
        "DISCARDED" => 4,
        _ => 0,
    }
}

/// One sight of a track.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight<T> {
    pub(super) value: T,
    pub(super) rank: u8,
    pub(super) seen: Span,
    /// Whether a verified query showed it.
    pub(super) by_query: bool,
    /// Whether it is only assumed, from a 202.
    pub(super) assumed: bool,
}

/// What a track comes to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track<T> {
    pub(super) value: T,
    pub(super) seen: Span,
    /// The highest that was seen and is no longer true.
    pub(super) lowered_from: Option<T>,
}

/// The highest sight that no later query contradicts.
pub(super) fn track<T: Copy>(sights: &[Sight<T>]) -> Option<Track<T>> {
    let is_stale = |sight: &Sight<T>| {
        let later = |query: &&Sight<T>| query.seen.last > sight.seen.last.saturating_add(SETTLES_AFTER);
        sights.iter().filter(|query| query.by_query && query.rank < sight.rank).any(|query| later(&query))
    };
    // Of equal ranks the later, and of equal times what is known rather than assumed.
    let order = |sight: &&Sight<T>| (sight.rank, sight.seen.last, !sight.assumed, sight.by_query);
    let standing = sights.iter().filter(|sight| !is_stale(sight)).max_by_key(order)?;
    let stale = sights.iter().filter(|sight| !sight.assumed && is_stale(sight)).max_by_key(order);
    Some(Track {
        value: standing.value,
        seen: standing.seen,
        lowered_from: stale.filter(|stale| stale.rank > standing.rank).map(|stale| stale.value),
    })
}

/// The tax track, from its sights and from how the call that issues stands.
pub(super) fn tax(sights: &[Sight<Tax>], issue: &Standing, is_listed: bool) -> (Tax, Option<Track<Tax>>) {
    let track = track(sights);
    let tax = match (track, issue) {
        (Some(track), _) => track.value,
        // It is there, with a status newer than this release.
        (None, Standing::Accepted { .. }) => Tax::IssueAccepted,
        (None, _) if is_listed => Tax::IssueAccepted,
        (None, Standing::None) => Tax::None,
        (None, Standing::Refused { .. }) => Tax::Refused,
        (None, Standing::Unclear { asked: true, .. }) => Tax::Reconciling,
        (None, Standing::Unclear { .. }) => Tax::Unclear,
    };
    (tax, track)
}

/// Why what was seen of an invoice cannot all be true.
pub(super) fn contradiction(sights: &[Sight<Tax>], track: Option<Track<Tax>>) -> Option<&'static str> {
    let track = track?;
    match track.lowered_from {
        Some(Tax::Reversed) => return Some("it was REVERSED, and a later query shows less"),
        Some(Tax::Issued) if track.value.rank() < Tax::Issued.rank() => {
            return Some("it was ISSUED, and a later query shows less");
        }
        _ => {}
    }
    let failed = sights.iter().any(|sight| sight.value == Tax::IssueFailed);
    let issued = sights.iter().any(|sight| sight.rank >= Tax::Issued.rank());
    (failed && issued).then_some("it was ISSUE_FAILED at one time, and issued at another")
}

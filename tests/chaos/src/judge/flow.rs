//! The judgement on one flow: what it accepts, what it leaves open, what it tells of its requests.

use super::Rule;
use crate::faults::Kind;
use crate::trail::{Came, Class, End, Fate, Mark, Sent, Trail};
use fapiao::flow::{Attempt, Effect};

/// A gateway refuses requests whose timestamp is older (official page on signatures), seconds.
const REFUSED_AFTER: i64 = 300;
/// Furthest a query may be behind, seconds: what the design of this project takes it for.
const BEHIND: i64 = 60;
/// Questions of a flow before it leaves a call open.
const QUESTIONS: usize = 3;

pub(super) fn judge(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken: Vec<(Rule, String)> = Vec::new();
    broken.extend(acceptance(trail));
    broken.extend(unknown(trail));
    broken.extend(attempts(trail));
    broken.extend(arrivals(trail));
    broken
}

/// The last exchange decides: accepted if and only if the ledger calls it a success without a harmful fault, which shows the
/// effect where it is a question.
fn acceptance(trail: &Trail) -> Option<(Rule, String)> {
    let End::Outcome { accepted, .. } = trail.end else { return None };
    let fate = trail.sent.last().map(|sent| (trail.fate(sent), !sent.asks || sent.shows));
    match (accepted, fate) {
        (true, Some((Fate::Success, true))) => None,
        (true, None) if trail.is(Mark::FoundDone) => None,
        (true, fate) => Some((Rule::Forged, format!("a flow accepted an answer the ledger calls {fate:?}"))),
        (false, Some((Fate::Success, true))) => Some((Rule::Refused, "a good answer was refused".into())),
        (false, _) => None,
    }
}

fn unknown(trail: &Trail) -> Option<(Rule, String)> {
    let End::Outcome { decision, text, .. } = trail.end else { return None };
    if decision.effect != Effect::Unknown {
        return None;
    }
    let rule = |why: String| Some((Rule::Unknown, why));
    let asked = match trail.called.class {
        Class::Safe => return rule("a call of the safe class ended unknown".into()),
        // When the winner of a race sends is not known to its loser.
        Class::SameIds => decision.first == Some("query") && decision.ask_after.is_some() != trail.is(Mark::LostRace),
        Class::Never => decision.first.is_none(),
    };
    if !asked {
        return rule(format!("it sends the user to {:?} after {:?}", decision.first, decision.ask_after));
    }
    if text == trail.is(Mark::LostRace) {
        return rule("there is no text to keep, or one of a call that is another worker's".into());
    }
    let doubtful = trail.sent.iter().rposition(|sent| !sent.asks && trail.leaves_doubt(sent));
    let before = [Mark::HandedIn, Mark::Found, Mark::LostRace, Mark::StoreDown].iter().any(|mark| trail.is(*mark));
    if doubtful.is_none() && !before {
        return rule("no answer of the call was in doubt".into());
    }
    let signed_at = trail.calls().filter_map(|sent| sent.signed_at).max();
    let early = |signed_at: i64| decision.ask_after.is_some_and(|time| time < signed_at + REFUSED_AFTER + BEHIND);
    if signed_at.is_some_and(early) {
        return rule(format!("asking is said to be worth it after {:?}, too early", decision.ask_after));
    }
    let after = trail.sent.get(doubtful.map_or(0, |index| index + 1)..).unwrap_or_default();
    questions(trail, after)
}

/// Nobody leaves a call open who was told, or who did not ask.
fn questions(trail: &Trail, after: &[Sent]) -> Option<(Rule, String)> {
    if trail.called.class != Class::SameIds {
        return None;
    }
    let told = after.iter().find(|sent| sent.asks && trail.fate(sent) == Fate::Success && sent.shows);
    if let Some(sent) = told {
        return Some((Rule::Unknown, format!("the answer to question {} had told", sent.number)));
    }
    let refused = |sent: &Sent| matches!(trail.fate(sent), Fate::Refused | Fate::RefusedIfSentOnce);
    let excused = [Mark::Once, Mark::LostRace, Mark::StoreDown].iter().any(|mark| trail.is(*mark));
    let questions: Vec<_> = trail.sent.iter().filter(|sent| sent.asks).collect();
    let enough = questions.len() >= QUESTIONS || questions.iter().any(|sent| refused(sent));
    (!excused && !enough).then(|| (Rule::Unknown, format!("it was left open after {} questions", questions.len())))
}

/// Each attempt tells the status and the code of what really came.
fn attempts(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    if !matches!(trail.end, End::Outcome { .. }) {
        return broken;
    }
    if trail.attempts.len() != trail.sent.len() {
        broken.push((Rule::Attempt, format!("{} attempts told, {} made", trail.attempts.len(), trail.sent.len())));
    }
    for (attempt, sent) in trail.attempts.iter().zip(&trail.sent) {
        broken.extend(code(trail, attempt, sent));
        let Some(arrival) = sent.arrivals.last().filter(|_| sent.came == Came::Answer) else { continue };
        if attempt.status != arrival.outcome.status {
            broken.push((Rule::Attempt, format!("request {} was told as {:?}", sent.number, attempt.status)));
        }
        let linked = matches!(trail.called.kind, Kind::File | Kind::PlainFile);
        if !linked && attempt.host.as_str() != arrival.listener {
            broken.push((Rule::Attempt, format!("request {} was told as sent to {:?}", sent.number, attempt.host)));
        }
    }
    broken
}

fn code(trail: &Trail, attempt: &Attempt, sent: &Sent) -> Option<(Rule, String)> {
    let told = attempt.error.map(fapiao::Code::as_str);
    let listed: Vec<_> = sent.struck(&trail.plan).flat_map(|(_, variant)| variant.codes.iter().copied()).collect();
    let wanted = match (sent.came, trail.fate(sent)) {
        (Came::Replayed, _) => vec!["verify.replayed"],
        (Came::NotSent, _) => vec!["send.not_sent"],
        (Came::Nothing, _) => vec!["send.lost"],
        _ if !listed.is_empty() => listed,
        (_, Fate::Success) => Vec::new(),
        (_, Fate::Hidden | Fate::Refused | Fate::RefusedIfSentOnce | Fate::NotThere | Fate::Exists) => {
            vec!["remote.api", "remote.errcode"]
        }
    };
    let fits = told.map_or(wanted.is_empty(), |told| wanted.contains(&told));
    (!fits).then(|| (Rule::Attempt, format!("request {} ended {told:?}, {wanted:?} fit", sent.number)))
}

fn arrivals(trail: &Trail) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for sent in &trail.sent {
        match (sent.arrivals.is_empty(), sent.came) {
            (true, Came::Answer) => broken.push((Rule::Arrival, format!("request {} never arrived", sent.number))),
            (false, Came::NotSent) => {
                broken.push((Rule::Arrival, format!("request {} was called not sent, and arrived", sent.number)));
            }
            _ => {}
        }
        let notes = sent.entries().flat_map(|arrival| &arrival.notes);
        broken.extend(notes.map(|note| (Rule::Notes, note.clone())));
    }
    broken
}

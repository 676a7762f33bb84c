//! Compares what a flow decided with what is true.

use crate::book::{FINAL_AFTER, Shown};
use crate::calls::Class;
use crate::gateway::Truth;
use crate::host::Host;
use crate::running::Ended;
use crate::tally::Fault;
use fapiao::Code;
use fapiao::flow::Effect;

/// An end, what was true at that time, and what is wrong with it.
pub(crate) struct Judged {
    pub(crate) ended: Ended,
    pub(crate) truth: Truth,
    pub(crate) faults: Vec<Fault>,
}

/// Judges a decision at the time it was made.
pub(crate) fn judged(host: &Host<'_>, ended: Ended) -> Judged {
    let mut faults = wrong(host, &ended);
    faults.extend(incoherent(host, &ended).map(Fault::Incoherent));
    faults.extend(host.book.misdeeds.iter().map(|misdeed| Fault::Misdeed(misdeed)));
    faults.extend(shrugs(host, ended.effect()).then_some(Fault::Shrug));
    if host.job.class() == Class::Never && host.gateway.times(i64::MAX) > 1 {
        faults.push(Fault::Twice);
    }
    Judged { ended, truth: host.gateway.truth(host.now), faults }
}

/// What is wrong with a decision itself.
fn wrong(host: &Host<'_>, ended: &Ended) -> Vec<Fault> {
    let truth = host.gateway.truth(host.now);
    match (host.job.class(), ended.effect(), truth) {
        (Class::Safe, Effect::Unknown, _) => vec![Fault::Incoherent("unknown of a call that may be repeated at will")],
        // A yes without an answer says no more than that something verified came.
        (Class::Safe, Effect::Yes, _) if ended.error.is_none() && !host.book.success => vec![Fault::WrongYes],
        (Class::Safe, _, _) => Vec::new(),
        (_, Effect::No, Truth::Taken | Truth::MayArrive) => vec![Fault::WrongNo],
        (_, Effect::Yes, Truth::NotTaken | Truth::MayArrive) => vec![Fault::WrongYes],
        _ => Vec::new(),
    }
}

/// What does not go together in an outcome.
fn incoherent(host: &Host<'_>, ended: &Ended) -> Option<&'static str> {
    let (decision, unknown) = (ended.decision, ended.effect() == Effect::Unknown);
    let told_by = host.job.class() == Class::SameIds;
    if ended.error.is_none() && ended.effect() != Effect::Yes {
        return Some("an answer without a yes");
    }
    if ended.error == Some(Code::SendTaken) {
        // Another worker is at it: its doubt, and its time to ask.
        let left = unknown && ended.in_doubt.is_none() && decision.ask_after.is_none();
        return (!left).then_some("a call left to another worker that is not left");
    }
    if ended.in_doubt.is_some() != unknown {
        return Some("a text to keep where nothing is in doubt, or none where something is");
    }
    if unknown && decision.first.is_some() != told_by {
        return Some("the call that tells is not named, or one is that does not tell");
    }
    if decision.ask_after.is_some() != (unknown && told_by) {
        return Some("the time to ask is missing, or given where nobody has to ask");
    }
    let from_last_send = host.book.last_send.map(|time| time + FINAL_AFTER);
    if unknown && told_by && host.alone && decision.ask_after < from_last_send {
        return Some("the time to ask comes too early");
    }
    None
}

/// An unknown that is no more than a shrug: the last question was answered, and what it showed was final.
pub(crate) fn shrugs(host: &Host<'_>, effect: Effect) -> bool {
    // What one worker was answered is not what the other one knows.
    if effect != Effect::Unknown || !host.alone || !host.job.can_be_asked_about() {
        return false;
    }
    match host.book.last_answer {
        Some((Shown::Everything, _)) => true,
        Some((Shown::Nothing, at)) => host.book.last_send.is_some_and(|sent| at >= sent + FINAL_AFTER),
        Some((Shown::Part, _)) | None => false,
    }
}

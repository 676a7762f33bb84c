//! Answers of one kind, before and after the effect.

use super::{EXISTS, FAILED, INVALID, LIMITED, PARAM};
use crate::calls::Job;
use crate::told::{ERRCODES, PAIRS, Told};
use crate::world::{Meets, known, taken, untouched};

/// Each of them before the effect, and after.
fn both(told: &[Told]) -> impl Iterator<Item = Meets> {
    told.iter().flat_map(|told| [taken(*told), untouched(*told)])
}

/// Every answer there is, before and after the effect where both can be.
pub(super) fn strange(job: Job) -> Vec<Meets> {
    let mut sends = vec![taken(Told::Success), untouched(Told::NotSent)];
    sends.extend(both(&[Told::Lost, Told::Page(502)]));
    if !job.is_signed() {
        sends.extend(ERRCODES.map(|code| untouched(Told::Errcode(code))));
        sends.extend(both(&[-1, 72018, 73105, 99999].map(Told::Errcode)));
        return sends;
    }
    sends.extend(PAIRS.map(|(status, code)| untouched(Told::Refusal(status, code))));
    sends.extend([known(EXISTS), untouched(Told::Stale), untouched(Told::Replayed)]);
    sends.extend(both(&[FAILED, Told::Forged, Told::Probe, Told::Unsigned, Told::Stranger]));
    let pairs = [(502, "SERVICE_UNAVAILABLE"), (503, "SERVICE_UNAVAILABLE"), (400, "SYSTEM_ERROR"), (409, "CONFLICT")];
    sends.extend(both(&pairs.map(|(status, code)| Told::Refusal(status, code))));
    if job.success().0 == 202 {
        sends.extend(both(&[Told::OtherBody]));
        sends.push(taken(Told::EmptyObject));
    }
    sends
}

/// The first of two requests is taken, and this is heard of the second; or neither is.
pub(super) fn repeated(job: Job) -> Vec<Meets> {
    let mut sends = vec![taken(Told::Success)];
    if !job.is_signed() {
        sends.extend(both(&[Told::Lost, Told::NotSent, Told::Errcode(45011), Told::Errcode(40125)]));
        return sends;
    }
    let (used, none) = (Told::Refusal(401, "SIGN_ERROR"), Told::Refusal(404, "RESOURCE_NOT_EXISTS"));
    sends.extend(both(&[Told::Lost, Told::NotSent, used, INVALID, none, LIMITED]));
    // What repeats the same bytes meets these the first time already.
    sends.extend([taken(EXISTS), untouched(PARAM), untouched(Told::Refusal(403, "NO_AUTH"))]);
    sends
}

/// Something between here and the gateway answers.
pub(super) fn proxied(_: Job) -> Vec<Meets> {
    let mut sends = vec![taken(Told::Success)];
    sends.extend(both(&[403, 502, 302, 200].map(Told::Page)));
    sends.extend(both(&[403, 503, 200].map(Told::Own)));
    sends.extend(both(&[Told::Alike(403, "NO_AUTH"), Told::Alike(429, "FREQUENCY_LIMITED")]));
    sends
}

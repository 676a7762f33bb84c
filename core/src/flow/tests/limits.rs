//! How often, how long, and what is told of it.

use super::*;
use Host::Main;

#[test]
fn four_requests_are_the_most() {
    let limited = play(direct().flow(issue()).unwrap(), &[LIMITED; 4]);
    assert_eq!(limited.failed(), (Code::RemoteApi, decision(Effect::No, Resend::Later, None)));
    let unreachable = play(direct().flow(issue()).unwrap(), &[NOT_SENT; 4]);
    assert_eq!(unreachable.failed(), (Code::SendNotSent, decision(Effect::No, Resend::OtherHost, None)));
    let lost = play(direct().flow(title_url()).unwrap(), &[LOST; 4]);
    assert_eq!(lost.failed(), (Code::SendLost, decision(Effect::No, Resend::OtherHost, None)));
}

#[test]
fn three_questions_are_the_most_of_all_doubts_together() {
    let played = play(direct().flow(issue()).unwrap(), &[LOST, BUSY, BUSY, NOT_THERE, LOST]);
    let unknown = decision(Effect::Unknown, Resend::OtherHost, Some("query"));
    assert_eq!(played.failed(), (Code::SendLost, unknown));
    // A "no" for which no question is left is none.
    let refused = play(direct().flow(issue()).unwrap(), &[LOST, BUSY, BUSY, NOT_THERE, INVALID]);
    assert_eq!(refused.failed(), (Code::RemoteApi, decision(Effect::Unknown, Resend::No, Some("query"))));
}

#[test]
fn waits_double_and_stay_between_half_and_whole() {
    let mut seen = std::collections::BTreeSet::new();
    for start in 0..40 {
        let mut flow = direct().flow(title_url()).unwrap();
        let mut waits = Vec::new();
        for count in 0..7 {
            let Step::Need(needs) = flow.step(&moment(NOW, start + count % 5 * 40 + count / 5)).unwrap() else {
                panic!("over")
            };
            for need in needs {
                let given = match need.kind {
                    NeedKind::Wait { milliseconds } => {
                        waits.push(milliseconds);
                        NeedResult::Waited
                    }
                    _ => LIMITED(NOW),
                };
                flow.give(need.id, given).unwrap();
            }
        }
        assert_eq!(waits.len(), 3);
        for (wait, whole) in waits.iter().zip([1000, 2000, 4000]) {
            assert!((whole / 2..=whole).contains(wait), "{waits:?}");
        }
        seen.insert(waits);
    }
    assert!(seen.len() > 30, "many callers do not come back together");
}

#[test]
fn attempts_tell_what_happened_in_order() {
    let played = play(direct().flow(issue()).unwrap(), &[LOST, NOT_THERE, accepted]);
    let [first, second, third] = played.outcome.attempts.as_slice() else { panic!("three") };
    assert_eq!((first.number, second.number, third.number), (1, 2, 3));
    assert_eq!((first.call, first.host, first.status), ("issue", Main, None));
    assert_eq!((first.request_id.as_deref(), first.milliseconds), (None, None));
    assert_eq!(first.error, Some(Code::SendLost));
    assert_eq!(first.decision, Some(decision(Effect::Unknown, Resend::OtherHost, Some("query"))));
    assert_eq!((second.call, second.status, second.error), ("query", Some(404), Some(Code::RemoteApi)));
    assert_eq!((second.request_id.as_deref(), second.milliseconds), (Some("08F7-1"), Some(17)));
    assert_eq!((third.call, third.status, third.error), ("issue", Some(202), None));
    assert_eq!((third.request_id.as_deref(), third.decision), (Some("08F7-0"), Some(Decision::DONE)));
}

#[test]
fn the_clock_offset_is_that_of_the_verified_answer() {
    let ahead = play(direct().flow(title_url()).unwrap(), &[|now| signed(now + 120, 200, "{}")]);
    // Answered one second before the step that verifies it.
    assert_eq!(ahead.outcome.clock_offset(), Some(119));
    let failed = play(direct().flow(title_url()).unwrap(), &[INVALID]);
    assert_eq!(failed.outcome.clock_offset(), None);
}

#[test]
fn a_verified_answer_that_cannot_be_read_took_effect() {
    let played = play(direct().flow(title_url()).unwrap(), &[|now| signed(now, 200, r#"{"title_url":1}"#)]);
    assert_eq!(played.failed(), (Code::ParseType, Decision::DONE));
    assert_eq!(played.outcome.attempts[0].error, Some(Code::ParseType));
    assert_eq!(played.outcome.clock_offset(), Some(-1));
}

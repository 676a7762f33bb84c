//! A doubt that outlives its flow: kept, handed in again, raced for.

use super::*;
use Effect::{No, Unknown, Yes};

/// A flow that lost its answer once and was given up: the text it left.
fn left_in_doubt() -> String {
    let mut flow = direct().flow(issue()).unwrap();
    assert_eq!(flow.in_doubt(), None, "nothing left yet");
    needs(&mut flow, NOW);
    flow.in_doubt().unwrap()
}

fn resumed(text: &str) -> Flow<crate::Accepted> {
    let mut flow = direct().flow(issue()).unwrap();
    flow.resume(text).unwrap();
    flow
}

/// Plays a flow from a later time on.
fn play_at(flow: Flow<crate::Accepted>, later: i64, script: &[Met]) -> Played<crate::Accepted> {
    play_from(flow, NOW + later, script, |need| panic!("{need:?} surfaced"))
}

#[test]
fn a_doubt_is_there_from_the_moment_the_request_is_handed_out_until_it_is_settled() {
    let text = left_in_doubt();
    assert!(text.contains("\"f1\"") && !text.contains("138") && text.len() < 400, "{text}");
    let ended = play(direct().flow(issue()).unwrap(), &[PROBE, INVALID]);
    assert!(ended.outcome.in_doubt.is_some());
    let mut safe = direct().flow(title_url()).unwrap();
    needs(&mut safe, NOW);
    assert_eq!(safe.in_doubt(), None, "a call that may be repeated at will leaves none");
}

#[test]
fn a_resumed_call_asks_before_it_sends() {
    let taken = play_at(resumed(&left_in_doubt()), 10, &[THERE]);
    assert_eq!((taken.calls(), taken.outcome.decision), (vec!["query"], Decision::DONE));
    let again = play_at(resumed(&left_in_doubt()), 10, &[NOT_THERE, accepted]);
    assert_eq!((again.calls(), again.outcome.decision), (vec!["query", "issue"], Decision::DONE));
    let refused = play_at(resumed(&left_in_doubt()), 10, &[NOT_THERE, INVALID, NOT_THERE, NOT_THERE]);
    assert_eq!(refused.outcome.decision.effect, Unknown, "the earlier one may still arrive");
}

#[test]
fn once_nothing_can_arrive_any_more_not_there_is_final() {
    // Sent at NOW: requests are refused from NOW + 300 on, and the query may lag a minute behind.
    let early = play_at(resumed(&left_in_doubt()), 350, &[NOT_THERE, INVALID, NOT_THERE, NOT_THERE]);
    assert_eq!(early.outcome.decision.effect, Unknown);
    let late = play_at(resumed(&left_in_doubt()), 360, &[NOT_THERE, INVALID]);
    assert_eq!((late.calls(), late.outcome.decision.effect), (vec!["query", "issue"], No));
}

#[test]
fn a_refusal_that_would_come_again_is_not_asked_for_once_more() {
    let repeating = || {
        let mut flow = direct().flow(issue()).unwrap();
        flow.client_repeats();
        flow
    };
    let left = play(repeating(), &[INVALID, NOT_THERE, NOT_THERE, NOT_THERE]);
    let (text, ask_after) = (left.outcome.in_doubt.unwrap(), left.outcome.decision.ask_after.unwrap());
    let resumed = |start, script: &[Met]| {
        let mut flow = repeating();
        flow.resume(&text).unwrap();
        play_from(flow, start, script, |need| panic!("{need:?}"))
    };
    let early = resumed(NOW + 20, &[NOT_THERE, NOT_THERE, NOT_THERE]);
    assert_eq!((early.calls(), early.outcome.decision.effect), (vec!["query"; 3], Unknown));
    let late = resumed(ask_after, &[NOT_THERE]);
    assert_eq!(late.failed().1, decision(No, Resend::No, None));
}

#[test]
fn a_clock_that_is_set_while_a_flow_runs_proves_nothing() {
    let mut flow = direct().flow(issue()).unwrap();
    let send = needs(&mut flow, NOW);
    flow.give(send[0].id, NeedResult::Lost).unwrap();
    let ended = play_from(flow, NOW + 3_600, &[NOT_THERE, INVALID, NOT_THERE, NOT_THERE], |need| panic!("{need:?}"));
    assert_eq!(ended.outcome.decision.effect, Unknown);
}

#[test]
fn a_program_that_kept_nothing_can_say_so() {
    let mut flow = direct().flow(issue()).unwrap();
    flow.assume_in_doubt(NOW);
    let played = play(flow, &[NOT_THERE, INVALID, NOT_THERE, NOT_THERE]);
    assert_eq!(played.outcome.decision.effect, Unknown);
}

#[test]
fn a_text_of_another_call_is_refused_and_nothing_is_taken() {
    let text = left_in_doubt();
    let other = |text: &str| {
        let mut flow = direct().flow(issue()).unwrap();
        flow.resume(text).unwrap_err()
    };
    let mut cut = text.clone();
    cut.truncate(40);
    for wrong in [
        String::new(),
        cut,
        text.replace("\"in_doubt\":1", "\"in_doubt\":2"),
        text.replace("issue", "reverse"),
        text.replace("\"body\":\"", "\"body\":\"0"),
        text.replace("last_send", "last"),
        "[]".to_owned(),
    ] {
        let error = other(&wrong);
        assert_eq!((error.code(), error.field()), (Code::InputInDoubt, Some("in_doubt")), "{wrong}");
    }
    let mut changed = issue();
    changed.fapiao_information[0].remark = Some("changed".to_owned());
    let error = direct().flow(changed).unwrap().resume(&text).unwrap_err();
    assert!(error.message().contains("another content"), "{error}");
}

/// A store of one text, as a host has it.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) text: Option<String>,
    version: u32,
}

impl Kept {
    pub(super) fn operate(&mut self, kind: &NeedKind) -> NeedResult {
        match kind {
            NeedKind::Load { .. } => NeedResult::Loaded {
                text: self.text.clone(),
                version: self.text.is_some().then(|| self.version.to_string()),
            },
            NeedKind::Store { text, version, .. } => {
                if *version != self.text.is_some().then(|| self.version.to_string()) {
                    return NeedResult::LostRace;
                }
                (self.text, self.version) = (Some(text.clone()), self.version + 1);
                NeedResult::Stored { version: self.version.to_string() }
            }
            other => panic!("{other:?}"),
        }
    }
}

pub(super) fn kept_flow() -> Flow<crate::Accepted> {
    let mut flow = direct().flow(issue()).unwrap();
    flow.keep_doubt();
    flow
}

#[test]
fn a_doubt_is_kept_before_the_first_byte_and_settled_after_the_last() {
    let store = std::cell::RefCell::new(Kept::default());
    let mut flow = kept_flow();
    let load = needs(&mut flow, NOW);
    assert!(matches!(load[0].kind, NeedKind::Load { .. }));
    flow.give(load[0].id, store.borrow_mut().operate(&load[0].kind)).unwrap();
    let keep = needs(&mut flow, NOW);
    assert!(matches!(keep[0].kind, NeedKind::Store { .. }), "before the request is handed out: {keep:?}");
    flow.give(keep[0].id, store.borrow_mut().operate(&keep[0].kind)).unwrap();
    // The process ends here; the next one finds the doubt.
    let next = play_from(kept_flow(), NOW + 5, &[THERE], |kind| store.borrow_mut().operate(kind));
    assert_eq!((next.calls(), next.outcome.decision.effect), (vec!["query"], Yes));
    let third = play_from(kept_flow(), NOW + 9, &[], |kind| store.borrow_mut().operate(kind));
    assert_eq!((third.calls().len(), third.outcome.decision.effect), (0, Yes), "settled: nothing is sent or asked");
}

#[test]
fn of_two_workers_on_one_call_the_loser_of_the_race_sends_nothing() {
    let mut store = Kept::default();
    let mut workers = [kept_flow(), kept_flow()];
    for flow in &mut workers {
        let load = needs(flow, NOW);
        flow.give(load[0].id, store.operate(&load[0].kind)).unwrap();
    }
    let [first, second] = &mut workers;
    let keep = needs(first, NOW);
    first.give(keep[0].id, store.operate(&keep[0].kind)).unwrap();
    assert!(matches!(needs(first, NOW)[0].kind, NeedKind::Send { .. }));
    let late = needs(second, NOW);
    second.give(late[0].id, store.operate(&late[0].kind)).unwrap();
    let Step::Done(outcome) = second.step(&moment(NOW, 9)).unwrap() else { panic!("it goes on") };
    assert_eq!(outcome.result.err().map(|error| error.code()), Some(Code::SendTaken));
    assert_eq!((outcome.decision.effect, outcome.decision.first), (Unknown, Some("query")));
    assert!(outcome.attempts.is_empty());
    assert_eq!(
        (outcome.decision.ask_after, outcome.in_doubt),
        (None, None),
        "when the other one sends is not known here"
    );
}

#[test]
fn a_store_that_fails_lets_nothing_leave_and_proves_nothing() {
    let mut flow = kept_flow();
    let load = needs(&mut flow, NOW);
    flow.give(load[0].id, NeedResult::Failed).unwrap();
    let Step::Done(outcome) = flow.step(&moment(NOW, 9)).unwrap() else { panic!("it goes on") };
    assert_eq!(outcome.result.err().map(|error| error.code()), Some(Code::SendStore));
    assert!(outcome.attempts.is_empty());
    assert_eq!(
        (outcome.decision.effect, outcome.decision.ask_after),
        (Unknown, Some(NOW + 360)),
        "what it holds, nobody knows"
    );
    assert!(outcome.in_doubt.is_some());
}

proptest::proptest! {
    #[test]
    fn any_other_text_is_refused_in_one_line(text in "\\PC{0,60}|\\{\"in_doubt\":[0-9]{1,20}[\\PC]{0,60}", place: proptest::sample::Index, byte: u8) {
        let mut flow = direct().flow(issue()).unwrap();
        proptest::prop_assert_eq!(flow.resume(&text).unwrap_err().code(), Code::InputInDoubt);
        let mut changed = left_in_doubt().into_bytes();
        let place = place.index(changed.len());
        changed[place] = byte;
        // A changed digit of the time or the count is a text as good as the one before.
        if let Err(error) = flow.resume(&String::from_utf8_lossy(&changed)) {
            proptest::prop_assert_eq!((error.code(), error.field()), (Code::InputInDoubt, Some("in_doubt")));
            proptest::prop_assert!(!error.message().chars().any(char::is_control));
        }
    }
}

//! What a store holds that this flow did not put there, and what it holds of other contents.

use super::resumed::{Kept, kept_flow};
use super::*;
use Effect::{No, Unknown, Yes};
use std::cell::RefCell;

/// Plays a flow over a store, from that time on.
fn play_over(store: &RefCell<Kept>, flow: Flow<crate::Accepted>, now: i64, script: &[Met]) -> Played<crate::Accepted> {
    play_from(flow, now, script, |kind| store.borrow_mut().operate(kind))
}

/// A flow whose one request was refused, with what is to be kept of that still to be stored.
fn refused_flow(store: &mut Kept) -> (Flow<crate::Accepted>, Need) {
    let mut flow = kept_flow();
    loop {
        let need = needs(&mut flow, NOW).remove(0);
        let given = match &need.kind {
            NeedKind::Send { .. } => INVALID(NOW),
            NeedKind::Store { text, .. } if text.contains("\"no\"") => return (flow, need),
            kind => store.operate(kind),
        };
        flow.give(need.id, given).unwrap();
    }
}

#[test]
fn a_refusal_is_no_proof_once_another_worker_has_taken_over() {
    let mut store = Kept::default();
    let (mut flow, settle) = refused_flow(&mut store);
    // Meanwhile another worker found the doubt, asked, and sent the same ids.
    let other = play_over(&RefCell::new(std::mem::take(&mut store)), kept_flow(), NOW, &[NOT_THERE, accepted]);
    assert_eq!(other.outcome.decision.effect, Yes);
    flow.give(settle.id, NeedResult::LostRace).unwrap();
    let Step::Done(outcome) = flow.step(&moment(NOW, 9)).unwrap() else { panic!("it goes on") };
    assert_eq!(outcome.result.err().map(|error| error.code()), Some(Code::SendTaken));
    assert_eq!((outcome.decision.effect, outcome.decision.first), (Unknown, Some("query")));
    assert_eq!(outcome.in_doubt, None, "the other worker's matter");
    assert_eq!(outcome.attempts.len(), 1);
}

#[test]
fn a_refusal_that_could_not_be_kept_is_no_proof_either() {
    let (mut flow, settle) = refused_flow(&mut Kept::default());
    flow.give(settle.id, NeedResult::Failed).unwrap();
    let Step::Done(outcome) = flow.step(&moment(NOW, 9)).unwrap() else { panic!("it goes on") };
    assert_eq!(outcome.result.err().map(|error| error.code()), Some(Code::RemoteApi), "what the gateway said");
    assert_eq!((outcome.decision.effect, outcome.decision.ask_after), (Unknown, Some(NOW + 360)));
    assert!(outcome.in_doubt.is_some_and(|text| text.contains("\"settled\":null")));
}

#[test]
fn what_was_refused_is_sent_under_its_ids_once_it_is_mended() {
    let store = RefCell::new(Kept::default());
    let wrong: Met = |_| refused(400, "PARAM_ERROR");
    assert_eq!(play_over(&store, kept_flow(), NOW, &[wrong]).outcome.decision.effect, No);
    let mended = || {
        let mut mended = issue();
        mended.fapiao_information[0].remark = Some("mended".to_owned());
        let mut flow = direct().flow(mended).unwrap();
        flow.keep_doubt();
        flow
    };
    let played = play_over(&store, mended(), NOW + 9, &[accepted]);
    assert_eq!((played.calls(), played.outcome.decision.effect), (vec!["issue"], Yes));
    // What was taken is not sent with another content, and what became of these ids is told by the query.
    let changed = play_over(&store, kept_flow(), NOW + 9, &[]);
    let (error, open) = changed.failed();
    assert_eq!((error, open.effect, open.first), (Code::InputInDoubt, Unknown, Some("query")));
}

#[test]
fn a_doubt_that_was_handed_in_counts_until_the_store_knows_better() {
    let store = RefCell::new(Kept::default());
    let refused = play_over(&store, kept_flow(), NOW, &[INVALID]);
    assert_eq!(refused.outcome.decision.effect, No);
    let mut later = kept_flow();
    later.assume_in_doubt(NOW + 30);
    let played = play_over(&store, later, NOW + 40, &[INVALID]);
    assert_eq!(played.calls(), ["query"]);
    assert_eq!((played.outcome.decision.effect, played.outcome.decision.ask_after), (Unknown, Some(NOW + 30 + 360)));
    let mut earlier = kept_flow();
    earlier.assume_in_doubt(NOW);
    assert_eq!(play_over(&store, earlier, NOW + 40, &[accepted]).calls(), ["issue"], "the store's word is newer");
}

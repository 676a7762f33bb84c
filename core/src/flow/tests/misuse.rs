//! Steps out of order are refused, and the flow goes on as if they had not been taken.

use super::*;
use crate::Result;

fn refused_state<T: std::fmt::Debug>(result: Result<T>) {
    assert_eq!(result.unwrap_err().code(), Code::InputState);
}

#[test]
fn a_need_is_answered_once_under_its_own_id_before_the_next_step() {
    let mut flow = elsewhere().flow(issue()).unwrap();
    refused_state(flow.give(1, NeedResult::Waited));
    let needs = needs(&mut flow, NOW);
    refused_state(flow.step(&moment(NOW, 1)));
    flow.give(needs[0].id, keys::operate(&needs[0].kind)).unwrap();
    refused_state(flow.give(needs[0].id, NeedResult::Encrypted(vec![9; 256])));
    refused_state(flow.give(99, NeedResult::Encrypted(vec![9; 256])));
    refused_state(flow.step(&moment(NOW, 1)));
    flow.give(needs[1].id, keys::operate(&needs[1].kind)).unwrap();
    let played = play_with(flow, &[accepted], keys::operate);
    assert!(played.outcome.result.is_ok());
    let phone = &body(&played.sent[0])["buyer_information"]["phone"];
    assert!(STANDARD.decode(phone.as_str().unwrap()).unwrap().starts_with(b"13812349876"), "the first answer counts");
}

#[test]
fn a_result_of_another_kind_is_refused_and_nothing_is_concluded_from_it() {
    let kinds = || {
        [
            NeedResult::Signed(vec![0; 256]),
            NeedResult::Checked(SignatureCheck::Valid),
            NeedResult::Encrypted(vec![0; 256]),
            NeedResult::Decrypted(Vec::new()),
            accepted(NOW),
            NeedResult::NotSent,
            NeedResult::Lost,
            NeedResult::Waited,
        ]
    };
    let fits = |kind: &NeedKind, given: &NeedResult| match kind {
        NeedKind::Sign { .. } => matches!(given, NeedResult::Signed(_)),
        NeedKind::Verify { .. } => matches!(given, NeedResult::Checked(_)),
        NeedKind::Encrypt { .. } => matches!(given, NeedResult::Encrypted(_)),
        NeedKind::Decrypt { .. } => matches!(given, NeedResult::Decrypted(_)),
        NeedKind::Send { .. } => matches!(given, NeedResult::Answered { .. } | NeedResult::NotSent | NeedResult::Lost),
        NeedKind::Load { .. } => matches!(given, NeedResult::Loaded { .. }),
        NeedKind::Store { .. } => matches!(given, NeedResult::Stored { .. } | NeedResult::LostRace),
        NeedKind::Wait { .. } => matches!(given, NeedResult::Waited),
    };
    let mut flow = elsewhere().flow(issue()).unwrap();
    let mut answers = [LIMITED, accepted].into_iter();
    let mut works = 0;
    let outcome = loop {
        let step = match flow.step(&moment(NOW, works)).unwrap() {
            Step::Need(needs) => needs,
            Step::Done(outcome) => break outcome,
        };
        for need in step {
            works += 1;
            for given in kinds().into_iter().filter(|given| !fits(&need.kind, given)) {
                refused_state(flow.give(need.id, given));
            }
            let given = match need.kind {
                NeedKind::Send { .. } => answers.next().unwrap()(NOW),
                NeedKind::Wait { .. } => NeedResult::Waited,
                other => keys::operate(&other),
            };
            flow.give(need.id, given).unwrap();
        }
    };
    assert!(outcome.result.is_ok() && works == 8, "two encrypts, two signatures, two sends, a wait and a check");
}

#[test]
fn an_answer_under_a_wrong_id_does_not_touch_the_attempt() {
    let mut flow = direct().flow(title_url()).unwrap();
    let needs = needs(&mut flow, NOW);
    refused_state(flow.give(needs[0].id + 1, BUSY(NOW)));
    flow.give(needs[0].id, NeedResult::Lost).unwrap();
    let played = play(flow, &[TITLE]);
    assert_eq!(played.outcome.attempts[0].status, None);
}

#[test]
fn a_flow_that_is_over_stays_over() {
    let mut flow = direct().flow(title_url()).unwrap();
    let needs = needs(&mut flow, NOW);
    flow.give(needs[0].id, TITLE(NOW)).unwrap();
    let Step::Done(outcome) = flow.step(&moment(NOW, 1)).unwrap() else { panic!("not over") };
    assert!(outcome.result.is_ok());
    refused_state(flow.step(&moment(NOW, 2)));
    refused_state(flow.give(needs[0].id, NeedResult::Lost));
}

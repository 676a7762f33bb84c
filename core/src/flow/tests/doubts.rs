//! What becomes of an issue nobody knows the fate of: one invoice, never two, and never a "no" that is a guess.

use super::*;
use Effect::{No, Unknown};
use Host::{Backup, Main};

fn issued(script: &[Met]) -> Played<crate::Accepted> {
    play(direct().flow(issue()).unwrap(), script)
}

const ELSEWHERE: Met = |now| invoice(now, "f0", "ISSUED");
const NOTHING: Met = |now| signed(now, 200, r#"{"total_count":0,"fapiao_information":[]}"#);
const STALE: Met = |now| signed(now - 300, 202, "");
const UNSIGNED: Met = |_| answered(Response::builder().status(202).body(Vec::new()).unwrap());
const STRANGER: Met = |now| answered(signed_by("PUB_KEY_ID_01", now, 202, ""));
const OTHER_BODY: Met = |now| signed(now, 202, r#"{"title_url":"https://example.com/"}"#);
/// Unknown, to be asked about before anything else.
const OPEN: fn(Resend) -> Decision = |resend| decision(Unknown, resend, Some("query"));

#[test]
fn what_is_in_doubt_is_asked_about_after_a_wait_before_the_same_ids_go_out_again() {
    let page: Met = |_| answered(Response::builder().status(503).body(b"<html>".to_vec()).unwrap());
    for wrong in [BUSY, |_| refused(502, "SERVICE_UNAVAILABLE"), page, LOST, PROBE, TAMPERED, UNSIGNED, OTHER_BODY] {
        let played = issued(&[wrong, NOT_THERE, accepted]);
        assert_eq!(played.calls(), ["issue", "query", "issue"]);
        assert!(played.waits.len() == 1 && (1000..=1125).contains(&played.waits[0]), "{:?}", played.waits);
        assert_eq!(body(&played.sent[0]), body(&played.sent[2]));
        assert_eq!(body(&played.sent[2])["fapiao_information"][0]["fapiao_id"], "f1");
        assert_eq!(played.outcome.decision, Decision::DONE);
        assert_eq!(played.outcome.in_doubt, None);
    }
}

#[test]
fn a_lost_issue_that_is_there_is_accepted_without_a_second_one() {
    for doubtful in [LOST, BUSY, PROBE, TAMPERED, OTHER_BODY] {
        let played = issued(&[doubtful, THERE]);
        assert_eq!(played.calls(), ["issue", "query"]);
        assert!(played.outcome.result.is_ok() && played.outcome.decision == Decision::DONE);
        assert_eq!(played.outcome.clock_offset(), Some(-1), "the query's answer was verified");
    }
}

#[test]
fn the_query_goes_where_the_request_went_and_names_application_and_invoice() {
    let played = issued(&[NOT_SENT, LOST, THERE]);
    assert_eq!(played.trail(), [("issue", Main), ("issue", Backup), ("query", Backup)]);
    let uri = played.sent[2].request.uri();
    assert!(uri.path().ends_with("/fapiao-applications/4200"), "{uri}");
    assert_eq!(uri.query(), Some("fapiao_id=f1"));
    assert!(played.sent[2].request.body().is_empty());
}

#[test]
fn an_invoice_that_failed_after_it_was_taken_was_taken() {
    let played = issued(&[LOST, |now| invoice(now, "f1", "ISSUE_FAILED")]);
    assert!(played.outcome.result.is_ok(), "as the 202 would have said; the invoice's own fate comes later");
}

#[test]
fn an_answer_without_the_invoice_is_not_that_invoice() {
    let played = issued(&[LOST, NOTHING, accepted]);
    assert_eq!(played.calls(), ["issue", "query", "issue"]);
    // An answer about another id than the one asked for is none.
    let other = issued(&[LOST, ELSEWHERE, THERE]);
    assert_eq!(other.calls(), ["issue", "query", "query"]);
    assert!(other.outcome.result.is_ok());
    let unreadable: Met = |now| signed(now, 200, "[]");
    // Verified, but the answer of another call: it shows nothing of this one, so it is not "not there" either.
    let stray: Met = |now| signed(now, 200, r#"{"title_url":"https://example.com/"}"#);
    let never = issued(&[LOST, unreadable, stray, stray]);
    assert_eq!(never.failed(), (Code::SendLost, OPEN(Resend::OtherHost)));
    let bare: Met = |now| signed(now, 200, r#"{"total_count":0}"#);
    assert_eq!(issued(&[LOST, bare, accepted]).calls(), ["issue", "query", "issue"]);
}

#[test]
fn not_there_is_never_a_no_before_late_requests_can_no_longer_arrive() {
    let script = [LOST, NOT_THERE, LOST, NOT_THERE, LOST, NOT_THERE, LOST];
    let played = issued(&script);
    assert_eq!(played.failed(), (Code::SendLost, OPEN(Resend::OtherHost)));
    let waits: Vec<_> = played.waits.iter().map(|wait| wait / 1000).collect();
    assert_eq!(waits, [1, 2, 4]);
    assert!(played.waits.iter().sum::<u64>() <= 8_000);
    let last_send = NOW + 6 + 8;
    let ask_after = played.outcome.decision.ask_after.unwrap();
    assert!((last_send + 355..=last_send + 365).contains(&ask_after), "{ask_after} after {last_send}");
}

#[test]
fn already_there_is_asked_about_at_once_and_is_never_an_end() {
    for script in [&[EXISTS, THERE][..], &[LOST, NOT_THERE, EXISTS, THERE]] {
        let played = issued(script);
        assert!(played.outcome.result.is_ok() && played.outcome.decision == Decision::DONE);
    }
    assert!(issued(&[EXISTS, THERE]).waits.is_empty(), "what it speaks of arrived before");
    let contradicted = issued(&[EXISTS, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE]);
    assert_eq!(contradicted.failed(), (Code::RemoteApi, OPEN(Resend::No)));
    assert_eq!(contradicted.calls(), ["issue", "query", "query", "query", "query"], "and nothing is sent again");
}

#[test]
fn a_refusal_after_a_doubt_is_asked_about_and_never_counts_by_itself() {
    let taken = issued(&[LOST, NOT_THERE, INVALID, THERE]);
    assert!(taken.outcome.result.is_ok(), "refused since the first one had used up the order");
    let open = issued(&[LOST, NOT_THERE, INVALID, NOT_THERE, NOT_THERE]);
    assert_eq!(open.failed(), (Code::RemoteApi, OPEN(Resend::No)));
    let outright = issued(&[INVALID]);
    assert_eq!(outright.failed(), (Code::RemoteApi, decision(No, Resend::No, None)));
    assert_eq!(outright.outcome.in_doubt, None);
}

#[test]
fn only_the_gateways_own_pairs_with_a_request_id_are_refusals() {
    for (status, code) in [
        (400, "PARAM_ERROR"),
        (400, "INVALID_REQUEST"),
        (401, "SIGN_ERROR"),
        (403, "NO_AUTH"),
        (404, "RESOURCE_NOT_EXISTS"),
        (404, "NOT_FOUND"),
    ] {
        assert_eq!(heard_of(refused(status, code)), No, "{status} {code}");
        let bare = Response::builder().status(status).body(format!(r#"{{"code":"{code}"}}"#).into_bytes()).unwrap();
        assert_eq!(heard_of(answered(bare)), Unknown, "{status} {code} without a Request-ID");
    }
    for (status, code) in [(400, "SYSTEM_ERROR"), (409, "CONFLICT"), (401, "NO_AUTH"), (500, "PARAM_ERROR"), (501, "X")]
    {
        assert_eq!(heard_of(refused(status, code)), Unknown, "{status} {code}");
    }
}

/// The effect that the first answer alone proves.
fn heard_of(answer: NeedResult) -> Effect {
    first_of(direct().flow(issue()).unwrap(), answer)
}

fn first_of(mut flow: Flow<crate::Accepted>, answer: NeedResult) -> Effect {
    flow.once();
    let id = needs(&mut flow, NOW).first().unwrap().id;
    flow.give(id, answer).unwrap();
    let Step::Done(outcome) = flow.step(&moment(NOW, 1)).unwrap() else { panic!("not over") };
    outcome.decision.effect
}

#[test]
fn of_a_client_that_repeats_by_itself_fewer_answers_are_proof() {
    let repeating = || {
        let mut flow = direct().flow(issue()).unwrap();
        flow.client_repeats();
        flow
    };
    for proof in [refused(400, "PARAM_ERROR"), refused(403, "NO_AUTH")] {
        assert_eq!(first_of(repeating(), proof), No);
    }
    for none in [
        NeedResult::NotSent,
        refused(401, "SIGN_ERROR"),
        refused(400, "INVALID_REQUEST"),
        refused(404, "NOT_FOUND"),
        refused(429, "FREQUENCY_LIMITED"),
    ] {
        assert_eq!(first_of(repeating(), none), Unknown);
    }
}

#[test]
fn an_answer_that_cannot_be_verified_leaves_it_unknown_and_asks() {
    for (wrong, code) in [
        (STALE, Code::VerifyClock),
        (UNSIGNED, Code::VerifyHeaderMissing),
        (STRANGER, Code::VerifyUnknownSerial),
        (PROBE, Code::VerifyProbe),
        (TAMPERED, Code::VerifySignature),
        (OTHER_BODY, Code::VerifyOtherAnswer),
    ] {
        let played = issued(&[wrong, INVALID]);
        assert_eq!(played.calls(), ["issue", "query"]);
        let (error, open) = played.failed();
        assert_eq!((error, open.effect, open.first), (code, Unknown, Some("query")));
        let first = played.outcome.attempts[0].decision.unwrap();
        assert_eq!((first.effect, first.first), (Unknown, Some("query")));
    }
}

#[test]
fn a_query_that_fails_in_passing_is_repeated_up_to_its_limit() {
    let played = issued(&[LOST, BUSY, PROBE, THERE]);
    assert_eq!(played.calls(), ["issue", "query", "query", "query"]);
    assert!(played.outcome.result.is_ok());
    let never = issued(&[PROBE, BUSY, LOST, LIMITED]);
    assert_eq!(never.failed(), (Code::VerifyProbe, OPEN(Resend::Now)), "the first error");
    assert_eq!(never.waits.len(), 3);
}

#[test]
fn a_query_answered_with_what_no_key_decrypts_still_tells() {
    // The phone in `THERE` decrypts with no key; with keys elsewhere nobody is asked to try.
    let played = play_with(elsewhere().flow(issue()).unwrap(), &[LOST, THERE], keys::operate);
    assert!(played.outcome.result.is_ok());
}

#[test]
fn an_empty_answer_that_another_request_had_is_not_believed() {
    let seen = crate::SeenAnswers::new();
    let kept = signed_by(ID, NOW, 202, "");
    let ends = [0_u8, 1].map(|count| {
        let mut flow = direct().flow(issue()).unwrap();
        flow.remember_in(&seen);
        flow.once();
        let Step::Need(needs) = flow.step(&moment(NOW, count)).unwrap() else { panic!("over") };
        flow.give(needs[0].id, answered(kept.clone())).unwrap();
        let Step::Done(outcome) = flow.step(&moment(NOW, 9)).unwrap() else { panic!("not over") };
        (outcome.result.err().map(|error| error.code()), outcome.decision.effect)
    });
    assert_eq!(ends, [(None, Effect::Yes), (Some(Code::VerifyReplayed), Unknown)]);
}

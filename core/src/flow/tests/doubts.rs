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

#[test]
fn a_gateway_error_asks_before_the_same_ids_go_out_again() {
    let page: Met = |_| answered(Response::builder().status(503).body(b"<html>".to_vec()).unwrap());
    for wrong in [BUSY, |_| refused(502, "SERVICE_UNAVAILABLE"), page] {
        let played = issued(&[wrong, NOT_THERE, accepted]);
        assert_eq!(played.calls(), ["issue", "query", "issue"]);
        assert_eq!(played.waits.len(), 1, "what is overloaded is given time");
        assert_eq!(body(&played.sent[0]), body(&played.sent[2]));
        assert_eq!(body(&played.sent[2])["fapiao_information"][0]["fapiao_id"], "f1");
        assert_eq!(played.outcome.decision, Decision::DONE);
    }
}

#[test]
fn a_lost_issue_that_is_there_is_accepted_without_a_second_one() {
    for doubtful in [LOST, BUSY, PROBE, TAMPERED] {
        let played = issued(&[doubtful, THERE]);
        assert_eq!(played.calls(), ["issue", "query"]);
        assert!(played.outcome.result.is_ok() && played.outcome.decision == Decision::DONE);
        assert_eq!(played.outcome.clock_offset(), Some(-1), "the query's answer was verified");
    }
}

#[test]
fn the_query_names_the_application_and_the_invoice() {
    let played = issued(&[LOST, THERE]);
    let uri = played.sent[1].request.uri();
    assert!(uri.path().ends_with("/fapiao-applications/4200"), "{uri}");
    assert_eq!(uri.query(), Some("fapiao_id=f1"));
    assert!(played.sent[1].request.body().is_empty());
}

#[test]
fn an_invoice_that_failed_after_it_was_taken_was_taken() {
    let played = issued(&[LOST, |now| invoice(now, "f1", "ISSUE_FAILED")]);
    assert!(played.outcome.result.is_ok(), "as the 202 would have said; the invoice's own fate comes later");
}

#[test]
fn an_answer_without_the_invoice_is_not_that_invoice() {
    for other in [NOTHING, ELSEWHERE] {
        let played = issued(&[LOST, other, accepted]);
        assert_eq!(played.calls(), ["issue", "query", "issue"]);
        assert!(played.outcome.result.is_ok());
    }
    let unreadable = issued(&[LOST, |now| signed(now, 200, "[]")]);
    assert_eq!(unreadable.failed(), (Code::SendLost, decision(Unknown, Resend::No, Some("query"))));
}

#[test]
fn a_lost_issue_is_asked_about_and_sent_again_where_answers_come_from() {
    let played = issued(&[LOST, NOT_THERE, accepted]);
    assert_eq!(played.trail(), [("issue", Main), ("query", Backup), ("issue", Backup)]);
}

#[test]
fn already_there_after_a_doubt_is_asked_about() {
    // The first one arrived after the query had answered.
    let played = issued(&[LOST, NOT_THERE, EXISTS, THERE]);
    assert_eq!(played.calls(), ["issue", "query", "issue", "query"]);
    assert!(played.outcome.result.is_ok() && played.outcome.decision == Decision::DONE);
    let contradicted = issued(&[LOST, NOT_THERE, EXISTS, NOT_THERE]);
    assert_eq!(contradicted.failed(), (Code::RemoteApi, decision(Unknown, Resend::No, Some("query"))));
}

#[test]
fn already_there_on_a_first_send_is_an_error_without_effect() {
    let played = issued(&[EXISTS]);
    assert_eq!(played.failed(), (Code::RemoteApi, decision(No, Resend::No, Some("query"))));
}

#[test]
fn a_refusal_after_a_doubt_is_asked_about_before_it_counts() {
    let taken = issued(&[LOST, NOT_THERE, INVALID, THERE]);
    assert!(taken.outcome.result.is_ok(), "refused since the first one had used up the order");
    let refused = issued(&[LOST, NOT_THERE, INVALID, NOT_THERE]);
    assert_eq!(refused.failed(), (Code::RemoteApi, decision(No, Resend::No, None)));
    let open = issued(&[LOST, NOT_THERE, INVALID, INVALID]);
    assert_eq!(open.failed(), (Code::RemoteApi, decision(Unknown, Resend::No, Some("query"))));
    let outright = issued(&[INVALID]);
    assert_eq!(outright.failed(), (Code::RemoteApi, decision(No, Resend::No, None)));
}

#[test]
fn an_answer_that_cannot_be_verified_leaves_it_unknown_and_asks() {
    for (wrong, code) in [
        (STALE, Code::VerifyClock),
        (UNSIGNED, Code::VerifyHeaderMissing),
        (STRANGER, Code::VerifyUnknownSerial),
        (PROBE, Code::VerifyProbe),
        (TAMPERED, Code::VerifySignature),
    ] {
        let played = issued(&[wrong, INVALID]);
        assert_eq!(played.calls(), ["issue", "query"]);
        assert_eq!(played.failed(), (code, decision(Unknown, Resend::No, Some("query"))));
        let first = played.outcome.attempts[0].decision.unwrap();
        assert_eq!((first.effect, first.first), (Unknown, Some("query")));
    }
}

#[test]
fn a_query_that_fails_in_passing_is_repeated_up_to_its_limit() {
    let played = issued(&[LOST, BUSY, LIMITED, PROBE, THERE]);
    assert_eq!(played.calls(), ["issue", "query", "query", "query", "query"]);
    assert!(played.outcome.result.is_ok());
    let never = issued(&[PROBE, BUSY, LOST, LIMITED, BUSY]);
    assert_eq!(never.failed(), (Code::VerifyProbe, decision(Unknown, Resend::No, Some("query"))), "the first error");
    assert_eq!(never.waits.len(), 2);
}

#[test]
fn a_query_answered_with_what_no_key_opens_still_tells() {
    // The phone in `THERE` opens with no key; with keys elsewhere nobody is asked to try.
    let played = play_with(elsewhere().flow(issue()).unwrap(), &[LOST, THERE], keys::operate);
    assert!(played.outcome.result.is_ok());
}

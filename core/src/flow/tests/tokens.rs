//! An account without a token: it is looked up, fetched by one, kept for all, and fetched once more where the gateway refuses it.

use super::resumed::Kept;
use super::*;
use crate::Account;
use crate::account::{GetPdf, GetPdfAnswer};
use std::cell::RefCell;

pub(super) fn account() -> Account {
    Account::new("wx1").unwrap().with_secret("0123456789abcdef0123456789abcdef")
}

fn flow() -> Flow<GetPdfAnswer> {
    let mut flow = account().flow(GetPdf { s_media_id: "1".into() }).unwrap();
    flow.keep_tokens();
    flow
}

pub(super) fn json(body: &str) -> NeedResult {
    answered(Response::builder().status(200).body(body.as_bytes().to_vec()).unwrap())
}

pub(super) const LINK: Met =
    |_| json(r#"{"errcode":0,"errmsg":"ok","pdf_url":"https://mp.weixin.qq.com/a","pdf_url_expire_time":7200}"#);
pub(super) const FIRST: Met = |_| json(r#"{"access_token":"T1","expires_in":7200}"#);
const SECOND: Met = |_| json(r#"{"access_token":"T2","expires_in":7200}"#);
const REFUSED: Met = |_| json(r#"{"errcode":40001,"errmsg":"invalid credential"}"#);
const WRONG_SECRET: Met = |_| json(r#"{"errcode":40125,"errmsg":"invalid appsecret"}"#);
const SYSTEM_BUSY: Met = |_| json(r#"{"errcode":-1,"errmsg":"system error"}"#);

fn play_over(store: &RefCell<Kept>, now: i64, script: &[Met]) -> Played<GetPdfAnswer> {
    play_from(flow(), now, script, |kind| store.borrow_mut().operate(kind))
}

pub(super) fn token_of(sent: &Sent) -> String {
    let query = sent.request.uri().query().unwrap_or_default().to_owned();
    query.strip_prefix("access_token=").unwrap_or("none").to_owned()
}

#[test]
fn a_token_is_fetched_once_and_kept_for_all() {
    let store = RefCell::new(Kept::default());
    let first = play_over(&store, NOW, &[FIRST, LINK]);
    assert_eq!(first.calls(), ["stable_token", "get_pdf"]);
    assert!(first.outcome.result.is_ok() && first.outcome.warnings.is_empty());
    assert_eq!(token_of(&first.sent[1]), "T1");
    assert!(first.outcome.attempts.iter().all(|attempt| attempt.decision == Some(Decision::DONE)));
    let later = play_over(&store, NOW + 6800, &[LINK]);
    assert_eq!((later.calls(), token_of(&later.sent[0])), (vec!["get_pdf"], "T1".to_owned()));
    let last = play_over(&store, NOW + 6910, &[SECOND, LINK]);
    assert_eq!((last.calls(), token_of(&last.sent[1])), (vec!["stable_token", "get_pdf"], "T2".to_owned()));
}

#[test]
fn while_one_fetches_the_others_go_on_with_the_old_token() {
    let store = RefCell::new(Kept::default());
    play_over(&store, NOW, &[FIRST, LINK]);
    // One worker takes the lease, and is slow.
    let mut slow = flow();
    for _ in 0..2 {
        let need = needs(&mut slow, NOW + 7000).remove(0);
        let given = store.borrow_mut().operate(&need.kind);
        slow.give(need.id, given).unwrap();
    }
    assert!(matches!(needs(&mut slow, NOW + 7000)[0].kind, NeedKind::Send { .. }));
    let other = play_over(&store, NOW + 7001, &[LINK]);
    assert_eq!(token_of(&other.sent[0]), "T1");
    assert!(other.waits.is_empty());
    // Once its lease is over, another one fetches.
    let third = play_over(&store, NOW + 7011, &[SECOND, LINK]);
    assert_eq!(token_of(&third.sent[1]), "T2");
}

#[test]
fn without_an_old_token_the_others_wait_until_the_lease_is_over() {
    let store = RefCell::new(Kept::default());
    let mut dead = flow();
    for _ in 0..2 {
        let need = needs(&mut dead, NOW).remove(0);
        let given = store.borrow_mut().operate(&need.kind);
        dead.give(need.id, given).unwrap();
    }
    let waiting = play_over(&store, NOW, &[FIRST, LINK]);
    assert!(waiting.waits.len() > 2, "{:?}", waiting.waits);
    assert!(waiting.outcome.result.is_ok());
}

#[test]
fn a_refused_token_is_replaced_once() {
    let store = RefCell::new(Kept::default());
    let played = play_over(&store, NOW, &[FIRST, REFUSED, SECOND, LINK]);
    assert_eq!(played.calls(), ["stable_token", "get_pdf", "stable_token", "get_pdf"]);
    assert!(played.outcome.result.is_ok());
    let store = RefCell::new(Kept::default());
    let played = play_over(&store, NOW, &[FIRST, REFUSED, SECOND, REFUSED]);
    let error = played.outcome.result.err().unwrap();
    assert_eq!(error.remote().unwrap().code.as_deref(), Some("40001"));
    assert_eq!(played.outcome.decision.effect, Effect::No);
}

#[test]
fn a_token_that_another_worker_replaced_is_taken_from_the_store() {
    let store = RefCell::new(Kept::default());
    play_over(&store, NOW, &[FIRST, LINK]);
    let mut old = flow();
    let need = needs(&mut old, NOW + 1).remove(0);
    let given = store.borrow_mut().operate(&need.kind);
    old.give(need.id, given).unwrap();
    let send = needs(&mut old, NOW + 1).remove(0);
    // Meanwhile the token was voided, and another worker fetched the next one.
    play_over(&store, NOW + 1, &[REFUSED, SECOND, LINK]);
    old.give(send.id, REFUSED(NOW + 2)).unwrap();
    let played = play_from(old, NOW + 2, &[LINK], |kind| store.borrow_mut().operate(kind));
    assert_eq!(token_of(&played.sent[0]), "T2");
}

#[test]
fn what_the_token_call_is_refused_with_is_what_the_call_ends_with() {
    let store = RefCell::new(Kept::default());
    let played = play_over(&store, NOW, &[WRONG_SECRET]);
    let error = played.outcome.result.err().unwrap();
    assert_eq!(error.remote().unwrap().code.as_deref(), Some("40125"));
    assert_eq!(error.details(), [("token_call", "stable_token".to_owned())]);
    assert_eq!(played.outcome.decision.effect, Effect::No);
    // The lease was given back: the next one need not wait.
    assert!(play_over(&store, NOW + 1, &[FIRST, LINK]).waits.is_empty());
}

#[test]
fn a_gateway_that_is_busy_or_away_is_asked_again() {
    let store = RefCell::new(Kept::default());
    let played = play_over(&store, NOW, &[SYSTEM_BUSY, NOT_SENT, FIRST, LINK]);
    assert!(played.outcome.result.is_ok());
    let hosts: Vec<_> = played.sent.iter().map(|sent| sent.host).collect();
    assert_eq!(hosts, [Host::Main, Host::Main, Host::Backup, Host::Main]);
    let played = play_over(&RefCell::new(Kept::default()), NOW, &[LOST, LOST, LOST]);
    assert_eq!(played.outcome.result.err().unwrap().code(), Code::SendLost);
    assert_eq!(played.outcome.decision.effect, Effect::No, "the call itself was never sent");
}

#[test]
fn a_store_that_is_down_or_holds_garbage_costs_a_request_not_the_call() {
    let down = play_from(flow(), NOW, &[FIRST, LINK], |_| NeedResult::Failed);
    assert!(down.outcome.result.is_ok());
    assert_eq!(down.outcome.warnings.first().map(|warning| warning.field.as_str()), Some("store"));
    for garbage in
        ["", "{", "null", "{\"token\":9}", "{\"token\":1,\"value\":7,\"expires_at\":99999999999,\"leased_until\":0}"]
    {
        let store = RefCell::new(Kept::default());
        store.borrow_mut().text = Some(garbage.to_owned());
        let played = play_over(&store, NOW, &[FIRST, LINK]);
        assert!(played.outcome.result.is_ok(), "{garbage}");
        assert_eq!(token_of(&played.sent[1]), "T1");
    }
}

#[test]
fn no_token_shows_in_needs_errors_or_attempts() {
    let store = RefCell::new(Kept::default());
    let played = play_from(flow(), NOW, &[FIRST, REFUSED, SECOND, REFUSED], |kind| {
        assert!(!format!("{kind:?}").contains("T1"), "{kind:?}");
        store.borrow_mut().operate(kind)
    });
    let told = format!("{:?} {:?}", played.outcome.result.err(), played.outcome.attempts);
    assert!(!told.contains("T1") && !told.contains("T2") && !told.contains("0123456789abcdef"), "{told}");
}

#[test]
fn a_request_is_never_made_without_its_token() {
    let mut flow = account().flow(GetPdf { s_media_id: "1".into() }).unwrap();
    let Step::Done(outcome) = flow.step(&moment(NOW, 0)).unwrap() else { panic!("it goes on") };
    assert_eq!(outcome.result.err().unwrap().code(), Code::InputAccessToken);
    let pending = account().prepare(GetPdf { s_media_id: "1".into() }, moment(NOW, 0));
    assert_eq!(pending.err().unwrap().code(), Code::InputAccessToken);
}

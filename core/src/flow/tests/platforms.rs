//! Third-party platforms: the ticket that was pushed, the platform's token, and those of the accounts that authorised it.

use super::tokens::{FIRST, LINK, account, json, token_of};
use super::*;
use crate::Component;
use crate::account::{GetAuthUrl, GetPdf, GetPdfAnswer, PreauthCode, QueryAuth};
use crate::flow::token::ticket;
use crate::secret::Secret;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A store with more than one place.
#[derive(Default)]
struct Places(BTreeMap<String, (String, u32)>);

impl Places {
    fn with_ticket(pushed_at: i64) -> RefCell<Self> {
        let mut places = Self::default();
        places.0.insert(ticket::key("wxc"), (ticket::text(&Secret::new("ticket"), pushed_at), 1));
        RefCell::new(places)
    }

    fn operate(&mut self, kind: &NeedKind) -> NeedResult {
        match kind {
            NeedKind::Load { key } => {
                let kept = self.0.get(key).cloned();
                let version = kept.as_ref().map(|(_, version)| version.to_string());
                NeedResult::Loaded { text: kept.map(|(text, _)| text), version }
            }
            NeedKind::Store { key, text, version } => {
                let there = self.0.get(key).map(|(_, version)| *version);
                if *version != there.map(|version| version.to_string()) {
                    return NeedResult::LostRace;
                }
                let next = there.unwrap_or_default() + 1;
                self.0.insert(key.clone(), (text.clone(), next));
                NeedResult::Stored { version: next.to_string() }
            }
            other => panic!("{other:?}"),
        }
    }
}

fn platform() -> Component {
    Component::new("wxc", "0123456789abcdef0123456789abcdef").unwrap()
}

fn run<A: Reply>(store: &RefCell<Places>, mut flow: Flow<A>, now: i64, script: &[Met]) -> Played<A> {
    flow.keep_tokens();
    play_from(flow, now, script, |kind| store.borrow_mut().operate(kind))
}

fn pdf(store: &RefCell<Places>, now: i64, script: &[Met]) -> Played<GetPdfAnswer> {
    let flow = platform().account("wx1").unwrap().flow(GetPdf { s_media_id: "1".into() }).unwrap();
    run(store, flow, now, script)
}

const COMPONENT: Met = |_| json(r#"{"component_access_token":"C1","expires_in":7200}"#);
const CODE: Met = |_| json(r#"{"pre_auth_code":"p","expires_in":1800}"#);
const AUTHORIZED: Met = |_| {
    json(
        r#"{"authorization_info":{"authorizer_appid":"wx1","authorizer_access_token":"A1","expires_in":7200,"authorizer_refresh_token":"R1","func_info":[]}}"#,
    )
};
const NEXT: Met = |_| json(r#"{"authorizer_access_token":"A2","expires_in":7200,"authorizer_refresh_token":"R2"}"#);
const THIRD: Met = |_| json(r#"{"authorizer_access_token":"A3","expires_in":7200,"authorizer_refresh_token":"R3"}"#);

fn authorize(store: &RefCell<Places>, now: i64, script: &[Met]) -> Played<crate::account::QueryAuthAnswer> {
    let flow = platform().flow(QueryAuth { authorization_code: "code".into() }).unwrap();
    run(store, flow, now, script)
}

fn sent_json(sent: &Sent) -> serde_json::Value {
    serde_json::from_slice(sent.request.body()).unwrap()
}

#[test]
fn the_platforms_token_is_got_with_the_ticket_that_was_pushed() {
    let store = Places::with_ticket(NOW - 3600);
    let played = run(&store, platform().flow(PreauthCode {}).unwrap(), NOW, &[COMPONENT, CODE]);
    assert!(played.outcome.result.is_ok(), "{:?}", played.outcome.result.err());
    assert_eq!(played.calls(), ["component_token", "preauth_code"]);
    assert_eq!(sent_json(&played.sent[0])["component_verify_ticket"], "ticket");
    assert_eq!(played.sent[1].request.uri().query(), Some("component_access_token=C1"));
}

#[test]
fn without_a_ticket_or_with_an_old_one_nothing_is_sent() {
    for store in [RefCell::new(Places::default()), Places::with_ticket(NOW - 43_200)] {
        let played = run(&store, platform().flow(PreauthCode {}).unwrap(), NOW, &[]);
        assert_eq!(played.outcome.result.err().unwrap().code(), Code::SendTicket);
        assert_eq!(played.outcome.decision.effect, Effect::No);
    }
}

#[test]
fn an_authorisation_is_kept_and_its_refresh_tokens_rotate() {
    let store = Places::with_ticket(NOW);
    assert!(authorize(&store, NOW, &[COMPONENT, AUTHORIZED]).outcome.result.is_ok());
    let first = pdf(&store, NOW + 1, &[LINK]);
    assert_eq!(token_of(&first.sent[0]), "A1");
    let second = pdf(&store, NOW + 7000, &[COMPONENT, NEXT, LINK]);
    assert_eq!(second.calls(), ["component_token", "authorizer_token", "get_pdf"]);
    assert_eq!(sent_json(&second.sent[1])["authorizer_refresh_token"], "R1");
    assert_eq!(token_of(&second.sent[2]), "A2");
    let third = pdf(&store, NOW + 14_000, &[COMPONENT, THIRD, LINK]);
    assert_eq!(sent_json(&third.sent[1])["authorizer_refresh_token"], "R2", "the one before is never used again");
    assert!(store.borrow().0.values().any(|(text, _)| text.contains("R3")));
}

#[test]
fn a_platforms_token_that_is_refused_is_replaced_once() {
    const REFUSED: Met = |_| json(r#"{"errcode":42001,"errmsg":"component_access_token expired"}"#);
    const OTHER: Met = |_| json(r#"{"component_access_token":"C2","expires_in":7200}"#);
    let store = Places::with_ticket(NOW);
    authorize(&store, NOW, &[COMPONENT, AUTHORIZED]);
    let played = pdf(&store, NOW + 7000, &[COMPONENT, REFUSED, OTHER, NEXT, LINK]);
    assert_eq!(
        played.calls(),
        ["component_token", "authorizer_token", "component_token", "authorizer_token", "get_pdf"]
    );
    assert_eq!(played.sent[3].request.uri().query(), Some("component_access_token=C2"));
    assert_eq!(sent_json(&played.sent[3])["authorizer_refresh_token"], "R1", "the refusal used nothing up");
    assert_eq!(token_of(&played.sent[4]), "A2");
    assert!(store.borrow().0.values().any(|(text, _)| text.contains("C2")));

    let store = Places::with_ticket(NOW);
    authorize(&store, NOW, &[COMPONENT, AUTHORIZED]);
    let played = pdf(&store, NOW + 7000, &[COMPONENT, REFUSED, OTHER, REFUSED]);
    let error = played.outcome.result.err().unwrap();
    assert_eq!(error.remote().unwrap().code.as_deref(), Some("42001"));
    assert_eq!(played.outcome.decision.effect, Effect::No);
}

#[test]
fn an_account_that_did_not_authorise_is_told_so() {
    let played = pdf(&Places::with_ticket(NOW), NOW, &[]);
    assert_eq!(played.outcome.result.err().unwrap().code(), Code::SendAuthorization);
    assert_eq!(played.outcome.decision.effect, Effect::No);
}

#[test]
fn a_new_refresh_token_is_kept_even_where_somebody_else_wrote_meanwhile() {
    let store = Places::with_ticket(NOW);
    authorize(&store, NOW, &[COMPONENT, AUTHORIZED]);
    let mut flow = platform().account("wx1").unwrap().flow(GetPdf { s_media_id: "1".into() }).unwrap();
    flow.keep_tokens();
    let raced = std::cell::Cell::new(false);
    let played = play_from(flow, NOW + 7000, &[COMPONENT, NEXT, LINK], |kind| {
        if let NeedKind::Store { key, text, .. } = kind
            && text.contains("R2")
            && !raced.replace(true)
        {
            store.borrow_mut().0.get_mut(key).unwrap().1 += 1;
            return NeedResult::LostRace;
        }
        store.borrow_mut().operate(kind)
    });
    assert!(raced.get() && played.outcome.result.is_ok());
    assert!(store.borrow().0.values().any(|(text, _)| text.contains("R2")));
}

#[test]
fn an_authorisation_that_could_not_be_kept_is_told() {
    let store = Places::with_ticket(NOW);
    let mut flow = platform().flow(QueryAuth { authorization_code: "code".into() }).unwrap();
    flow.keep_tokens();
    let played = play_from(flow, NOW, &[COMPONENT, AUTHORIZED], |kind| match kind {
        NeedKind::Store { text, .. } if text.contains("R1") => NeedResult::Failed,
        kind => store.borrow_mut().operate(kind),
    });
    let answer = played.outcome.result.unwrap();
    assert_eq!(answer.authorization_info.authorizer_refresh_token.reveal(), "R1");
    assert!(played.outcome.warnings.iter().any(|warning| warning.message.contains("authorizer_refresh_token")));
}

#[test]
fn a_ticket_for_links_is_got_with_the_token_and_kept() {
    const TICKET: Met = |_| json(r#"{"errcode":0,"errmsg":"ok","ticket":"t1","expires_in":7200}"#);
    const URL: Met = |_| json(r#"{"errcode":0,"errmsg":"ok","auth_url":"https://mp.weixin.qq.com/x"}"#);
    let link = || GetAuthUrl {
        s_pappid: "p".into(),
        order_id: "o".into(),
        money: 1.into(),
        timestamp: NOW,
        source: "web".into(),
        r#type: 1,
        ..GetAuthUrl::default()
    };
    let store = RefCell::new(Places::default());
    let played = run(&store, account().flow(link()).unwrap(), NOW, &[FIRST, TICKET, URL]);
    assert!(played.outcome.result.is_ok(), "{:?}", played.outcome.result.err());
    assert_eq!(played.calls(), ["stable_token", "get_ticket", "get_auth_url"]);
    assert_eq!(sent_json(&played.sent[2])["ticket"], "t1");
    let again = run(&store, account().flow(link()).unwrap(), NOW + 10, &[URL]);
    assert_eq!(sent_json(&again.sent[0])["ticket"], "t1");
    let store = RefCell::new(Places::default());
    let refused = |_| json(r#"{"errcode":40001,"errmsg":"invalid credential"}"#);
    let second = |_| json(r#"{"access_token":"T2","expires_in":7200}"#);
    let script: &[Met] = &[FIRST, refused, second, TICKET, URL];
    let renewed = run(&store, account().flow(link()).unwrap(), NOW, script);
    assert_eq!(renewed.calls(), ["stable_token", "get_ticket", "stable_token", "get_ticket", "get_auth_url"]);
    assert!(renewed.outcome.result.is_ok(), "{:?}", renewed.outcome.result.err());
    assert_eq!(token_of(&renewed.sent[4]), "T2");
    let own =
        run(&store, account().flow(GetAuthUrl { ticket: Some("own".into()), ..link() }).unwrap(), NOW + 10, &[URL]);
    assert_eq!(sent_json(&own.sent[0])["ticket"], "own");
}

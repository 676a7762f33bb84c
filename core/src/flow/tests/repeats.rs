//! What is sent again, where, and after which wait.

use super::*;
use crate::Account;
use crate::account::{DownloadPdf, GetPdf, StableToken};
use Host::{Backup, Main};

fn account() -> Account {
    Account::new("wx5157f09efdc09600").unwrap().with_secret("s").with_access_token("t")
}

fn errcode(code: &str) -> NeedResult {
    answered(Response::new(format!(r#"{{"errcode":{code},"errmsg":"m"}}"#).into_bytes()))
}

const TOKEN: Met = |_| answered(Response::new(br#"{"access_token":"t","expires_in":7200}"#.to_vec()));

#[test]
fn too_many_requests_wait_and_go_to_the_same_host_again() {
    let get = play(direct().flow(title_url()).unwrap(), &[LIMITED, TITLE]);
    assert_eq!(get.trail(), [("title_url", Main), ("title_url", Main)]);
    let post = play(direct().flow(issue()).unwrap(), &[LIMITED, accepted]);
    assert_eq!(post.trail(), [("issue", Main), ("issue", Main)]);
    for waits in [get.waits, post.waits] {
        assert!(waits.len() == 1 && (500..=1000).contains(&waits[0]), "{waits:?}");
    }
    assert_eq!(post.outcome.decision, Decision::DONE);
}

#[test]
fn a_lost_get_goes_to_the_backup_host_at_once() {
    let played = play(direct().flow(title_url()).unwrap(), &[LOST, TITLE]);
    assert_eq!(played.trail(), [("title_url", Main), ("title_url", Backup)]);
    assert!(played.waits.is_empty() && played.outcome.result.is_ok());
    let hosts: Vec<_> = played.sent.iter().map(|sent| (sent.host, sent.request.uri().host().unwrap())).collect();
    assert_eq!(hosts, [(Main, "api.mch.weixin.qq.com"), (Backup, "api2.mch.weixin.qq.com")]);
}

#[test]
fn what_was_not_sent_goes_to_the_other_host_whatever_the_call() {
    let get = play(direct().flow(title_url()).unwrap(), &[NOT_SENT, TITLE]);
    assert_eq!(get.trail(), [("title_url", Main), ("title_url", Backup)]);
    let same_ids = play(direct().flow(issue()).unwrap(), &[NOT_SENT, accepted]);
    assert_eq!(same_ids.trail(), [("issue", Main), ("issue", Backup)]);
    let never = play(account().flow(StableToken { force_refresh: Some(true) }).unwrap(), &[NOT_SENT, TOKEN]);
    assert_eq!(never.trail(), [("stable_token", Main), ("stable_token", Backup)]);
    assert_eq!(never.outcome.decision, Decision::DONE);
}

#[test]
fn probes_and_forgeries_of_a_get_are_asked_again_at_once() {
    for wrong in [PROBE, TAMPERED] {
        let played = play(direct().flow(title_url()).unwrap(), &[wrong, TITLE]);
        assert_eq!(played.trail(), [("title_url", Main), ("title_url", Main)]);
        assert!(played.waits.is_empty() && played.outcome.result.is_ok());
        let first = played.outcome.attempts.first().unwrap();
        assert_eq!(first.decision, Some(decision(Effect::No, Resend::Now, None)));
    }
    let always = play(direct().flow(title_url()).unwrap(), &[PROBE; 4]);
    assert_eq!(always.failed().0, Code::VerifyProbe);
}

#[test]
fn what_never_repeats_is_left_unknown_after_a_loss() {
    let forced = || account().flow(StableToken { force_refresh: Some(true) }).unwrap();
    for wrong in [LOST, |_: i64| errcode("-1"), |_: i64| refused(502, "X")] {
        let played = play(forced(), &[wrong]);
        assert_eq!(played.failed().1, decision(Effect::Unknown, Resend::No, None));
    }
    let gentle = play(account().flow(StableToken::default()).unwrap(), &[LOST, TOKEN]);
    assert_eq!(gentle.trail(), [("stable_token", Main), ("stable_token", Backup)]);
}

#[test]
fn what_never_repeats_is_not_sent_in_doubt_even_by_programs_that_decide_for_themselves() {
    let mut flow = account().flow(StableToken { force_refresh: Some(true) }).unwrap();
    flow.assume_in_doubt(NOW);
    flow.once();
    let played = play(flow, &[]);
    assert_eq!(played.failed(), (Code::SendLost, decision(Effect::Unknown, Resend::No, None)));
}

#[test]
fn an_account_answer_that_is_not_what_was_asked_for_proves_nothing() {
    let own: Met = |_| answered(Response::new(br#"{"error":"denied"}"#.to_vec()));
    let forced = play(account().flow(StableToken { force_refresh: Some(true) }).unwrap(), &[own]);
    assert_eq!(forced.failed(), (Code::ParseMissing, decision(Effect::Unknown, Resend::No, None)));
    let gentle = play(account().flow(StableToken::default()).unwrap(), &[own]);
    assert_eq!(gentle.failed(), (Code::ParseMissing, decision(Effect::No, Resend::No, None)));
}

#[test]
fn a_bad_token_is_answered_by_stable_token_first() {
    for code in ["40001", "40014", "42001", "\"42001\""] {
        let get = match code {
            "40001" => play(account().flow(GetPdf::new("1")).unwrap(), &[|_| errcode("40001")]),
            "40014" => play(account().flow(GetPdf::new("1")).unwrap(), &[|_| errcode("40014")]),
            "42001" => play(account().flow(GetPdf::new("1")).unwrap(), &[|_| errcode("42001")]),
            _ => play(account().flow(GetPdf::new("1")).unwrap(), &[|_| errcode("\"42001\"")]),
        };
        let wanted = decision(Effect::No, Resend::No, Some("stable_token"));
        assert_eq!(get.failed(), (Code::RemoteErrcode, wanted), "{code}");
    }
    // Of stable_token itself it means a wrong AppSecret.
    let token = play(account().flow(StableToken::default()).unwrap(), &[|_| errcode("40001")]);
    assert_eq!(token.failed().1, decision(Effect::No, Resend::No, None));
}

#[test]
fn a_busy_account_gateway_is_waited_for() {
    let played = play(account().flow(StableToken::default()).unwrap(), &[|_| errcode("-1"), TOKEN]);
    assert_eq!((played.waits.len(), played.trail()), (1, vec![("stable_token", Main); 2]));
    assert!(played.outcome.result.is_ok());
    assert_eq!(played.outcome.clock_offset(), None, "nothing was verified");
}

#[test]
fn a_link_has_one_host_and_its_own_source() {
    let link = || account().flow(DownloadPdf::new("https://mp.weixin.qq.com/a")).unwrap();
    let file: Met = |_| answered(Response::new(b"%PDF-1.7".to_vec()));
    let played = play(link(), &[LOST, NOT_SENT, file]);
    assert_eq!((played.trail(), played.waits.len()), (vec![("download_pdf", Main); 3], 2));
    let page = play(link(), &[|_| answered(Response::new(b"<html>".to_vec()))]);
    assert_eq!(page.failed(), (Code::DownloadNotAFile, decision(Effect::No, Resend::No, Some("get_pdf"))));
}

#[test]
fn sealed_values_stay_and_signatures_are_fresh() {
    let played = play(direct().flow(issue()).unwrap(), &[LIMITED, NOT_SENT, accepted]);
    assert_eq!(played.sent.len(), 3);
    for pair in played.sent.windows(2) {
        assert_eq!(pair[0].request.body(), pair[1].request.body());
        for name in ["nonce_str", "timestamp", "signature"] {
            assert_ne!(authorization(&pair[0], name), authorization(&pair[1], name), "{name}");
        }
    }
    let buyer = &body(&played.sent[0])["buyer_information"];
    let open =
        |name: &str| OWN_OPENS.decrypt(&STANDARD.decode(buyer[name].as_str().unwrap()).unwrap()).unwrap().to_vec();
    assert_eq!((open("phone"), open("email")), (b"13812349876".to_vec(), b"zhang.san@example.com".to_vec()));
}

static OWN_OPENS: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::load(WECHATPAY.as_bytes()).unwrap());

#[test]
fn another_key_on_a_resend_seals_again() {
    // The second platform certificate begins with 2026; a fixed id in the header must name the key that encrypted.
    let certificates: [&[u8]; 2] = [
        include_bytes!("../../../../tests/keys/platform-1.cert.pem"),
        include_bytes!("../../../../tests/keys/platform-2.cert.pem"),
    ];
    let ring = certificates.iter().fold(KeyRing::new(), |ring, pem| ring.certificate(MCHID, pem).unwrap());
    let config = MerchantConfig::new(MCHID, SERIAL).keys(ring).private_key(OWN.clone());
    let mut flow = Direct::new(config).unwrap().flow(issue()).unwrap();
    let mut sent = Vec::new();
    for now in [1_767_225_590, 1_767_225_599, 1_767_225_600] {
        for need in needs(&mut flow, now) {
            let given = match need.kind {
                NeedKind::Send { request, .. } => {
                    sent.push(request);
                    NeedResult::NotSent
                }
                other => panic!("{other:?}"),
            };
            flow.give(need.id, given).unwrap();
        }
    }
    let serial = |index: usize| sent[index].headers().get("Wechatpay-Serial").unwrap().to_str().unwrap().to_owned();
    assert!(serial(0) == serial(1) && serial(1).ends_with('1') && serial(2).ends_with('2'));
    assert!(sent[0].body() == sent[1].body() && sent[1].body() != sent[2].body());
}

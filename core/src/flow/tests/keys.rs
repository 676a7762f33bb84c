//! Keys elsewhere: the same bytes, in the fewest trips, and what a failing key operation means.

use super::*;
use crate::keys::private_key_der;
use rsa::RsaPrivateKey;
use sha2::Digest;

fn merchant() -> RsaPrivateKey {
    RsaPrivateKey::from_pkcs8_der(&private_key_der(MERCHANT).unwrap()).unwrap()
}

/// Somebody who has every key.
pub(super) fn operate(kind: &NeedKind) -> NeedResult {
    let gateway = RsaPrivateKey::from_pkcs8_pem(WECHATPAY).unwrap();
    match kind {
        NeedKind::Sign { serial_no, message } => {
            assert_eq!(serial_no, SERIAL);
            NeedResult::Signed(SigningKey::<Sha256>::new(merchant()).sign(message).to_vec())
        }
        NeedKind::Verify { key_id, message, signature, .. } => {
            assert_eq!(key_id, ID);
            let scheme = rsa::Pkcs1v15Sign::new::<Sha256>();
            let valid = gateway.to_public_key().verify(scheme, &Sha256::digest(message), signature).is_ok();
            NeedResult::Checked(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid })
        }
        // What a ciphertext is matters to the gateway only.
        NeedKind::Encrypt { key_id, plaintext, .. } => {
            assert_eq!(key_id, ID);
            NeedResult::Encrypted(plaintext.reveal().bytes().chain(std::iter::repeat(0)).take(256).collect())
        }
        NeedKind::Decrypt { serial_no, ciphertext } => {
            assert_eq!(serial_no, SERIAL);
            NeedResult::Decrypted(ciphertext.clone())
        }
        other => panic!("{other:?}"),
    }
}

/// One step: its needs answered, and their names.
fn step(flow: &mut Flow<impl Reply>, now: i64, give: impl Fn(&NeedKind) -> NeedResult) -> Vec<String> {
    let answer = |need: &Need| (need.id, give(&need.kind), format!("{:?}", need.kind));
    let answers: Vec<_> = needs(flow, now).iter().map(answer).collect();
    let name = |text: &str| text.split(' ').next().unwrap().to_owned();
    answers.into_iter().map(|(id, given, text)| flow.give(id, given).map(|()| name(&text)).unwrap()).collect()
}

fn sealed_query(now: i64) -> NeedResult {
    invoice(now, "f1", "ISSUED")
}

#[test]
fn every_key_operation_surfaces_and_what_seals_together_comes_together() {
    let mut flow = elsewhere().flow(issue()).unwrap();
    let send = |kind: &NeedKind| if matches!(kind, NeedKind::Send { .. }) { accepted(NOW) } else { operate(kind) };
    let steps: Vec<_> = (0..4).map(|_| step(&mut flow, NOW, send)).collect();
    assert_eq!(steps, [vec!["Encrypt", "Encrypt"], vec!["Sign"], vec!["Send"], vec!["Verify"]]);
    let Step::Done(outcome) = flow.step(&moment(NOW, 9)).unwrap() else { panic!("not over") };
    assert!(outcome.result.is_ok());
}

#[test]
fn sealed_answers_are_opened_elsewhere() {
    let mut flow = elsewhere().flow(query()).unwrap();
    let send = |kind: &NeedKind| if matches!(kind, NeedKind::Send { .. }) { sealed_query(NOW) } else { operate(kind) };
    let steps: Vec<_> = (0..4).map(|_| step(&mut flow, NOW, send)).collect();
    assert_eq!(steps, [["Sign"], ["Send"], ["Verify"], ["Decrypt"]]);
    let Step::Done(outcome) = flow.step(&moment(NOW, 9)).unwrap() else { panic!("not over") };
    let opened = outcome.result.unwrap().fapiao_information.unwrap().remove(0).buyer_information.phone.unwrap();
    assert_eq!(opened.reveal(), "\0\0\0");
}

#[test]
fn ciphertexts_made_elsewhere_are_sealed_once_and_stay() {
    let played = play_with(elsewhere().flow(issue()).unwrap(), &[LIMITED, accepted], |kind| match kind {
        NeedKind::Encrypt { plaintext, .. } => {
            NeedResult::Encrypted(vec![u8::try_from(plaintext.reveal().len()).unwrap(); 256])
        }
        other => operate(other),
    });
    assert_eq!(played.sent[0].request.body(), played.sent[1].request.body());
    let buyer = &body(&played.sent[0])["buyer_information"];
    assert_eq!(buyer["phone"], STANDARD.encode([11; 256]));
    assert_eq!(buyer["email"], STANDARD.encode([21; 256]));
}

#[test]
fn the_same_moment_gives_the_same_signed_bytes_wherever_the_key_is() {
    let here = play(direct().flow(title_url()).unwrap(), &[TITLE]);
    let mut flow = elsewhere().flow(title_url()).unwrap();
    // `play` takes its first step at this moment; later ones must not matter.
    let Step::Need(first) = flow.step(&moment(NOW + 1, 0)).unwrap() else { panic!("over") };
    flow.give(first[0].id, operate(&first[0].kind)).unwrap();
    let second = needs(&mut flow, NOW + 7);
    let NeedKind::Send { request, .. } = &second[0].kind else { panic!("{second:?}") };
    assert_eq!(request.headers(), here.sent[0].request.headers());
    assert_eq!((request.uri(), request.body()), (here.sent[0].request.uri(), here.sent[0].request.body()));
    let NeedKind::Sign { message, .. } = &first[0].kind else { panic!("{first:?}") };
    let [timestamp, nonce] = ["timestamp", "nonce_str"].map(|name| authorization(&here.sent[0], name));
    let target = request.uri().path_and_query().unwrap();
    assert_eq!(String::from_utf8_lossy(message), format!("GET\n{target}\n{timestamp}\n{nonce}\n\n"));
}

#[test]
fn a_key_operation_that_fails_before_the_send_has_no_effect() {
    let nothing = decision(Effect::No, Resend::No, None);
    let flow = || elsewhere().flow(issue()).unwrap();
    let failing = |name: &'static str| {
        move |kind: &NeedKind| {
            let fails = format!("{kind:?}").starts_with(name);
            if fails { NeedResult::Failed } else { operate(kind) }
        }
    };
    let seal = play_with(flow(), &[], failing("Encrypt"));
    assert_eq!(seal.failed(), (Code::SealFailed, nothing));
    let error = seal.outcome.result.unwrap_err();
    assert_eq!(error.message(), "the operation outside failed; its own error tells why");
    let sign = play_with(flow(), &[], failing("Sign"));
    assert_eq!(sign.failed(), (Code::SignFailed, nothing));
    assert!(sign.outcome.attempts.is_empty());
    let short = play_with(flow(), &[], |kind| match kind {
        NeedKind::Sign { .. } => NeedResult::Signed(vec![0; 255]),
        other => operate(other),
    });
    assert_eq!(short.failed(), (Code::SignFailed, nothing));
    let verify = play_with(flow(), &[accepted, INVALID], failing("Verify"));
    assert_eq!(verify.failed(), (Code::VerifySignature, decision(Effect::Unknown, Resend::Now, Some("query"))));
    let open = play_with(elsewhere().flow(query()).unwrap(), &[sealed_query], failing("Decrypt"));
    let [warning] = open.outcome.warnings.as_slice() else { panic!("one") };
    assert!(open.outcome.result.is_ok() && warning.field.ends_with("/phone"), "{warning:?}");
}

#[test]
fn a_signer_that_fails_on_a_resend_leaves_the_attempt_before_as_it_was() {
    let signs = std::cell::Cell::new(0);
    let played = play_with(elsewhere().flow(title_url()).unwrap(), &[LIMITED], |kind| {
        signs.set(signs.get() + 1);
        if signs.get() > 1 { NeedResult::Failed } else { operate(kind) }
    });
    assert_eq!(played.failed(), (Code::SignFailed, decision(Effect::No, Resend::No, None)));
    let [attempt] = played.outcome.attempts.as_slice() else { panic!("one") };
    assert_eq!(attempt.error, Some(Code::RemoteApi));
    assert_eq!(attempt.decision, Some(decision(Effect::No, Resend::Later, None)));
}

#[test]
fn without_a_key_that_seals_nothing_is_in_doubt() {
    let pem = include_bytes!("../../../../tests/keys/wechatpay.pub.pem");
    let others = KeyRing::new().public_key("1900000002", ID, pem).unwrap();
    let caller = Direct::new(MerchantConfig::new(MCHID, SERIAL).keys(others).encryption_key(ID)).unwrap();
    let played = play(caller.flow(issue()).unwrap(), &[]);
    assert_eq!(played.failed(), (Code::KeyMerchant, decision(Effect::No, Resend::No, None)));
}

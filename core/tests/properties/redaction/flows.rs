//! What a flow shows on its way.

use super::{Shown, issue, query_answer};
use crate::fixtures::{PHONE, SECRET, TOKEN, account, answer, config, moment};
use fapiao::account as accounts;
use fapiao::ffi::{self, Caller, Request, report};
use fapiao::flow::NeedResult;
use fapiao::{Flow, Reply, SignatureCheck, Step};
use std::fmt::Debug;

/// Flows that end well and badly, by every kind of need.
pub(super) fn flows(shown: &mut Shown) {
    let elsewhere = || fapiao::Partner::new(config("1900000100").keys_elsewhere()).unwrap().sub_merchant("1").unwrap();
    let answered = |body: &str, status: u16| {
        let mut response = answer(body.as_bytes());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        NeedResult::Answered { response, milliseconds: 1 }
    };
    drive(shown, elsewhere().flow(issue()).unwrap(), || answered("", 202));
    drive(shown, elsewhere().flow(issue()).unwrap(), || answered(PHONE, 502));
    drive(shown, elsewhere().flow(issue()).unwrap(), || NeedResult::Lost);
    drive(shown, elsewhere().flow(issue()).unwrap(), || NeedResult::NotSent);
    drive(shown, elsewhere().flow(fapiao::pay::Query::new("1")).unwrap(), || answered(&query_answer(), 200));
    let token = format!(r#"{{"access_token":"{TOKEN}","expires_in":7200}}"#);
    drive(shown, account().flow(accounts::StableToken::new()).unwrap(), || answered(&token, 200));
    drive(shown, account().flow(accounts::GetPdf::new("1")).unwrap(), || answered(r#"{"errcode":40001}"#, 200));
    let payload = serde_json::to_string(&issue()).unwrap();
    let pending = Caller::from(&elsewhere()).prepare(Request::new("issue", &payload), moment()).unwrap();
    shown.show(&pending);
    let payload = format!(r#"{{"s_pappid":"{TOKEN}"}}"#);
    plain(
        shown,
        Caller::from(&account()).flow(Request::new("get_pdf", r#"{"action":"get_url","s_media_id":"1"}"#)),
        &payload,
    );
}

/// Drives a flow to its end, showing it, its needs and what was given at every step.
fn drive<A: Reply + Debug>(shown: &mut Shown, mut flow: Flow<A>, mut respond: impl FnMut() -> NeedResult) {
    for _ in 0..40 {
        shown.show(&flow);
        let step = flow.step(&moment()).unwrap();
        shown.show(&step);
        let needs = match step {
            Step::Need(needs) => needs,
            Step::Done(mut outcome) => {
                shown.show(&outcome);
                outcome.attempts.iter().for_each(|attempt| shown.show(attempt));
                shown.show(&outcome.decision);
                shown.show(&outcome.decision.effect);
                shown.show(&outcome.decision.resend);
                shown.texts.extend(outcome.in_doubt.clone());
                let ending = report::Ending::of(&mut outcome);
                shown.texts.push(ending.to_json());
                return shown.show(&ending);
            }
        };
        for need in needs {
            use fapiao::flow::NeedKind;
            shown.show(&need);
            shown.show(&need.kind);
            let result = match need.kind {
                NeedKind::Sign { .. } => NeedResult::Signed(vec![1; 256]),
                NeedKind::Encrypt { .. } => NeedResult::Encrypted(vec![1; 256]),
                NeedKind::Decrypt { ciphertext, .. } => NeedResult::Decrypted(ciphertext),
                NeedKind::Verify { .. } => NeedResult::Checked(SignatureCheck::Valid),
                NeedKind::Send { .. } => respond(),
                NeedKind::Load { .. } => NeedResult::Loaded { text: None, version: None },
                NeedKind::Store { .. } => NeedResult::Stored { version: "1".to_owned() },
                _ => NeedResult::Waited,
            };
            shown.show(&result);
            flow.give(need.id, result).unwrap();
        }
    }
    panic!("the flow does not end");
}

/// The messages of other languages: the request carries the access token, the answer whatever came.
fn plain(shown: &mut Shown, flow: fapiao::Result<ffi::Flow>, body: &str) {
    let mut flow = flow.unwrap();
    let Step::Need(needs) = flow.step(&moment()).unwrap() else { panic!("no request") };
    let id = needs.first().unwrap().id;
    for need in needs {
        shown.show(&need);
        if let fapiao::flow::NeedKind::Send { request, .. } = need.kind {
            assert!(request.url.contains("access_token="));
            shown.show(&request);
        }
    }
    let headers = [("Request-ID", TOKEN), ("x", SECRET)].map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    shown.show(&fapiao::ffi::Incoming::new(200, headers.into_iter(), body.as_bytes().to_vec()).unwrap());
    let response = fapiao::ffi::Incoming::new(200, [].into_iter(), body.as_bytes().to_vec()).unwrap();
    flow.give(id, NeedResult::Answered { response, milliseconds: 1 }).unwrap();
    flow.once();
    let Step::Done(_) = flow.step(&moment()).unwrap() else { panic!("a second request") };
    shown.show(&flow);
    shown.show(&flow.report().unwrap());
}

//! What a flow shows on its way.

use super::{Shown, issue, query_answer};
use crate::fixtures::{PHONE, SECRET, TOKEN, account, answer, config, moment};
use fapiao::account as accounts;
use fapiao::flow::NeedResult;
use fapiao::ffi::{Course, Door, Request};
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
    drive(shown, Door::from(&elsewhere()).flow(Request::new("issue", &payload)).unwrap(), || answered("", 202));
    let payload = format!(r#"{{"s_pappid":"{TOKEN}"}}"#);
    plain(
        shown,
        Door::from(&account()).flow(Request::new("get_pdf", r#"{"action":"get_url","s_media_id":"1"}"#)),
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
            Step::Done(outcome) => {
                shown.show(&outcome);
                outcome.attempts.iter().for_each(|attempt| shown.show(attempt));
                shown.show(&outcome.decision);
                shown.show(&outcome.decision.effect);
                return shown.show(&outcome.decision.resend);
            }
        };
        for need in needs {
            use fapiao::flow::NeedKind;
            shown.show(&need);
            shown.show(&need.work);
            let given = match need.work {
                NeedKind::Sign { .. } => NeedResult::Signed(vec![1; 256]),
                NeedKind::Encrypt { .. } => NeedResult::Encrypted(vec![1; 256]),
                NeedKind::Decrypt { ciphertext, .. } => NeedResult::Decrypted(ciphertext),
                NeedKind::Verify { .. } => NeedResult::Checked(SignatureCheck::Valid),
                NeedKind::Send { .. } => respond(),
                _ => NeedResult::Waited,
            };
            shown.show(&given);
            flow.give(need.id, given).unwrap();
        }
    }
    panic!("the flow does not end");
}

/// The messages of doors to other languages: the request carries the access token, the answer whatever came.
fn plain(shown: &mut Shown, flow: fapiao::Result<Flow<fapiao::ffi::Response>>, body: &str) {
    let mut course = Course::from(flow.unwrap());
    let Step::Need(needs) = course.step(&moment()).unwrap() else { panic!("no request") };
    let id = needs.first().unwrap().id;
    for need in needs {
        shown.show(&need);
        if let fapiao::flow::NeedKind::Send { request, .. } = need.work {
            assert!(request.url.contains("access_token="));
            shown.show(&request);
        }
    }
    let headers = [("Request-ID", TOKEN), ("x", SECRET)].map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    shown.show(&fapiao::ffi::Incoming::new(200, headers.into_iter(), body.as_bytes().to_vec()).unwrap());
    let response = fapiao::ffi::Incoming::new(200, [].into_iter(), body.as_bytes().to_vec()).unwrap();
    course.give(id, NeedResult::Answered { response, milliseconds: 1 }).unwrap();
    course.once();
    let Step::Done(_) = course.step(&moment()).unwrap() else { panic!("a second request") };
    shown.show(&course);
    shown.show(&course.report().unwrap());
}

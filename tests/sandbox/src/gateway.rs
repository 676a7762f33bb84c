//! One request from arrival to answer: fault in place of it, call, signature, faults on top, ledger.

use std::time::Duration;

use crate::{
    account::{self, AccountCall, TokenUse},
    agenda::{HeldUp, Job},
    exchange::{Answer, Arrival, Delivery, Numbering},
    faults::{self, Facts, Planned, Scope, Stage},
    ledger::{Outcome, Verdict},
    multipart,
    pay::{self, Incoming, authorization::Authorization, error::PayError, signature},
    random,
    route::{self, Door, Found},
    sandbox::Sandbox,
};

/// Answers a request and writes both down.
pub(crate) async fn take(sandbox: &Sandbox, arrival: Arrival) -> Answer {
    sandbox.catch_up_arrivals().await;
    let found = route::find(&arrival);
    let scopes = scopes(&found);
    let (target, method, listener) = (&arrival.target, &arrival.method, Some(arrival.host));
    let planned = sandbox.faults().plan(Facts { target, method, listener, scopes: &scopes });
    let mut notes = Vec::new();
    let in_place_of_it = planned.iter().find(|fault| fault.stage == Stage::Before);
    let (answer, delay, faults) = if let Some(fault) = in_place_of_it {
        in_place(sandbox, &planned, fault)
    } else {
        let request = Request { arrival: &arrival, judged_at: pay::signature_time(sandbox) };
        let answer = call(sandbox, request, found, &mut notes).await;
        on_top(sandbox, &arrival, &scopes, &planned, answer)
    };
    let answer = identified(answer, &scopes);
    let late = in_place_of_it.and_then(|fault| fault.order.lateness());
    let held_up = late.map(|millis| (millis, arrival.clone()));
    // Written down before the wait: a client that gives up meanwhile drops the rest of this.
    let seq = record(sandbox, arrival, &answer, Circumstances { faults, notes, held_up: None });
    if let Some((millis, arrival)) = held_up {
        let judged_at = pay::signature_time(sandbox).saturating_add(millis / 1000);
        let due = sandbox.clock.now_millis().saturating_add(millis);
        sandbox.schedule(due, Job::Arrival(HeldUp { seq, arrival, judged_at }));
    }
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    answer
}

/// Carries out a request that was held up; nobody waits for the answer any more.
pub(crate) async fn take_late(sandbox: &Sandbox, held_up: HeldUp) {
    let HeldUp { seq, arrival, judged_at } = held_up;
    let mut notes = Vec::new();
    let answer = call(sandbox, Request { arrival: &arrival, judged_at }, route::find(&arrival), &mut notes).await;
    record(sandbox, arrival, &answer, Circumstances { faults: Vec::new(), notes, held_up: Some(seq) });
}

/// A request and the time its signature is judged at.
#[derive(Clone, Copy)]
struct Request<'a> {
    arrival: &'a Arrival,
    judged_at: i64,
}

/// What else the ledger keeps of an arrival.
struct Circumstances {
    faults: Vec<&'static str>,
    notes: Vec<String>,
    held_up: Option<u64>,
}

fn scopes(found: &Found) -> Vec<Scope> {
    let (Found::Route(route, _) | Found::OtherMethod(route)) = found else {
        return vec![Scope::Any];
    };
    match &route.door {
        Door::Pay(_) => vec![Scope::Any, Scope::Pay],
        Door::File(_) => vec![Scope::Any, Scope::File],
        Door::Account(account) if account.token == TokenUse::Unused => vec![Scope::Any, Scope::Account],
        Door::Account(_) => vec![Scope::Any, Scope::Account, Scope::Token],
    }
}

/// The answer of a fault that lets nothing happen; those that only go along with it are put back.
fn in_place(sandbox: &Sandbox, planned: &[Planned], fault: &Planned) -> (Answer, Duration, Vec<&'static str>) {
    let mut faults = sandbox.faults();
    for other in planned.iter().filter(|other| other.stage != Stage::Before) {
        faults.missed(other);
    }
    faults.struck(fault);
    (faults::refuse(&fault.order), Duration::ZERO, vec![fault.kind.name])
}

async fn call(sandbox: &Sandbox, request: Request<'_>, found: Found, notes: &mut Vec<String>) -> Answer {
    let Request { arrival, judged_at } = request;
    let (route, path) = match found {
        Found::Route(route, path) => (route, path),
        Found::OtherMethod(route) => return other_method(route),
        Found::Nothing => return PayError::no_route().answer(),
    };
    match &route.door {
        Door::File(handle) => handle(sandbox, arrival),
        Door::Account(account) => {
            let parts = multipart::read(arrival).await;
            account::answer(account, &AccountCall { sandbox, arrival, parts })
        }
        Door::Pay(route) => {
            let parts = multipart::read(arrival).await;
            let incoming = Incoming { sandbox, route, arrival, judged_at, path, parts };
            pay::answer(&incoming, notes).unwrap_or_else(|refusal| refusal.answer())
        }
    }
}

fn other_method(route: &route::Route) -> Answer {
    match route.door {
        Door::Account(_) => account::other_method(route.method),
        Door::Pay(_) | Door::File(_) => PayError::no_route().answer(),
    }
}

/// Signs an answer and lets faults at it; they strike answers of success only.
fn on_top(
    sandbox: &Sandbox,
    arrival: &Arrival,
    scopes: &[Scope],
    planned: &[Planned],
    answer: Answer,
) -> (Answer, Duration, Vec<&'static str>) {
    if !answer.is_success() {
        let mut faults = sandbox.faults();
        for fault in planned {
            faults.missed(fault);
        }
        return (answer, Duration::ZERO, Vec::new());
    }
    let signed = if scopes.contains(&Scope::Pay) {
        let (signer, now) = (signature::asked_signer(sandbox, arrival), pay::signature_time(sandbox));
        signature::sign(answer, &sandbox.keys, signer, now, &faults::dress(planned))
    } else {
        answer
    };
    let shape = faults::distort(planned, signed);
    let mut faults = sandbox.faults();
    for fault in planned {
        faults.struck(fault);
    }
    (shape.answer, shape.delay, planned.iter().map(|fault| fault.kind.name).collect())
}

/// Every answer of WeChat Pay has a Request-ID; the number at its end is 0 unless an error said otherwise.
fn identified(answer: Answer, scopes: &[Scope]) -> Answer {
    let is_pay = scopes.contains(&Scope::Pay) || scopes.contains(&Scope::File);
    let has_one = answer.headers.iter().any(|(name, _)| name == "Request-ID");
    if !is_pay || has_one || answer.numbering == Numbering::Unnumbered {
        return answer;
    }
    answer.header("Request-ID", request_id("0"))
}

/// A Request-ID in the shape of the official example.
pub(crate) fn request_id(tail: &str) -> String {
    format!("08{}-{tail}", random::hex_upper(38))
}

fn record(sandbox: &Sandbox, arrival: Arrival, answer: &Answer, circumstances: Circumstances) -> u64 {
    let Circumstances { faults, notes, held_up } = circumstances;
    let claimed = arrival.header("authorization").and_then(|header| Authorization::parse(header).ok());
    let verdict = Verdict {
        mchid: claimed.map(|authorization| authorization.mchid),
        outcome: Outcome {
            status: (answer.delivery != Delivery::Cut).then_some(answer.status),
            code: answer.code.clone(),
        },
        faults,
        notes,
        effects: answer.effects.clone(),
        held_up,
    };
    sandbox.ledger().record(sandbox.clock.now(), arrival, verdict)
}

//! One request from arrival to answer: fault in place of it, call, signature, faults on top, ledger.

use std::time::Duration;

use crate::{
    account::{self, AccountCall, TokenUse},
    exchange::{Answer, Arrival, Delivery},
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
    let found = route::find(&arrival);
    let scopes = scopes(&found);
    let planned = sandbox.faults().plan(Facts { arrival: &arrival, scopes: &scopes });
    let mut notes = Vec::new();
    let (answer, delay, struck) = if let Some(fault) = planned.iter().find(|fault| fault.stage == Stage::Before) {
        in_place(sandbox, &planned, fault)
    } else {
        let answer = call(sandbox, &arrival, found, &mut notes).await;
        on_top(sandbox, &arrival, &scopes, &planned, answer)
    };
    let answer = identified(answer, &scopes);
    // Written down before the wait: a client that gives up meanwhile drops the rest of this.
    record(sandbox, arrival, &answer, struck, notes);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    answer
}

fn scopes(found: &Found) -> Vec<Scope> {
    let (Found::Route(route, _) | Found::OtherMethod(route)) = found else {
        return vec![Scope::Any];
    };
    match &route.door {
        Door::Pay(_) => vec![Scope::Any, Scope::Pay],
        Door::File(_) => vec![Scope::Any, Scope::File],
        Door::Account(account) if account.token == TokenUse::Needed => vec![Scope::Any, Scope::Account, Scope::Token],
        Door::Account(_) => vec![Scope::Any, Scope::Account],
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

async fn call(sandbox: &Sandbox, arrival: &Arrival, found: Found, notes: &mut Vec<String>) -> Answer {
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
            let incoming = Incoming { sandbox, route, arrival, path, parts };
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
        let (signer, now) = (signature::asked_signer(arrival), pay::signature_time(sandbox));
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
    if !is_pay || answer.headers.iter().any(|(name, _)| name == "Request-ID") {
        return answer;
    }
    answer.header("Request-ID", request_id("0"))
}

/// A Request-ID in the shape of the official example.
pub(crate) fn request_id(tail: &str) -> String {
    format!("08{}-{tail}", random::hex_upper(38))
}

fn record(sandbox: &Sandbox, arrival: Arrival, answer: &Answer, faults: Vec<&'static str>, notes: Vec<String>) {
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
    };
    sandbox.ledger().record(sandbox.clock.now(), arrival, verdict);
}

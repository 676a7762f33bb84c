//! Sending notifications, and sending them again.

use serde_json::Value;

use super::{Notification, envelope};
use crate::{
    agenda::Job,
    clock,
    exchange::Answer,
    faults::{self, Facts, Planned, Scope},
    gateway::request_id,
    pay::{self, fapiao::Event, signature},
    post::{Attempt, Request, send as post},
    sandbox::Sandbox,
};

/// Seconds between the attempts of one notification.
const PAUSES: [i64; 15] = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];

/// Puts a notification down to be sent now, if its merchant has said where to; gives its number.
pub(crate) fn announce(sandbox: &Sandbox, event: &Event, resource: Value) -> Option<u64> {
    let url = sandbox.registry().callback_url(&event.scope)?.to_owned();
    let now = sandbox.clock.now_millis();
    let number = sandbox.callbacks().add(notification(event, resource, url, now));
    plan(sandbox, number, now);
    Some(number)
}

/// Writes a notification that is not sent, with the address it would go to.
pub(crate) fn preview(
    sandbox: &Sandbox,
    event: &Event,
    resource: Value,
    planned: &[Planned],
) -> (Option<String>, Answer) {
    let url = sandbox.registry().callback_url(&event.scope).map(str::to_owned);
    let notification = notification(event, resource, String::new(), sandbox.clock.now_millis());
    (url, letter(sandbox, &notification, planned))
}

/// Sends a notification if its time is still this one, then those that waited for it to overtake them.
pub(crate) async fn deliver(sandbox: &Sandbox, number: u64, due: i64) {
    if sandbox.callbacks().get(number).is_none_or(|notification| notification.next != Some(due)) {
        return;
    }
    let overtaken = std::mem::take(&mut sandbox.callbacks().held);
    if send(sandbox, number).await == Sent::Held {
        sandbox.callbacks().held.extend(overtaken);
        return;
    }
    for other in overtaken.into_iter().filter(|other| *other != number) {
        let waits = sandbox.callbacks().get(other).is_some_and(|notification| notification.next.is_some());
        if waits {
            send(sandbox, other).await;
        }
    }
}

/// Sends a notification once more, whatever its schedule says.
pub(crate) async fn send_again(sandbox: &Sandbox, number: u64) {
    let planned = planned(sandbox, number);
    attempt(sandbox, number, &planned).await;
}

fn notification(event: &Event, resource: Value, url: String, now: i64) -> Notification {
    Notification {
        id: envelope::id(),
        event_type: event.kind,
        mchid: event.scope.mchid,
        fapiao_apply_id: event.apply_id.clone(),
        resource,
        url,
        create_time: clock::rfc3339(now.div_euclid(1000)),
        attempts: Vec::new(),
        next: None,
        tried: 0,
    }
}

/// What became of a notification whose turn it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Tried,
    Held,
}

async fn send(sandbox: &Sandbox, number: u64) -> Sent {
    let planned = planned(sandbox, number);
    if let Some(millis) = planned.iter().find_map(|fault| fault.order.hold()) {
        sandbox.callbacks().held.push(number);
        plan(sandbox, number, sandbox.clock.now_millis() + millis);
        return Sent::Held;
    }
    attempt(sandbox, number, &planned).await;
    if planned.iter().any(|fault| fault.kind.name == "callback_twice") {
        attempt(sandbox, number, &planned).await;
    }
    follow_schedule(sandbox, number);
    Sent::Tried
}

/// The faults a notification suffers; it always suffers those that are planned.
fn planned(sandbox: &Sandbox, number: u64) -> Vec<Planned> {
    let Some(kind) = sandbox.callbacks().get(number).map(|notification| notification.event_type) else {
        return Vec::new();
    };
    let mut faults = sandbox.faults();
    let facts = Facts { target: kind.as_str(), method: "POST", listener: None, scopes: &[Scope::Callback] };
    let planned = faults.plan(facts);
    for fault in &planned {
        faults.struck(fault);
    }
    planned
}

async fn attempt(sandbox: &Sandbox, number: u64, planned: &[Planned]) {
    let Some(notification) = sandbox.callbacks().get(number).cloned() else { return };
    let (status, answer) = if planned.iter().any(|fault| fault.kind.name == "callback_lost") {
        (None, "it was not sent".to_owned())
    } else {
        let letter = letter(sandbox, &notification, planned);
        let request =
            Request { method: "POST", url: notification.url.clone(), headers: letter.headers, body: letter.body };
        let patience = sandbox.settings().patience();
        post(request, patience).await
    };
    let fault = planned.iter().map(|fault| fault.kind.name).collect();
    let attempt = Attempt { at: clock::rfc3339(sandbox.clock.now()), status, answer, fault };
    if let Some(kept) = sandbox.callbacks().all.get_mut(&number) {
        kept.next = kept.next.filter(|_| !taken(&attempt));
        kept.attempts.push(attempt);
    }
}

/// The page names 200 and 204, and asks for repeats on non-2xx: all of 2xx will do.
pub(crate) fn taken(attempt: &Attempt) -> bool {
    attempt.status.is_some_and(|status| (200..300).contains(&status))
}

/// Plans the next attempt, unless the merchant has taken it or the schedule is at its end.
fn follow_schedule(sandbox: &Sandbox, number: u64) {
    let pause = {
        let mut callbacks = sandbox.callbacks();
        let Some(notification) = callbacks.all.get_mut(&number) else { return };
        let pause = PAUSES.get(notification.tried).copied().filter(|_| notification.next.is_some());
        notification.tried += 1;
        notification.next = None;
        pause
    };
    if let Some(seconds) = pause {
        plan(sandbox, number, sandbox.clock.now_millis() + seconds * 1000);
    }
}

fn plan(sandbox: &Sandbox, number: u64, due: i64) {
    if let Some(notification) = sandbox.callbacks().all.get_mut(&number) {
        notification.next = Some(due);
    }
    sandbox.schedule(due, Job::Notify { number, due });
}

/// The body with its signed headers.
fn letter(sandbox: &Sandbox, notification: &Notification, planned: &[Planned]) -> Answer {
    let settings = *sandbox.settings();
    let key = sandbox.keys.merchant(notification.mchid).map_or("", |merchant| merchant.api_v3_key);
    let body = envelope::write(notification, key, settings.callback_envelope, planned);
    let letter = Answer::of(200, "application/json", body).header("Request-ID", request_id("0"));
    let (signer, now) = (settings.callback_signer.id(), pay::signature_time(sandbox));
    signature::sign(letter, &sandbox.keys, signer, now, &faults::dress(planned))
}

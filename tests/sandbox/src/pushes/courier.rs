//! Sending pushes, and sending them again.

use super::{Address, Choice, Event, Kind, Letter, Push, Receiver, letter::Draft, letter::Stamp};
use crate::{
    agenda::Job,
    callbacks, clock,
    faults::{Facts, Planned, Scope},
    pay,
    post::{Attempt, Request, send},
    random,
    sandbox::Sandbox,
};

/// Seconds between the attempts of one push: three more are documented, how far apart they are is not.
const PAUSES: [i64; 3] = [5, 5, 5];

/// Sets where somebody is told. A platform gets its first ticket at once.
pub(crate) fn set_address(sandbox: &Sandbox, choice: Choice) -> Result<(), String> {
    let (receiver, address) = (choice.receiver, choice.read()?);
    let mut pushes = sandbox.pushes();
    match receiver {
        Receiver::Account => pushes.account = Some(address),
        Receiver::Component => {
            pushes.component = Some(address);
            pushes.tickets += 1;
            let round = pushes.tickets;
            drop(pushes);
            if sandbox.settings().ticket_seconds > 0 {
                sandbox.schedule(sandbox.clock.now_millis(), Job::Ticket { round });
            }
        }
    }
    Ok(())
}

/// Pushes the next ticket to the platform, and plans the one after it.
pub(crate) fn next_ticket(sandbox: &Sandbox, round: u64) {
    let pause = i64::from(sandbox.settings().ticket_seconds) * 1000;
    if sandbox.pushes().tickets != round || pause == 0 {
        return;
    }
    tell(sandbox, Event::new(Kind::ComponentVerifyTicket, []));
    sandbox.schedule(sandbox.clock.now_millis() + pause, Job::Ticket { round });
}

/// Puts a push down to be sent now, if its receiver has said where to; gives its number.
pub(crate) fn announce(sandbox: &Sandbox, event: Event, ordered: Vec<Planned>) -> Result<Option<u64>, String> {
    let kind = event.kind;
    let Some(url) = sandbox.pushes().address(kind.receiver()).map(|address| address.url.clone()) else {
        return Ok(None);
    };
    let content = event.message(sandbox.clock.now())?;
    remember_ticket(sandbox, kind, content.text("ComponentVerifyTicket"));
    let push = Push {
        id: callbacks::id(),
        event: kind,
        receiver: kind.receiver(),
        url,
        message: content.view(),
        content,
        attempts: Vec::new(),
        next: None,
        tried: 0,
        ordered,
    };
    let number = sandbox.pushes().add(push);
    plan(sandbox, number, sandbox.clock.now_millis());
    Ok(Some(number))
}

/// Tells of something that happened, if anybody wants to know.
pub(crate) fn tell(sandbox: &Sandbox, event: Event) {
    let _nowhere_to_send_it = announce(sandbox, event, Vec::new());
}

/// Writes a push that is not sent, for an address if nobody has set one.
pub(crate) fn preview(sandbox: &Sandbox, event: Event, planned: &[Planned]) -> Result<Letter, String> {
    let kind = event.kind;
    let message = event.message(sandbox.clock.now())?;
    remember_ticket(sandbox, kind, message.text("ComponentVerifyTicket"));
    let set = sandbox.pushes().address(kind.receiver()).cloned();
    let address = set.map_or_else(|| Choice::at(kind.receiver(), "").read(), Ok)?;
    let with_previous_key = sandbox.pushes().with_previous_key();
    let timestamp = pay::signature_time(sandbox);
    Ok(Draft { address: &address, message: &message, with_previous_key, timestamp, planned }.write())
}

/// Sends a push if its time is still this one.
pub(crate) async fn deliver(sandbox: &Sandbox, number: u64, due: i64) {
    let Some(push) = sandbox.pushes().get(number).filter(|push| push.next == Some(due)).cloned() else { return };
    let mut planned = planned(sandbox, push.event);
    if push.tried == 0 {
        planned.extend(push.ordered);
    }
    attempt(sandbox, number, &planned).await;
    if planned.iter().any(|fault| fault.kind.name == "push_twice") {
        attempt(sandbox, number, &planned).await;
    }
    follow_schedule(sandbox, number);
}

/// Sends a push once more, whatever its schedule says.
pub(crate) async fn send_again(sandbox: &Sandbox, number: u64) {
    let Some(event) = sandbox.pushes().get(number).map(|push| push.event) else { return };
    let planned = planned(sandbox, event);
    attempt(sandbox, number, &planned).await;
}

/// Asks an address the question of the console; gives its answer, and whether it was the right one.
pub(crate) async fn check_address(sandbox: &Sandbox, address: &Address) -> (Option<u16>, String, bool) {
    let echo = random::digits(19);
    let query = Stamp::new(pay::signature_time(sandbox)).query(&address.token, None, false);
    let url = with_query(&address.url, &format!("{query}&echostr={echo}"));
    let request = Request { method: "GET", url, headers: Vec::new(), body: bytes::Bytes::new() };
    let patience = sandbox.settings().patience();
    let (status, answer) = send(request, patience).await;
    let passed = status == Some(200) && answer == echo;
    (status, answer, passed)
}

fn remember_ticket(sandbox: &Sandbox, kind: Kind, ticket: Option<&str>) {
    if let (Kind::ComponentVerifyTicket, Some(ticket)) = (kind, ticket) {
        sandbox.component().tickets.push(ticket, sandbox.clock.now());
    }
}

/// The faults a push suffers; it always suffers those that are planned.
fn planned(sandbox: &Sandbox, event: Kind) -> Vec<Planned> {
    let mut faults = sandbox.faults();
    let planned = faults.plan(Facts { target: event.as_str(), method: "POST", listener: None, scopes: &[Scope::Push] });
    for fault in &planned {
        faults.struck(fault);
    }
    planned
}

async fn attempt(sandbox: &Sandbox, number: u64, planned: &[Planned]) {
    let Some(push) = sandbox.pushes().get(number).cloned() else { return };
    let Some(address) = sandbox.pushes().address(push.receiver).cloned() else { return };
    let (status, answer) = if planned.iter().any(|fault| fault.kind.name == "push_lost") {
        (None, "it was not sent".to_owned())
    } else {
        let with_previous_key = sandbox.pushes().with_previous_key();
        let timestamp = pay::signature_time(sandbox);
        let letter = Draft { address: &address, message: &push.content, with_previous_key, timestamp, planned }.write();
        let headers = vec![("Content-Type".to_owned(), letter.content_type.to_owned())];
        let url = with_query(&push.url, &letter.query);
        let patience = sandbox.settings().patience();
        send(Request { method: "POST", url, headers, body: letter.body.into() }, patience).await
    };
    let fault = planned.iter().map(|fault| fault.kind.name).collect();
    let attempt = Attempt { at: clock::rfc3339(sandbox.clock.now()), status, answer, fault };
    if let Some(kept) = sandbox.pushes().all.get_mut(&number) {
        kept.next = kept.next.filter(|_| !taken(&attempt));
        kept.attempts.push(attempt);
    }
}

/// Documented are `success` and an empty body; a status other than 2xx is a failure in any protocol.
pub(crate) fn taken(attempt: &Attempt) -> bool {
    let is_success = attempt.status.is_some_and(|status| (200..300).contains(&status));
    is_success && matches!(attempt.answer.as_str(), "" | "success")
}

fn follow_schedule(sandbox: &Sandbox, number: u64) {
    let pause = {
        let mut pushes = sandbox.pushes();
        let Some(push) = pushes.all.get_mut(&number) else { return };
        let pause = PAUSES.get(push.tried).copied().filter(|_| push.next.is_some());
        push.tried += 1;
        push.next = None;
        pause
    };
    if let Some(seconds) = pause {
        plan(sandbox, number, sandbox.clock.now_millis() + seconds * 1000);
    }
}

fn plan(sandbox: &Sandbox, number: u64, due: i64) {
    if let Some(push) = sandbox.pushes().all.get_mut(&number) {
        push.next = Some(due);
    }
    sandbox.schedule(due, Job::Push { number, due });
}

fn with_query(url: &str, query: &str) -> String {
    format!("{url}{}{query}", if url.contains('?') { '&' } else { '?' })
}

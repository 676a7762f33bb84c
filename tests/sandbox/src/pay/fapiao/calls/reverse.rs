//! `POST /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/reverse`: take invoices back.

use serde::Deserialize;

use super::super::{
    book::Application,
    events,
    invoice::{Invoice, Kind, Origin, Paper, Reversal, Status, Step},
};
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    sandbox::Sandbox,
    schema::{Field, id, list, sub_mchid, text},
    settings::{Ending, Policy},
};

/// Milliseconds between a red invoice that failed and the next attempt.
const PAUSE: i64 = 5 * 60 * 1000;
/// The reasons for digital invoices; the official page spells one of them in two ways.
const REASONS: [&str; 5] =
    ["ISSUE_ERROR", "SALES_RETURN", "SERVICE_SUSPENTION", "SERVICE_SUSPENSION", "SALES_DISCOUNT"];

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/reverse",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[id("fapiao_apply_id").required()],
        content: Content::Json(&[
            sub_mchid(),
            text("reverse_reason", 200).required(),
            // Optional in the official tables, required in a transcription.
            list("fapiao_information", 5, NAMED),
        ]),
        handle,
    }),
};

const NAMED: &[Field] = &[
    id("fapiao_id").required(),
    // Required of the older invoices; gone from the page of digital ones, whose example still has it.
    text("fapiao_code", 12),
    text("fapiao_number", 20).required(),
];

#[derive(Deserialize)]
struct Path {
    fapiao_apply_id: String,
}

#[derive(Deserialize)]
struct Order {
    reverse_reason: String,
    fapiao_information: Option<Vec<Named>>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "fapiao_id")]
    id: String,
    #[serde(rename = "fapiao_code")]
    code: Option<String>,
    #[serde(rename = "fapiao_number")]
    number: String,
}

/// What a reversal means to one invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Take,
    Already,
    /// Not issued, so there is nothing to take back.
    Never,
    TooSoon,
    /// WeChat has its card only: the red invoice is made where the blue one was.
    Elsewhere,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let (Path { fapiao_apply_id }, order): (Path, Order) = (call.parameters()?, call.body()?);
    let (scope, step, duplicates) = (call.scope(), Step::reverse(call.sandbox), call.sandbox.settings().duplicates);
    let mut book = call.sandbox.book();
    let known = book.application(&scope, &fapiao_apply_id).filter(|application| !application.invoices.is_empty());
    let application = known.ok_or_else(|| PayError::not_exists("开票申请单不存在"))?;
    let chosen = choose(application, &order, step.accepted_at, duplicates)?;
    let (mut answer, mut due) = (Answer::empty(202), Vec::new());
    let invoices = book.entry(&scope, &fapiao_apply_id).invoices.iter_mut();
    for invoice in invoices.filter(|invoice| chosen.contains(&invoice.fapiao_id)) {
        note_reason(call, invoice, &order.reverse_reason);
        let (ending, attempt) = reverse(call.sandbox, invoice, step, &order.reverse_reason);
        if ending == Ending::Success {
            due.extend(invoice.leaving(step.done_at));
        }
        let attempt = attempt.to_string();
        let keys = [("fapiao_apply_id", &*fapiao_apply_id), ("fapiao_id", &*invoice.fapiao_id), ("attempt", &*attempt)];
        answer = answer.effect(match ending {
            // However often it was tried, an invoice is reversed once.
            Ending::Success => scope.effect("reversed", &keys[..2]),
            Ending::Failure => scope.effect("reverse_failed", &keys),
        });
    }
    drop(book);
    events::schedule(call.sandbox, &scope, &fapiao_apply_id, due);
    Ok(answer)
}

/// What the pages ask of a reason without saying that another is refused.
fn note_reason(call: &PayCall<'_>, invoice: &Invoice, reason: &str) {
    if invoice.kind == Kind::Digital && !REASONS.contains(&reason) {
        call.note("reverse_reason of a digital invoice is none of the listed words");
    }
    if invoice.course.attempt(i64::MAX).is_some_and(|failed| failed.reason == reason) {
        call.note("reverse_reason is the one that has failed, the page asks for a new one");
    }
}

/// The ids of the invoices to be reversed: those named, or all that can be.
fn choose(application: &Application, order: &Order, now: i64, duplicates: Policy) -> Result<Vec<String>, PayError> {
    let judged: Vec<_> = match &order.fapiao_information {
        Some(named) => named_invoices(application, named)?,
        None => application.invoices.iter().collect(),
    }
    .into_iter()
    .map(|invoice| (invoice, verdict(invoice, now)))
    .collect();
    let any = |wanted: Verdict| judged.iter().any(|(_, verdict)| *verdict == wanted);
    let all_named = order.fapiao_information.is_some();
    if any(Verdict::Elsewhere) {
        return Err(PayError::invalid_request("发票不是由微信支付开具"));
    }
    if any(Verdict::TooSoon) {
        return Err(PayError::invalid_request("冲红失败后需间隔5分钟再重试"));
    }
    if any(Verdict::Never) && (all_named || !(any(Verdict::Take) || any(Verdict::Already))) {
        return Err(PayError::invalid_request("发票状态不支持冲红"));
    }
    if any(Verdict::Already) && duplicates == Policy::Refuse && (all_named || !any(Verdict::Take)) {
        return Err(PayError::already_exists("该发票已提交冲红申请"));
    }
    Ok(judged
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Take)
        .map(|(invoice, _)| invoice.fapiao_id.clone())
        .collect())
}

fn named_invoices<'a>(application: &'a Application, named: &[Named]) -> Result<Vec<&'a Invoice>, PayError> {
    let mut found = Vec::new();
    for (index, name) in named.iter().enumerate() {
        let refuse = |field: &str, issue| PayError::body_field(&format!("/fapiao_information/{index}/{field}"), issue);
        if named.iter().take(index).any(|earlier| earlier.id == name.id) {
            return Err(refuse("fapiao_id", "is named twice"));
        }
        let invoice = application.invoice(&name.id).ok_or_else(|| PayError::not_exists("发票不存在"))?;
        if invoice.blue.number != name.number {
            return Err(refuse("fapiao_number", "does not fit this invoice"));
        }
        if let Some(classic) = &invoice.blue.classic {
            let code = name.code.as_ref().ok_or_else(|| refuse("fapiao_code", "is required"))?;
            if *code != classic.code {
                return Err(refuse("fapiao_code", "does not fit this invoice"));
            }
        }
        found.push(invoice);
    }
    Ok(found)
}

fn verdict(invoice: &Invoice, now: i64) -> Verdict {
    if invoice.origin == Origin::Elsewhere {
        return Verdict::Elsewhere;
    }
    let pausing = invoice.course.attempt(now).is_some_and(|attempt| now - attempt.step.accepted_at < PAUSE);
    match invoice.course.status(now) {
        Some(Status::ReverseFailed) if pausing => Verdict::TooSoon,
        Some(Status::Issued | Status::ReverseFailed) => Verdict::Take,
        Some(Status::ReverseAccepted | Status::Reversed) => Verdict::Already,
        Some(Status::IssueAccepted | Status::IssueFailed) | None => Verdict::Never,
    }
}

fn reverse(sandbox: &Sandbox, invoice: &mut Invoice, step: Step, reason: &str) -> (Ending, usize) {
    let step = step.of(invoice.kind);
    let red = Paper::invented(invoice.kind, step.done_at);
    if let (Ending::Success, Some(card)) = (step.ending, &mut invoice.card) {
        card.discard(sandbox, step.done_at);
    }
    let attempt = invoice.course.reverse(Reversal { step, reason: reason.to_owned(), red });
    (step.ending, attempt)
}

//! `GET /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/fapiao-files`: links to the invoices' files.

use serde_json::{Value, json};

use super::{
    super::{
        book::Ticket,
        invoice::{Invoice, Kind, Origin, Side, Status},
    },
    query::{Asked, PARAMETERS, invoices},
};
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    random,
    route::{Door, Route},
};

/// Life of a download link in milliseconds.
const LINK_LIFE: i64 = 30_000;
/// How long after its issue a digital invoice can be had, in milliseconds.
const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/fapiao-files",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: PARAMETERS,
        content: Content::Nothing,
        handle,
    }),
};

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let asked: Asked = call.parameters()?;
    let at = call.seen_at();
    let found = invoices(call, &asked, at)?;
    if found.iter().any(|invoice| invoice.origin == Origin::Elsewhere) {
        return Err(PayError::invalid_request("发票不是由微信支付开具"));
    }
    let entries: Vec<_> = found
        .iter()
        .filter_map(|invoice| invoice.course.status(at).map(|status| entry(call, &asked, invoice, status)))
        .collect();
    Ok(Answer::json(200, &json!({"fapiao_download_info_list": entries})))
}

fn entry(call: &PayCall<'_>, asked: &Asked, invoice: &Invoice, status: Status) -> Value {
    let Some(side) = file(invoice, status, call.sandbox.clock.now_millis()) else {
        return json!({"fapiao_id": invoice.fapiao_id, "status": status.as_str()});
    };
    let token = random::alphanumeric(128);
    let url = format!("{}{}?token={token}", call.sandbox.main_url(), super::download::PATH);
    let ticket = Ticket {
        scope: call.scope(),
        apply_id: asked.fapiao_apply_id.clone(),
        fapiao_id: invoice.fapiao_id.clone(),
        side,
        until: call.sandbox.clock.now_millis() + LINK_LIFE,
        used: false,
    };
    call.sandbox.book().hand_out(token, ticket);
    json!({"fapiao_id": invoice.fapiao_id, "download_url": url, "status": status.as_str()})
}

/// The paper there is a file of: the older pages know none of a reversed invoice, the newer ones none after a year.
fn file(invoice: &Invoice, status: Status, now: i64) -> Option<Side> {
    let served = invoice.kind == Kind::Classic || now - invoice.blue.made_at <= YEAR;
    match (status, invoice.kind) {
        (Status::Issued, _) => Some(Side::Blue),
        (Status::Reversed, Kind::Digital) => Some(Side::Red),
        _ => None,
    }
    .filter(|_| served)
}
